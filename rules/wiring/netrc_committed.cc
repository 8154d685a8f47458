// OAK501: a netrc with a password in the tree, as a file or in the script that writes it.

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "rules/wiring/netrc_entry.h"

namespace oakum {

namespace {

bool HoldsPassword(const Document& document, const NetrcEntry& entry, bool only_tokens) {
  if (!entry.password || IsAnonymousLogin(entry)) return false;
  const Value& password = entry.password->value;
  if (ClassifySecret(password) != SecretKind::kLiteral) return false;
  if (OpensPlaceholder(document, password)) return false;
  return !only_tokens || LooksLikeToken(password.text());
}

std::string HostOf(const NetrcEntry& entry) {
  if (entry.is_default) return "every host without an entry";
  return entry.machine.value.empty() ? "a host" : entry.machine.value.Describe();
}

// Whether the text is kept as it is read: in a file, or in a script. What a RUN writes is a layer's
// (OAK202), what a manifest holds a manifest's (OAK509, OAK510); prose shows how it is done.
bool IsKept(const NetrcContent& content) {
  if (content.origin == NetrcOrigin::kFile) return true;
  return content.origin == NetrcOrigin::kCommand && content.host != CommandHost::kImageBuild &&
         content.host != CommandHost::kImageRun && content.host != CommandHost::kDocument;
}

void ReportEntry(const Rule& rule, const Document& document, const NetrcContent& content,
                 const NetrcEntry& entry, const Report& report) {
  const std::string host = HostOf(entry);
  const bool file = content.origin == NetrcOrigin::kFile;
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), entry.password->value.ToSource()};
  finding.secrets.push_back(finding.where);
  finding.message = fmt::format(
      "{} the password {} as plain text. Whoever can read the tree, its history or {} can log in "
      "{}.",
      file ? "This netrc file holds" : "The netrc that is written here holds",
      entry.is_default ? "of its default entry, for every host that has no entry of its own,"
                       : "for " + host,
      file ? "an image built from it" : "a machine that was set up with it",
      entry.is_default ? "with it" : "there");
  finding.label = fmt::format("the password for {}", host);
  finding.help = file ? "revoke this password, keep the file out of the tree, and hand it over "
                        "where it is used: as a build secret, as a Kubernetes Secret with NETRC "
                        "naming the mounted file, as a CI secret"
                      : "revoke this password, and take it from the environment, from a secret "
                        "manager or from a file that is not in the tree";
  finding.anchor = fmt::format("netrc entry for {}", host);
  report(std::move(finding));
}

// A login that is commented out is in the tree all the same.
void CheckComment(const Rule& rule, const Document& document, const NetrcContent& content,
                  const Value& comment, const Report& report) {
  const size_t begin = comment.text().find_first_not_of("# \t");
  if (begin == std::string_view::npos) return;
  const NetrcText netrc = ParseNetrc(comment.Slice(static_cast<uint32_t>(begin)));
  for (const NetrcEntry& entry : netrc.entries) {
    if (HoldsPassword(document, entry, true)) {
      ReportEntry(rule, document, content, entry, report);
    }
  }
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  const bool sample = IsNetrcSample(document);
  for (const NetrcContent& content : document.facts().netrcs) {
    if (!IsKept(content)) continue;
    for (const NetrcEntry& entry : content.netrc.entries) {
      if (HoldsPassword(document, entry, sample)) {
        ReportEntry(rule, document, content, entry, report);
      }
    }
    for (const Value& comment : content.netrc.comments) {
      CheckComment(rule, document, content, comment, report);
    }
  }
}

}  // namespace

extern const Rule kNetrcCommitted = {
    .code = "OAK501",
    .name = "netrc-committed",
    .severity = Severity::kError,
    .summary = "A netrc with a password is kept in the tree.",
    .check_document = Check,
};

}  // namespace oakum
