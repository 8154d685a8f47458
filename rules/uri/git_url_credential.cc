// OAK104: a credential in the URL of a git remote, or in what git is configured to send.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/git_header.h"
#include "analyzer/model/image_credential.h"
#include "rules/uri/uri_finding.h"

namespace oakum {

namespace {

// What git does with the URL: names it for a sentence, and where git keeps it.
struct Role {
  std::string_view what;
  std::string kept;
};

// The `git config` or `git -c` that the URL is handed to, or null.
const Command* ConfigCommand(const UriUse& use, const Document& document) {
  for (const Command& command : document.facts().commands) {
    if (command.Program() != "git" || !command.span.Contains(use.span)) continue;
    for (const Value& word : command.argv) {
      if (word.text() == "config" || (word.text() == "-c" && use.setting == "-c")) return &command;
      if (word.text() == "clone" || word.text() == "remote") break;
    }
  }
  return nullptr;
}

bool HasWord(const Command& command, std::string_view word) {
  return std::any_of(command.argv.begin(), command.argv.end(),
                     [word](const Value& argument) { return argument.text() == word; });
}

// The file that `git config` writes to; empty if it writes none.
std::string_view ConfigFile(const Command& command) {
  if (!HasWord(command, "config")) return {};
  if (HasWord(command, "--global")) return "~/.gitconfig";
  return HasWord(command, "--system") ? "/etc/gitconfig" : ".git/config";
}

Role RoleOf(const UriUse& use, const Document& document) {
  constexpr std::string_view kInstead = "A URL that git puts in place of others";
  if (use.setting.starts_with("GIT_CONFIG_")) return {kInstead, ""};
  if (use.setting.ends_with("nsteadOf") || use.setting.ends_with("insteadof")) {
    return {kInstead, " `git config --list` prints it."};
  }
  if (use.sink == UriSink::kFile) return {"The URL of a git remote", ""};
  if (const Command* command = ConfigCommand(use, document)) {
    const std::string_view file = ConfigFile(*command);
    if (file.empty()) return {"A URL that git is configured with", ""};
    return {"A URL that git is configured with",
            fmt::format(" git keeps it in `{}`, and `git config --list` prints it.", file)};
  }
  return {"The URL that git gets",
          " git keeps the URL of a remote in `.git/config` and prints it with `git remote -v`."};
}

std::string Message(const UriUse& use, const UriCredential& credential, const Document& document) {
  const bool literal = credential.kind == SecretKind::kLiteral;
  const std::string host = use.uri.host.Describe();
  const Role role = RoleOf(use, document);
  std::string message = std::string(role.what);
  if (!use.setting.empty()) message += fmt::format(" through `{}`", use.setting);
  message +=
      fmt::format(" carries the {} for {}: {}.{}", CredentialNoun(credential),
                  host.empty() ? "the host" : host, SinkConsequence(use.sink, literal), role.kept);
  if (use.uri.scheme.ends_with("http") && !use.uri.HasLocalHost()) {
    message += " It also travels unencrypted.";
  }
  return message;
}

// Whether a later command of the same script or RUN takes out what git kept: `rm -rf .git` of the
// clone, or a remote without the credential.
bool IsTakenOut(const UriUse& use, const Document& document) {
  const std::string_view text = document.source().text();
  for (const Command& command : document.facts().commands) {
    if (command.span.begin < use.span.end) continue;
    const std::string_view between = text.substr(use.span.end, command.span.begin - use.span.end);
    const bool docker = document.language() == Language::kDockerfile;
    if (docker && between.find("\nRUN ") != std::string_view::npos) return false;
    if (command.Program() == "rm") {
      for (const Value& word : command.argv) {
        if (word.text().ends_with(".git") || word.text().ends_with(".git/")) return true;
      }
    }
    if (command.Program() != "git") continue;
    const auto has = [&command](std::string_view wanted) {
      return std::any_of(command.argv.begin(), command.argv.end(),
                         [wanted](const Value& word) { return word.text() == wanted; });
    };
    if (!has("remote")) continue;
    if (has("remove") || has("rm")) return true;
    const std::optional<Uri> uri = ParseUri(command.argv.back());
    if (has("set-url") && uri && CredentialsIn(*uri).empty()) return true;
  }
  return false;
}

std::string Help(const UriUse& use) {
  const std::string host = use.uri.LiteralHost();
  const std::string entry = fmt::format("machine {}", host.empty() ? "HOST" : host);
  if (use.sink == UriSink::kImage || use.sink == UriSink::kWrittenFile) {
    return fmt::format(
        "leave the credential out of the URL and give git a netrc, entry `{}`, for this command "
        "alone; in a build: `RUN --mount=type=secret,id=netrc,target=/root/.netrc`",
        entry);
  }
  return fmt::format(
      "leave the credential out of the URL and put it into `~/.netrc`, entry `{}`, or let a "
      "credential helper hand it to git",
      entry);
}

void CheckHeaders(const Rule& rule, const Document& document, std::set<Span>& reported,
                  const Report& report) {
  for (const GitHeader& header : GitHeadersOf(document.facts())) {
    const Span span = header.place;
    if (!reported.insert(span).second) continue;
    const bool literal = header.kind == SecretKind::kLiteral;
    // What a build keeps of it in ~/.gitconfig is the layer's matter.
    const ImageBuild* image = document.image();
    if (!literal && image != nullptr && WritesKeptCredential(*image, header.span)) continue;
    const bool recorded = literal || header.sink == UriSink::kImage ||
                          header.sink == UriSink::kWrittenFile ||
                          header.secret.HasHole(HoleOrigin::kTemplate);
    Finding finding;
    finding.rule = &rule;
    finding.severity = recorded ? Severity::kError : Severity::kWarning;
    finding.where = {&document.source(), span};
    finding.label = "credential";
    if (literal) finding.secrets.push_back({&document.source(), span});
    finding.message =
        fmt::format("The header that git sends with every request (`{}`) carries a credential: {}.",
                    header.setting, SinkConsequence(header.sink, literal));
    finding.help = "put the credential into `~/.netrc`, or let a credential helper hand it to git";
    finding.anchor = fmt::format("git {}", header.setting);
    report(std::move(finding));
  }
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // one credential may reach several commands
  for (const UriUse& use : document.facts().uris) {
    // An entry of git's credential store is no remote (OAK110).
    if (use.role != UriRole::kGit || use.setting == "credential") continue;
    const std::optional<UriCredential> credential = ReportableCredential(use.uri);
    if (credential && IsLayersMatter(document, use, *credential)) continue;
    if (!credential) continue;
    Finding finding = FindingAt(rule, document, use, *credential);
    if (!reported.insert(finding.where.span).second) continue;
    const bool literal = credential->kind == SecretKind::kLiteral;
    const bool passing = !literal && use.sink == UriSink::kWrittenFile && IsTakenOut(use, document);
    const bool error = IsRecorded(use, *credential) && !passing;
    finding.severity = error ? Severity::kError : Severity::kWarning;
    finding.message = Message(use, *credential, document);
    finding.help = Help(use);
    finding.anchor = fmt::format("git {} {}", use.setting, use.uri.LiteralHost());
    report(std::move(finding));
  }
  CheckHeaders(rule, document, reported, report);
}

}  // namespace

extern const Rule kGitUrlCredential = {
    .code = "OAK104",
    .name = "git-url-credential",
    .severity = Severity::kError,
    .summary = "The URL of a git remote carries a credential.",
    .check_document = Check,
};

}  // namespace oakum
