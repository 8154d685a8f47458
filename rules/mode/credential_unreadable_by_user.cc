// OAK304: a credential file of the image that the user it runs as cannot read.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/rule.h"

namespace oakum {
namespace {

bool IsRoot(std::string_view user) {
  return user.empty() || user == "root" || user == "0";
}

// Variables that name a credential file to the programs that run in the image.
constexpr std::string_view kFileVariables[] = {"NETRC",
                                               "PIP_CONFIG_FILE",
                                               "GOOGLE_APPLICATION_CREDENTIALS",
                                               "AWS_SHARED_CREDENTIALS_FILE",
                                               "KUBECONFIG",
                                               "NPM_CONFIG_USERCONFIG",
                                               "npm_config_userconfig"};

// The variable of the image's configuration that names this file, or none.
std::string_view NamedBy(const Facts& facts, const std::string& path) {
  for (const Setting& setting : facts.settings) {
    if (setting.scope != SettingScope::kImageEnv) continue;
    for (std::string_view name : kFileVariables) {
      if (setting.name == name && setting.value.Describe() == path) return name;
    }
  }
  return {};
}

// In the home of the user that the image runs as, so meant for it.
bool IsInHome(const ImageStage& stage, std::string_view path) {
  if (stage.home.starts_with('/')) {
    return stage.home != "/" && path.starts_with(stage.home + "/");
  }
  // A user whose home the file does not tell: /home/NAME, and no other user's.
  if (!path.starts_with("/home/")) return false;
  const std::string_view rest = path.substr(6);
  const std::string_view name = rest.substr(0, rest.find('/'));
  const bool number = stage.user.find_first_not_of("0123456789") == std::string::npos;
  return number || name == stage.user;
}

// The bits that let others than the owner read are not there, and the owner is root.
bool IsClosed(const ImageBuild& image, uint32_t creation) {
  const std::optional<uint32_t> mode = image.FinalMode(creation);
  if (!mode || (*mode & 04) != 0) return false;
  const std::string owner = image.FinalOwner(creation);
  const size_t colon = owner.find(':');
  if (!IsRoot(std::string_view(owner).substr(0, colon))) return false;
  if ((*mode & 040) == 0) return true;
  // Readable by its group: who is in which group the file does not tell, but few are in root's.
  const std::string_view group =
      colon == owner.npos ? std::string_view() : std::string_view(owner).substr(colon + 1);
  return IsRoot(group);
}

void ReportFile(const Rule& rule, const Document& document, const ImageBuild& image,
                uint32_t creation, const std::string& path, const ImageCredential& credential,
                std::string_view variable, const Report& report) {
  const FileEvent& event = image.events[creation];
  const ImageStage& stage = image.stages.back();
  const Source* source = &document.source();
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.message = fmt::format(
      "The {} {} belongs to root and has mode {:04o}, and the image runs as user {}, who cannot "
      "read "
      "it: programs that look for it there go on without the credential.",
      credential.file.description, path, image.FinalMode(creation).value_or(0) & 0777, stage.user);
  if (!variable.empty()) finding.message += fmt::format(" ENV {} names it.", variable);
  finding.where = {source, event.span};
  finding.steps.push_back({{source, event.span}, fmt::format("created here, as root's {}", path)});
  for (const uint32_t later : image.Later(creation)) {
    if (image.events[later].action != FileAction::kMode) continue;
    finding.steps.push_back(
        {{source, image.events[later].span}, "from here on only its owner can read it"});
  }
  finding.help = fmt::format(
      "keep the credential out of the image and mount it where it is used; if the file must be "
      "there, give it to its reader: {}",
      event.in_run ? fmt::format("chown {} {}", stage.user, path)
                   : fmt::format("--chown={}", stage.user));
  finding.anchor = fmt::format("{} for {}", path, stage.user);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.image();
  if (!image || image->stages.empty()) return;
  const ImageStage& stage = image->stages.back();
  if (IsRoot(stage.user) || stage.user.find("${") != std::string::npos) return;
  const ImageCredentials credentials(project, document);
  for (const StandingFile& file : stage.files) {
    if (file.creations.size() != 1) continue;
    const uint32_t creation = file.creations.front();
    const std::optional<ImageCredential> credential = credentials.At(creation);
    if (!credential || !IsClosed(*image, creation)) continue;
    const std::string_view variable = NamedBy(document.facts(), file.path);
    if (variable.empty() && !IsInHome(stage, file.path)) continue;
    ReportFile(rule, document, *image, creation, file.path, *credential, variable, report);
  }
}

}  // namespace

extern const Rule kCredentialUnreadableByUser = {
    .code = "OAK304",
    .name = "credential-unreadable-by-user",
    .severity = Severity::kWarning,
    .summary = "A credential file of the image cannot be read by the user it runs as.",
    .check_document = Check,
};

}  // namespace oakum
