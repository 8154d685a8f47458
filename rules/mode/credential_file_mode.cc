// OAK301: a credential file is given group or other bits.

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/file_mode.h"

namespace oakum {

namespace {

// "every user of the machine can read and write"
std::string WhoCanDoWhat(uint32_t mode, CommandHost host) {
  const bool image = host == CommandHost::kImageBuild || host == CommandHost::kImageRun ||
                     host == CommandHost::kContainer;
  const uint32_t bits = (mode & 07) | (mode >> 3 & 07);
  std::string what = bits & 4   ? (bits & 2 ? "read and write" : "read")
                     : bits & 2 ? "write"
                                : "execute";
  const std::string_view who =
      mode & 07 ? (image ? "every user in the container" : "every user of the machine")
                : "every member of its group";
  return fmt::format("{} can {}", who, what);
}

// What enforces a mode and what does not: nothing on the way from Ray to a download looks at it.
std::string_view Enforcement(CredentialFileKind kind) {
  switch (kind) {
    case CredentialFileKind::kNetrc:
      return " Nothing will complain: pip, requests, curl, git and Ray read a netrc whatever its "
             "mode; "
             "only programs that call Python's netrc.netrc() without a path refuse it.";
    case CredentialFileKind::kSshKey:
      return " ssh refuses a private key that others can read.";
    default:
      return "";
  }
}

std::string Message(const FileMode& mode) {
  const std::string consequence = WhoCanDoWhat(mode.mode, mode.host);
  const std::string_view what = mode.file.description;
  switch (mode.means) {
    case FileMode::Means::kChmod:
      return fmt::format("After `chmod {}` {} the {} `{}`.", mode.text, consequence, what,
                         mode.path);
    case FileMode::Means::kInstall:
      return fmt::format("`install` with mode {} creates the {} `{}` so that {} it.", mode.text,
                         what, mode.path, consequence);
    case FileMode::Means::kUmask:
      return fmt::format("Under `umask {}` the {} `{}` is created with mode {:04o}: {} it.",
                         mode.text, what, mode.path, mode.mode, consequence);
    case FileMode::Means::kCopy:
      return fmt::format("With `--chmod={}` {} the {} `{}`.", mode.text, consequence, what,
                         mode.path);
    case FileMode::Means::kSecretMount:
      return fmt::format("With `mode={}` {} the build secret `{}` while this RUN runs.", mode.text,
                         consequence, mode.path);
  }
  return {};
}

std::string Help(const FileMode& mode) {
  switch (mode.means) {
    case FileMode::Means::kUmask:
      return "write `umask 077` before the file is created";
    case FileMode::Means::kSecretMount:
      return "name the user that reads it instead: `uid=1000` (the default mode 0400 stays)";
    case FileMode::Means::kCopy:
      return fmt::format(
          "mount the {} as a build secret; if it must be copied, write `--chmod=600` and "
          "`--chown` for the user that reads it",
          mode.file.description);
    case FileMode::Means::kChmod:
    case FileMode::Means::kInstall:
      break;
  }
  return "write mode 600, and chown it to the user that reads it";
}

// The file's mode is set again further down, to one that gives nothing away.
bool IsTightened(const FileMode& mode, const Facts& facts) {
  return std::any_of(facts.file_modes.begin(), facts.file_modes.end(), [&](const FileMode& later) {
    return later.means == FileMode::Means::kChmod && later.compared == mode.compared &&
           !later.Exposes() && later.span.begin > mode.created.begin;
  });
}

void CheckWritten(const Rule& rule, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  std::set<Span> reported;
  for (const FileMode& mode : facts.file_modes) {
    const bool umask = mode.means == FileMode::Means::kUmask;
    if (!mode.Exposes() || (umask && IsTightened(mode, facts))) continue;
    if (!reported.insert(mode.span).second) continue;
    const Source* source = &document.source();
    Finding finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    finding.message = Message(mode) + std::string(Enforcement(mode.file.kind));
    finding.where = {source, mode.span};
    finding.label = fmt::format("mode {:04o}", mode.mode);
    if (umask) {
      finding.steps.push_back({{source, mode.span}, "the umask leaves group or others their bits"});
      finding.steps.push_back({{source, mode.created}, "the file is created here"});
    }
    finding.help = Help(mode);
    if (mode.means == FileMode::Means::kChmod || mode.means == FileMode::Means::kInstall) {
      finding.fixes.push_back(
          {"Give only the owner access", false, {{{source, mode.mode_span}, "600"}}});
    }
    finding.anchor = fmt::format("{} {}", mode.text, mode.path);
    report(std::move(finding));
  }
}

// git records no such modes, so that of a tracked file is the checkout's and means nothing; nor
// does that of a file in a tree that is no repository.
void CheckOnDisk(const Rule& rule, const Document& document, const Report& report) {
  if (!document.untracked() || (document.mode() & 077) == 0) return;
  const std::optional<CredentialFile> file = CredentialFileAt(document.path());
  if (!file || !HoldsCredential(file->kind, Value(document.source().body()))) return;
  const std::string_view text = document.source().text();
  const auto line = static_cast<uint32_t>(std::min(text.find_first_of("\r\n"), text.size()));
  const uint32_t mode = document.mode() & 0777;
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.message =
      fmt::format("This {} has mode {:04o} on disk: {} it.{}", file->description, mode,
                  WhoCanDoWhat(mode, CommandHost::kScript), Enforcement(file->kind));
  finding.where = {&document.source(), {0, line}};
  finding.label = fmt::format("mode {:04o}", mode);
  finding.help = fmt::format("run `chmod 600 {}`", BaseName(document.path()));
  finding.anchor = "on disk";
  report(std::move(finding));
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  CheckWritten(rule, document, report);
  CheckOnDisk(rule, document, report);
}

}  // namespace

extern const Rule kCredentialFileMode = {
    .code = "OAK301",
    .name = "credential-file-mode",
    .severity = Severity::kWarning,
    .summary = "A credential file is given more than its owner's permissions.",
    .check_document = Check,
};

}  // namespace oakum
