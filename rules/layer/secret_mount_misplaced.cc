// OAK209: a secret mount, or what a RUN does with it, does not mean what it looks like.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/run_secret.h"
#include "analyzer/model/run_tools.h"

namespace oakum {
namespace {

// Commands that change a file or its entry in a folder.
constexpr std::array<std::string_view, 7> kChanges = {"chgrp", "chmod",    "chown", "rm",
                                                      "shred", "truncate", "unlink"};

class Check {
 public:
  Check(const Rule& rule, const Document& document, const Report& report)
      : rule_(rule),
        document_(document),
        facts_(document.facts()),
        config_(*document.image_config()),
        report_(report) {}

  void Run() {
    for (const ImageRun& run : config_.runs) {
      for (const RunSecret& secret : SecretsOf(run)) {
        if (Order(secret) || (!secret.target.empty() && Place(run, secret))) continue;
        if (!secret.target.empty()) Required(run, secret);
      }
    }
  }

 private:
  // `required` before `type` belongs to a bind mount, which has none: the build stops there.
  bool Order(const RunSecret& secret) {
    for (const DockerMountOption& option : secret.mount->options) {
      if (option.key == "type") return false;
      if (option.key != "required") continue;
      Finding finding;
      finding.message = fmt::format(
          "`required` stands before `type=secret`. The builder reads the options in order, takes "
          "the mount for a bind mount at that point, and stops the build.");
      finding.help = "write type=secret first";
      Send(std::move(finding), option.span, secret);
      return true;
    }
    return false;
  }

  bool Place(const ImageRun& run, const RunSecret& secret) {
    return Unexpanded(run, secret) || Changed(run, secret) || Unread(run, secret);
  }

  // The option as it is written.
  std::string_view TargetText(const RunSecret& secret) const {
    const DockerMountOption* option = secret.mount->Option("target");
    if (!option) return {};
    return document_.source().text().substr(option->span.begin, option->span.size());
  }

  // In the stage of the RUN, or one that it is built FROM.
  bool IsSet(std::string_view name, const ImageRun& run) const {
    const auto& variables = config_.variables;
    return std::any_of(variables.begin(), variables.end(), [&](const ImageVariable& variable) {
      return variable.name == name && variable.span.begin < run.span.begin &&
             IsInherited(variable.stage, run.stage);
    });
  }

  bool IsInherited(uint32_t stage, uint32_t by) const {
    for (; by != kNoIndex; by = document_.image()->stages[by].parent) {
      if (by == stage) return true;
    }
    return false;
  }

  // `~`, $HOME and relative paths.
  bool Unexpanded(const ImageRun& run, const RunSecret& secret) {
    const std::string_view text = TargetText(secret);
    const std::string_view path = text.substr(std::min(text.find('=') + 1, text.size()));
    const bool home = path.find("$HOME") != path.npos || path.find("${HOME}") != path.npos;
    Finding finding;
    if (path.starts_with('~')) {
      finding.message = fmt::format(
          "The builder does not expand `~`: secret {} is mounted in a folder that is called `~`, "
          "at {}, and not in anybody's home.",
          secret.id, secret.target);
    } else if (home && !IsSet("HOME", run)) {
      finding.message = fmt::format(
          "The builder knows $HOME only if an ENV sets it, and none does: secret {} is mounted at "
          "{}.",
          secret.id, secret.target);
    } else if (!path.empty() && !path.starts_with('/') && !path.starts_with('$') &&
               !path.starts_with('"') && !path.starts_with('\'')) {
      finding.message = fmt::format(
          "The target of a secret mount does not begin at WORKDIR: secret {} is mounted at {}, not "
          "in {}.",
          secret.id, secret.target, run.workdir);
    } else {
      return false;
    }
    const bool known = run.home.find("${") == run.home.npos;
    finding.help = fmt::format("write the whole path: target={}/{}",
                               known ? run.home : "/home/USER", BaseName(secret.target));
    Send(std::move(finding), secret.target_span, secret);
    return true;
  }

