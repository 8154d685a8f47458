// OAK602: a secret of several lines in build-push-action's `secrets:` without quotes.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"

namespace oakum {
namespace {

// Parts of the names of secrets that are files of several lines.
constexpr std::array<std::string_view, 29> kFiles = {"netrc",
                                                     "npmrc",
                                                     "pypirc",
                                                     "pip_conf",
                                                     "pipconf",
                                                     "pip_config",
                                                     "kubeconfig",
                                                     "kube_config",
                                                     "ssh_key",
                                                     "ssh_private",
                                                     "private_key",
                                                     "deploy_key",
                                                     "id_rsa",
                                                     "id_ed25519",
                                                     "service_account",
                                                     "sa_key",
                                                     "sa_json",
                                                     "gcp_key",
                                                     "gcp_json",
                                                     "google_credentials",
                                                     "google_application_credentials",
                                                     "aws_credentials",
                                                     "git_credentials",
                                                     "settings_xml",
                                                     "env_file",
                                                     "dotenv",
                                                     "yarnrc",
                                                     "gitconfig",
                                                     "aws_config"};
// Whole words of such names.
constexpr std::array<std::string_view, 6> kWords = {"pem",     "cert",    "certificate",
                                                    "keyfile", "condarc", "crt"};

bool IsFileOfLines(std::string_view name) {
  std::string lower = ToLower(name.substr(name.rfind('.') == 0 ? 1 : 0));
  std::replace_if(
      lower.begin(), lower.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  if (std::any_of(kFiles.begin(), kFiles.end(),
                  [&lower](std::string_view part) { return lower.find(part) != lower.npos; })) {
    return true;
  }
  const std::string bounded = "_" + lower + "_";
  return std::any_of(kWords.begin(), kWords.end(), [&bounded](std::string_view word) {
    return bounded.find(fmt::format("_{}_", word)) != bounded.npos;
  });
}

class Entries {
 public:
  Entries(const Rule& rule, const Document& document, const Report& report)
      : rule_(rule), document_(document), report_(report) {}

  // One CSV record a line; a quoted one may go on over several.
  void Run(const Value& list) const {
    const std::string_view text = list.text();
    bool quoted = false;
    Value open;  // the entry that lines without a name of their own go on
    for (uint32_t begin = 0; begin < text.size();) {
      const auto end = static_cast<uint32_t>(std::min(text.find('\n', begin), text.size()));
      const Value line = list.Slice({begin, end}).Trimmed();
      const auto quotes = std::count(line.text().begin(), line.text().end(), '"');
      const bool whole = !quoted && !line.text().starts_with('"');
      if (whole && IsEntry(line.text())) {
        open = Entry(line) ? Value() : line;
      } else if (!whole) {
        open = Value();
      } else if (!open.empty() && !line.empty() && line.OnlyHole() == nullptr) {
        GoesOn(std::exchange(open, Value()));
      }
      if (quotes % 2 != 0) quoted = !quoted;
      begin = end + 1;
    }
  }

 private:
  // Whether the line begins as ID=; the padding of an encoded text is no value.
  static bool IsEntry(std::string_view line) {
    const size_t equals = line.find('=');
    return equals != line.npos && equals > 0 && line.find_first_not_of("=", equals) != line.npos &&
           line.find_first_of(" \t/+:") >= equals;
  }

  static std::string_view IdOf(const Value& line) {
    return line.text().substr(0, line.text().find('='));
  }

  // ID=${{ secrets.NAME }}, of a secret that has several lines by its name.
  bool Entry(const Value& line) const {
    const std::string_view id = IdOf(line);
    const Value value = line.Slice(static_cast<uint32_t>(id.size()) + 1).Trimmed();
    const Hole* secret = value.OnlyHole();
    if (secret == nullptr || secret->origin != HoleOrigin::kCiSecret) return false;
    const std::string_view name =
        std::string_view(secret->name).substr(secret->name.rfind('.') + 1);
    if (!IsFileOfLines(id) && !IsFileOfLines(name)) return false;
    Finding finding = At(line);
    finding.message = fmt::format(
        "`secrets:` takes one secret a line. If {} has several, as its name says, build secret {} "
        "is its first line alone; the others are taken for entries of their own, and what is none "
        "is printed in a warning.",
        secret->name, id);
    finding.help =
        "put the entry in double quotes (and double those in the secret), or name a variable under "
        "`secret-envs:`";
    const Span span = finding.where.span;
    finding.fixes.push_back({"Put the entry in double quotes",
                             false,
                             {{{finding.where.source, {span.begin, span.begin}}, "\""},
                              {{finding.where.source, {span.end, span.end}}, "\""}}});
    report_(std::move(finding));
    return true;
  }

  // The lines below the entry are the rest of its text.
  void GoesOn(const Value& line) const {
    Finding finding = At(line);
    finding.message = fmt::format(
        "`secrets:` takes one secret a line: build secret {} is this line alone. The lines below "
        "are taken for entries of their own, which they are not, and are printed in a warning.",
        IdOf(line));
    finding.help =
        "put the entry, up to its last line, in double quotes, or name a variable under "
        "`secret-envs:`";
    report_(std::move(finding));
  }

  Finding At(const Value& line) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), line.ToSource()};
    finding.anchor = fmt::format("secrets/{}", IdOf(line));
    return finding;
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
};

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  for (const CiJob& job : document.facts().ci_jobs) {
    for (const CiStep& step : job.steps) {
      if (step.build) Entries(rule, document, report).Run(step.Input("secrets"));
    }
  }
}

}  // namespace

extern const Rule kMultilineBuildSecret = {
    .code = "OAK602",
    .name = "multiline-build-secret",
    .severity = Severity::kWarning,
    .summary = "A secret of several lines is handed to a build without quotes.",
    .check_document = Check,
};

}  // namespace oakum
