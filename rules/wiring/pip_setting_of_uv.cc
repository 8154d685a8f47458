#include "rules/wiring/pip_setting_of_uv.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/model/command_option.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_config.h"
#include "analyzer/model/installer_expansion.h"
#include "analyzer/model/run_secret.h"
#include "analyzer/model/unread_setting.h"

namespace oakum {

namespace {

constexpr auto kPipIndexes =
    std::to_array<std::string_view>({"PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"});

bool IsScriptScope(SettingScope scope) {
  return scope == SettingScope::kImageEnv || scope == SettingScope::kShell ||
         scope == SettingScope::kCi || scope == SettingScope::kContainer;
}

// uv installs something here.
bool InstallsWithUv(const Command& command) {
  if (command.Program() != "uv") return false;
  return (HasWord(command, "pip") && (HasWord(command, "install") || HasWord(command, "sync") ||
                                      HasWord(command, "compile"))) ||
         HasWord(command, "sync") || HasWord(command, "add") || HasWord(command, "lock");
}

// pip installs something other than uv itself.
bool InstallsWithPip(const Command& command) {
  const bool pip = command.Program().starts_with("pip");
  if (!pip || (!HasWord(command, "install") && !HasWord(command, "download") &&
               !HasWord(command, "wheel"))) {
    return false;
  }
  return std::any_of(command.argv.begin() + 2, command.argv.end(), [](const Value& word) {
    return !word.text().starts_with('-') && !word.text().starts_with("uv");
  });
}

bool HasIndexOption(const Command& command) {
  return std::any_of(command.argv.begin(), command.argv.end(), [](const Value& word) {
    const std::string_view text = word.text();
    return text.find("index") != text.npos || text == "-i" || text.starts_with("--find-links");
  });
}

// Whether uv is told of an index anywhere in the tree.
bool UvHasIndex(const Project& project) {
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const UriUse& use : facts.uris) {
      if (use.role == UriRole::kIndex && use.consumer == "uv") return true;
    }
    for (const Setting& setting : facts.settings) {
      if (setting.name.starts_with("UV_") && setting.name.find("INDEX") != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

bool HasCredential(const Setting& setting) {
  const Hole* hole = setting.value.OnlyHole();
  if (hole != nullptr) return hole->origin == HoleOrigin::kCiSecret;
  return setting.value.text().find('@') != std::string_view::npos;
}

Finding MakeFinding(const Rule& rule, const Document& document, Span where, std::string anchor) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), where};
  finding.label = "not read by uv";
  finding.anchor = std::move(anchor);
  return finding;
}

void ReportFile(const Rule& rule, const Document& document, Span where, std::string_view path,
                const Command& uv, const Report& report) {
  Finding finding = MakeFinding(rule, document, where, fmt::format("{} for uv", path));
  finding.message = fmt::format(
      "uv does not read {}, which is pip's: it asks the public index, anonymously, and what only "
      "the private one has is not found.",
      path);
  finding.steps.push_back({{&document.source(), uv.span}, "uv installs here"});
  finding.help =
      "set UV_DEFAULT_INDEX to the address without the login, and give uv the login in a netrc";
  report(std::move(finding));
}

// A pip.conf that a RUN mounts for uv.
void CheckMounts(const Rule& rule, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  for (const ImageRun& run : document.image_config()->runs) {
    for (const RunSecret& secret : SecretsOf(run)) {
      if (!IsPipConfig(secret.target)) continue;
      const Command* uv = nullptr;
      bool other = false;
      for (const uint32_t index : run.commands) {
        const Command& command = facts.commands[index];
        if (uv == nullptr && InstallsWithUv(command)) uv = &command;
        other |= InstallsWithPip(command) || HasIndexOption(command) ||
                 Mentions(run, command, secret.target);
      }
      if (uv == nullptr || other) continue;
      ReportFile(rule, document, secret.target_span, secret.target, *uv, report);
    }
  }
}

// Whether the tree's file of this name holds an index with a login.
bool HoldsLogin(const Project& project, std::string_view name) {
  for (const auto& document : project.documents()) {
    if (BaseName(document->path()) != name) continue;
    for (const UriUse& use : document->facts().uris) {
      if (use.role == UriRole::kIndex && use.uri.has_userinfo) return true;
    }
  }
  return false;
}

// A pip.conf that is copied into an image where uv alone installs.
void CheckCopies(const Rule& rule, const Project& project, const Document& document,
                 const Command& uv, const Report& report) {
  for (const FileEvent& event : document.image()->events) {
    if (event.action != FileAction::kCreate || event.origin != FileOrigin::kContext) continue;
    if (event.in_run || event.folder || !IsPipConfig(event.path)) continue;
    if (!HoldsLogin(project, BaseName(event.source))) continue;
    ReportFile(rule, document, event.span, event.path, uv, report);
  }
}

}  // namespace

void CheckPipConfigOfUv(const Rule& rule, const Project& project, const Document& document,
                        const Report& report) {
  const Facts& facts = document.facts();
  if (document.language() != Language::kDockerfile) return;
  const auto& commands = facts.commands;
  const auto uv = std::find_if(commands.begin(), commands.end(), InstallsWithUv);
  if (uv == commands.end() || UvHasIndex(project)) return;
  CheckMounts(rule, document, report);
  const bool other = std::any_of(commands.begin(), commands.end(), [](const Command& command) {
    return InstallsWithPip(command) || HasIndexOption(command);
  });
  if (!other) CheckCopies(rule, project, document, *uv, report);
}

void CheckPipSettingsOfUv(const Rule& rule, const Project& project, const Document& document,
                          const Report& report) {
  const Facts& facts = document.facts();
  const auto& commands = facts.commands;
  const auto uv = std::find_if(commands.begin(), commands.end(), InstallsWithUv);
  if (uv == commands.end() || std::any_of(commands.begin(), commands.end(), InstallsWithPip)) {
    return;
  }
  for (const Setting& setting : facts.settings) {
    const bool index =
        std::find(kPipIndexes.begin(), kPipIndexes.end(), setting.name) != kPipIndexes.end();
    if (!index || !IsScriptScope(setting.scope) || !HasCredential(setting)) continue;
    if (UsesVariable(commands, setting.name) ||
        std::any_of(commands.begin(), commands.end(), HasIndexOption) || UvHasIndex(project)) {
      return;
    }
    Finding finding = MakeFinding(rule, document, ValuePlace(setting), setting.name);
    finding.message = fmt::format(
        "uv reads neither {} nor pip.conf: it asks the public index, anonymously, and what only "
        "the private one has is not found.",
        setting.name);
    finding.steps.push_back({{&document.source(), uv->span}, "uv installs here"});
    finding.help = setting.name == "PIP_INDEX_URL"
                       ? "set UV_DEFAULT_INDEX to the address without the login, and keep the "
                         "login in a netrc, which uv reads"
                       : "set UV_INDEX to the address without the login, and keep the login in a "
                         "netrc, which uv reads";
    if (setting.value.OnlyHole() == nullptr) {
      finding.secrets.push_back({&document.source(), setting.value.ToSource()});
    }
    report(std::move(finding));
  }
}

}  // namespace oakum