  // chmod, chown and rm of the mount itself.
  bool Changed(const ImageRun& run, const RunSecret& secret) {
    for (const uint32_t index : run.commands) {
      const Command& command = facts_.commands[index];
      const std::string program(command.Program());
      if (std::find(kChanges.begin(), kChanges.end(), program) == kChanges.end()) continue;
      if (!IsAbout(run, command, secret.target)) continue;
      Finding finding;
      const bool mode = program.starts_with("ch");
      finding.message = fmt::format(
          "Secret {} is mounted read-only at {}, so the {} of it fails{}. The mount is gone when "
          "the RUN ends, and nothing of it is in the layer.",
          secret.id, secret.target, program,
          mode ? "; its mode and owner are options of the mount" : "");
      finding.help = mode
                         ? "drop the command and give the mount the mode and owner it should have: "
                           "uid=, gid=, mode="
                         : "drop the command";
      finding.steps = {{{&document_.source(), secret.mount->span}, "the secret is mounted here"},
                       {{&document_.source(), command.span}, "this is refused"}};
      Send(std::move(finding), secret.mount->span, secret);
      return true;
    }
    return false;
  }

  static bool IsAbout(const ImageRun& run, const Command& command, std::string_view target) {
    for (size_t i = 1; i < command.argv.size(); ++i) {
      const Value& word = command.argv[i];
      if (word.text().starts_with('-')) continue;
      const std::string path = PathIn(run, word);
      const bool folder = path == "/run/secrets" && target.starts_with("/run/secrets/");
      if (path == target || folder) return true;
    }
    return false;
  }

  // A file for a tool that looks elsewhere.
  bool Unread(const ImageRun& run, const RunSecret& secret) {
    const std::optional<UnreadSecret> unread = UnreadIn(run, secret, facts_, config_);
    if (!unread) return false;
    if (!CanRead(run, *secret.mount)) return false;  // OAK208 says so
    const std::string& usual = unread->places.paths.front();
    Finding finding;
    finding.message = fmt::format(
        "Nothing in this RUN reads secret {} at {}: {} looks for its {} at {} or where {} says, "
        "and goes on without credentials if there is none.",
        secret.id, secret.target, unread->places.tool, unread->file.description, usual,
        unread->places.variable);
    finding.help = fmt::format("mount it where {} looks: target={}", unread->places.tool, usual);
    const bool closed = !run.root && secret.target.starts_with("/root/");
    if (!closed) {
      finding.help +=
          fmt::format(", or set {}={} for the command", unread->places.variable, secret.target);
    }
    Send(std::move(finding), secret.target_span, secret);
    return true;
  }

  void Required(const ImageRun& run, const RunSecret& secret) {
    const std::optional<CredentialFile> file = CredentialFileAt(secret.target);
    const bool netrc = (file && file->kind == CredentialFileKind::kNetrc) || secret.id == "netrc";
    if (!netrc || secret.mount->Option("required") || IsAsked(run, secret)) return;
    Finding finding;
    finding.severity = Severity::kNote;
    finding.message = fmt::format(
        "Secret {} is optional: a build that is started without it goes on, fetches without "
        "credentials, and fails later or takes what is public.",
        secret.id);
    finding.help = "add required=true";
    const Span end{secret.mount->span.end, secret.mount->span.end};
    finding.fixes.push_back({"Stop a build that is started without the secret",
                             true,
                             {{{&document_.source(), end}, ",required=true"}}});
    Send(std::move(finding), secret.mount->span, secret);
  }

  // A command is given the path: `cp` fails without the file, and `[ -f ... ]` shows that the
  // author thought of it. A variable alone is not enough: NETRC may name what is not there.
  bool IsAsked(const ImageRun& run, const RunSecret& secret) const {
    return std::any_of(run.commands.begin(), run.commands.end(), [&](uint32_t index) {
      Command command = facts_.commands[index];
      command.environment.clear();
      return Mentions(run, command, secret.target);
    });
  }

  void Send(Finding finding, Span span, const RunSecret& secret) {
    finding.rule = &rule_;
    if (finding.severity != Severity::kNote) finding.severity = rule_.severity;
    finding.where = {&document_.source(), span};
    finding.anchor = fmt::format("secret {} {}", secret.id, secret.target);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const Facts& facts_;
  const ImageConfig& config_;
  const Report& report_;
};

void CheckDocument(const Rule& rule, const Project&, const Document& document,
                   const Report& report) {
  if (document.image_config()) Check(rule, document, report).Run();
}

}  // namespace

extern const Rule kSecretMountMisplaced = {
    .code = "OAK209",
    .name = "secret-mount-misplaced",
    .severity = Severity::kWarning,
    .summary = "An option of a secret mount does not mean what it looks like.",
    .check_document = CheckDocument,
};

}  // namespace oakum
