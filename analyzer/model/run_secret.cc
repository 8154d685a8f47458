#include "analyzer/model/run_secret.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/docker_scope.h"

namespace oakum {

namespace {

// `word` with $HOME filled in and other holes as ${NAME}.
std::string TextIn(const ImageRun& run, const Value& word) {
  std::string text;
  for (uint32_t i = 0; i < word.size(); ++i) {
    const Hole* hole = word.HoleAt(i);
    if (!hole) {
      text += word.text()[i];
    } else {
      text += hole->name == "HOME" ? run.home : "${" + hole->name + "}";
    }
  }
  if (text == "~" || text.starts_with("~/")) text.replace(0, 1, run.home);
  return text;
}

bool Has(std::string_view text, std::string_view path) {
  for (size_t at = text.find(path); at != text.npos; at = text.find(path, at + 1)) {
    const size_t end = at + path.size();
    const bool whole = end == text.size() ||
                       std::string_view(" \t\n\"';:,)/").find(text[end]) != std::string_view::npos;
    if (whole) return true;
  }
  return false;
}

}  // namespace

std::vector<RunSecret> SecretsOf(const ImageRun& run) {
  std::vector<RunSecret> secrets;
  for (const DockerMount& mount : run.mounts) {
    if (mount.type != DockerMountType::kSecret) continue;
    RunSecret secret;
    secret.mount = &mount;
    secret.id = mount.SecretId().Describe();
    // Not joined to WORKDIR.
    if (const std::optional<Value> target = mount.Target()) {
      secret.target = ResolvePath("/", target->Describe());
    }
    const DockerMountOption* option = mount.Option("target");
    secret.target_span = option ? option->span : mount.span;
    secrets.push_back(std::move(secret));
  }
  return secrets;
}

std::string PathIn(const ImageRun& run, const Value& word) {
  return ResolvePath(run.workdir, TextIn(run, word));
}

bool Mentions(const ImageRun& run, const Command& command, std::string_view path) {
  const auto has = [&](const Value& word) {
    return Has(TextIn(run, word), path) || PathIn(run, word) == path;
  };
  return std::any_of(command.argv.begin(), command.argv.end(), has) ||
         std::any_of(command.environment.begin(), command.environment.end(),
                     [&](const Assignment& assignment) { return has(assignment.value); }) ||
         std::any_of(command.redirections.begin(), command.redirections.end(),
                     [&](const Redirection& redirection) { return has(redirection.target); });
}

bool CanRead(const ImageRun& run, const DockerMount& mount) {
  if (run.root || run.user.find("${") != run.user.npos) return true;
  for (const char* key : {"uid", "gid", "mode"}) {
    const DockerMountOption* option = mount.Option(key);
    if (option && !option->value.is_literal()) return true;
  }
  const uint32_t mode = mount.EffectiveMode();
  if (mode & 0004) return true;
  const bool own = mount.uid && (run.uid ? *mount.uid == *run.uid : *mount.uid != 0);
  if (own) return (mode & 0400) != 0;
  return mount.gid && *mount.gid != 0 && (mode & 0040) != 0;
}

}  // namespace oakum
