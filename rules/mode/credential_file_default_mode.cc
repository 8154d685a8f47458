// OAK302: a credential file that is created with the mode the umask happens to give, and keeps it.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/file_mode.h"
#include "analyzer/model/file_transfer.h"
#include "analyzer/model/home_path.h"
#include "analyzer/model/written_text.h"

namespace oakum {
namespace {

// Whether an argument of chmod or rm means this file: its path, a folder above it, a pattern beside
// it.
bool Names(const Value& word, const std::string& path) {
  std::string text = HomePath(word);
  // A chmod of another path that ends alike is ineffective-chmod's to report.
  if (BaseName(text) == BaseName(path) || path.starts_with(text + "/")) return true;
  const size_t star = text.find('*');
  return star != text.npos && path.starts_with(text.substr(0, star)) &&
         ParentPath(path) == ParentPath(text);
}

// In an image the layer is what counts, and rules of their own speak of it. Prose creates nothing.
bool IsJudged(CommandHost host) {
  return host != CommandHost::kImageBuild && host != CommandHost::kImageRun &&
         host != CommandHost::kDocument;
}

bool HoldsSecret(const CredentialFile& file, const Value& text) {
  return HoldsCredential(file.kind, text) || text.Trimmed().OnlyHole() != nullptr;
}

// Something in the file sees to its mode, or takes it away again.
bool IsSeenTo(const Facts& facts, const std::string& path, Span write) {
  for (const FileMode& mode : facts.file_modes) {
    if (mode.means == FileMode::Means::kUmask && write.Contains(mode.created)) return true;
  }
  return std::any_of(facts.commands.begin(), facts.commands.end(), [&](const Command& command) {
    const std::string_view program = command.Program();
    if (program == "umask") return command.span.begin < write.begin;
    constexpr std::string_view kPrograms[] = {"chmod", "install", "rm", "shred", "trap", "setfacl"};
    const bool known =
        std::find(std::begin(kPrograms), std::end(kPrograms), program) != std::end(kPrograms);
    return known && std::any_of(command.argv.begin(), command.argv.end(), [&](const Value& word) {
             return Names(word, path) ||
                    (program == "trap" &&
                     word.Describe().find(BaseName(path)) != std::string::npos);
           });
  });
}

class Checker {
 public:
  Checker(const Rule& rule, const Document& document, const Report& report)
      : rule_(rule), document_(document), facts_(document.facts()), report_(report) {}

  void Run() {
    for (const Command& command : facts_.commands) {
      if (!IsJudged(command.host) || command.Program() == "install") continue;
      for (const FileWrite& write : WritesOf(command, facts_.commands)) {
        Written(command, write.path, &write.text);
      }
      // What is appended to is there before, with a mode of its own.
      for (const Value* file : OutputsOf(command, facts_.commands)) {
        if (!IsAppended(command, *file)) Written(command, *file, nullptr);
      }
    }
  }

 private:
  static bool IsAppended(const Command& command, const Value& file) {
    return std::any_of(command.redirections.begin(), command.redirections.end(),
                       [&file](const Redirection& redirection) {
                         return redirection.kind == Redirection::Kind::kAppend &&
                                &redirection.target == &file;
                       });
  }

  // `text` is null if the command does not tell it: then the file's name does.
  void Written(const Command& command, const Value& target, const Value* text) {
    const std::string path = HomePath(target);
    const std::optional<CredentialFile> file = CredentialFileAt(path);
    // A relative path of a CI job lies in its workspace, where worse happens to it.
    const bool workspace =
        command.host == CommandHost::kCi && !path.starts_with('/') && !path.starts_with("${HOME}");
    if (!file || !file->certain || workspace) return;
    if (text != nullptr ? !HoldsSecret(*file, *text) : path.find('/') == path.npos) return;
    if (IsSeenTo(facts_, path, command.span) || !reported_.insert(path).second) return;
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.message = fmt::format(
        "The {} {} is created with the mode that the umask gives, 0644 by default: every user of "
        "the machine can read it.",
        file->description, path);
    finding.where = {&document_.source(), command.span};
    for (const Value& secret :
         text != nullptr ? CredentialsOf(file->kind, *text) : std::vector<Value>()) {
      if (secret.is_literal()) finding.secrets.push_back({&document_.source(), secret.ToSource()});
    }
    finding.help = fmt::format(
        "write `umask 077` before it, or create it closed: `install -m 600 /dev/null {}`", path);
    finding.anchor = fmt::format("default mode {}", path);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const Facts& facts_;
  const Report& report_;
  std::set<std::string> reported_;  // files that several commands write to
};

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  Checker(rule, document, report).Run();
}

}  // namespace

extern const Rule kCredentialFileDefaultMode = {
    .code = "OAK302",
    .name = "credential-file-default-mode",
    .severity = Severity::kNote,
    .summary = "A credential file is created with the default mode and keeps it.",
    .check_document = Check,
};

}  // namespace oakum
