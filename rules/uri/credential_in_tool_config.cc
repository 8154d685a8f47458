// OAK110: a password or token that is no URI in a tool's credential file.

#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/tool_config.h"
#include "rules/uri/uri_finding.h"

namespace oakum {

namespace {

class Check {
 public:
  Check(const Rule& rule, const Document& document, const Report& report)
      : rule_(rule), document_(document), report_(report) {}

  void Run() {
    if (document_.language() == Language::kGitCredentials) return GitCredentials();
    const ToolConfig* config = ToolConfigAt(document_.path());
    for (const Setting& setting : document_.facts().settings) {
      // Of other JSON files only Docker's configuration gives settings of this kind.
      const ToolConfig* row = config;
      if (!row && setting.file_kind == "docker") row = ToolConfigAt(".docker/config.json");
      if (!row || setting.scope != SettingScope::kFile) continue;
      if (!IsSecretKey(*row, setting.name) || !IsStoredSecret(setting.value)) continue;
      Say(setting.value.ToSource(), *row, setting.name);
    }
    if (!config) TokenFile();
  }

 private:
  // A file that is a token and nothing else.
  void TokenFile() {
    const std::optional<CredentialFile> file = CredentialFileAt(document_.path());
    if (!file || file->kind != CredentialFileKind::kToolToken) return;
    const Value text = Value(document_.source().body()).Trimmed();
    if (!IsStoredSecret(text)) return;
    Send(text.ToSource(),
         fmt::format("This {} is kept in the tree with its token: everyone who gets the tree has "
                     "it.",
                     file->description),
         "take the file out of the tree and give the process HF_TOKEN from a secret store",
         "token file");
  }

  // https://USER:TOKEN@HOST, one a line.
  void GitCredentials() {
    for (const UriUse& use : document_.facts().uris) {
      const std::optional<UriCredential> credential = ReportableCredential(use.uri);
      if (!credential || credential->kind != SecretKind::kLiteral) continue;
      const std::string host = use.uri.LiteralHost();
      Send(
          credential->secret.ToSource(),
          fmt::format("Git's credential store is kept in the tree with the {} for {}: everyone who "
                      "gets the tree has it, and git uses it as it is.",
                      CredentialNoun(*credential), host),
          "take the file out of the tree and let a credential helper or a netrc hand it to git",
          fmt::format("git-credentials/{}", host));
    }
  }

  void Say(Span span, const ToolConfig& config, const std::string& key) {
    Send(
        span,
        fmt::format("`{}` in {} is a secret in plain text: {} reads the file as it is, and so does "
                    "everyone who gets this tree or a commit of it.",
                    key, config.description, config.tool),
        fmt::format("take the secret out of the file and use {}", config.instead),
        fmt::format("{}/{}", config.description, key));
  }

  void Send(Span span, std::string message, std::string help, std::string anchor) {
    if (!reported_.insert(span).second) return;
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), span};
    finding.secrets = {finding.where};
    finding.label = "the secret stands here";
    finding.message = std::move(message);
    finding.help = std::move(help);
    finding.anchor = std::move(anchor);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
  std::set<Span> reported_;
};

void CheckDocument(const Rule& rule, const Project&, const Document& document,
                   const Report& report) {
  Check(rule, document, report).Run();
}

}  // namespace

extern const Rule kCredentialInToolConfig = {
    .code = "OAK110",
    .name = "credential-in-tool-config",
    .severity = Severity::kError,
    .summary = "A tool's credential file in the tree holds a password or token.",
    .check_document = CheckDocument,
};

}  // namespace oakum
