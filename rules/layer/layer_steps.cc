#include "rules/layer/layer_steps.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/context_folders.h"

namespace oakum {
namespace {

// The id that a secret mount of such a file commonly has.
std::string_view SecretIdOf(CredentialFileKind kind) {
  switch (kind) {
    case CredentialFileKind::kNetrc:
      return "netrc";
    case CredentialFileKind::kPypirc:
      return "pypirc";
    case CredentialFileKind::kGitCredentials:
      return "git-credentials";
    case CredentialFileKind::kSshKey:
      return "ssh-key";
    case CredentialFileKind::kAwsCredentials:
      return "aws";
    case CredentialFileKind::kDockerConfig:
      return "docker-config";
    case CredentialFileKind::kKubeconfig:
      return "kubeconfig";
    case CredentialFileKind::kNpmrc:
      return "npmrc";
    case CredentialFileKind::kPipConfig:
      return "pip-conf";
    case CredentialFileKind::kCondarc:
      return "condarc";
    case CredentialFileKind::kDotenv:
      return "env";
    default:
      return "credential";
  }
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

}  // namespace

LayerSteps::LayerSteps(const Project& project, const Document& document, uint32_t creation)
    : source_(document.source()),
      image_(*document.image()),
      creation_(creation),
      reaches_(image_.ReachesImage(creation)),
      misdirected_(image_.MisdirectedRemovals(creation)) {
  if (!event().script.empty()) {
    const Document* script = FindInContext(project, document, event().script);
    if (script) script_ = &script->source();
  }
  if (!in_image()) exposure_ = FindExposure(project, document, creation);
  for (const uint32_t later : image_.Later(creation)) {
    const FileEvent& event = image_.events[later];
    const bool own = event.instruction == image_.events[creation].instruction;
    if (event.action == FileAction::kRemove && !own) removals_.push_back(later);
  }
}

Location LayerSteps::where() const {
  if (script_) return {script_, event().script_span};
  return {&source_, event().span};
}

std::string LayerSteps::stage_label() const {
  return image_.stages[event().stage].Label(event().stage);
}

std::vector<Step> LayerSteps::Build(std::string enters) const {
  std::vector<Step> steps;
  auto add = [&](Span span, std::string text) {
    steps.push_back({{&source_, span}, std::move(text)});
  };
  if (script_) add(event().span, "the script is run here");
  steps.push_back({where(), std::move(enters)});
  for (const uint32_t removal : removals_) {
    add(image_.events[removal].span, "removed here, but the layer keeps it");
  }
  for (const uint32_t removal : misdirected_) {
    add(image_.events[removal].span,
        fmt::format("removes {}, which is another file", image_.events[removal].path));
  }
  if (reaches_ != kNoIndex && reaches_ != creation_) {
    const FileEvent& carried = image_.events[reaches_];
    add(carried.span, fmt::format("brings it into the image, as {}", carried.path));
  }
  if (exposure_) {
    steps.push_back(
        {exposure_->where, fmt::format("stage {} is {}", stage_label(), exposure_->how)});
  }
  return steps;
}

std::string LayerSteps::BuilderSentence(std::string_view verb) const {
  if (exposure_) {
    return fmt::format(
        " {} a layer of stage {}, which is {}. Whoever can pull that can read it there.", verb,
        stage_label(), exposure_->how);
  }
  return fmt::format(
      " {} the build cache of stage {} only. The image does not have it, but a cache that is "
      "exported with mode=max and an image built with --target do.",
      verb, stage_label());
}

std::string LayerSteps::RemovalSentence() const {
  if (!removals_.empty()) {
    return " The rm in a later instruction only hides it: Docker, BuildKit and podman build keep "
           "one layer for each instruction.";
  }
  if (!misdirected_.empty()) {
    return fmt::format(" The rm of {} does not touch it: the file is {}.",
                       image_.events[misdirected_.front()].path, event().path);
  }
  return "";
}

std::string LayerSteps::MountOwner(std::string_view path) const {
  // Whom the file is given to reads it; so does the user of a RUN, and of a home the one who is at
  // work when the stage ends.
  std::string user = event().owner.substr(0, event().owner.find(':'));
  if (user.empty()) user = event().user;
  const bool nobody = user.empty() || user == "root" || user == "0";
  if (nobody && !event().in_run && path.starts_with("/home/")) {
    user = image_.stages[event().stage].user;
  }
  if (user.empty() || user == "root" || user == "0") return "";
  if (user == "ray") user = "1000";
  return IsNumber(user) ? ",uid=" + user : fmt::format(",uid=UID (the number of user {})", user);
}

std::string LayerSteps::MountAdvice(CredentialFileKind kind) const {
  // A file that is in nobody's home is meant to be where the author removes it.
  const std::string& own = event().path;
  const bool in_home = own.starts_with("/root/") || own.starts_with("/home/");
  std::string path =
      in_home || misdirected_.empty() ? own : image_.events[misdirected_.front()].path;
  if (path.ends_with("/.aws")) path += "/credentials";
  if (path.ends_with("/.ssh")) path += "/id_ed25519";
  const bool known = path.find("${") == std::string::npos;
  return fmt::format(
      "mount it for the command that needs it: RUN --mount=type=secret,id={},target={}{}",
      SecretIdOf(kind), known ? path : "PATH", MountOwner(path));
}

}  // namespace oakum
