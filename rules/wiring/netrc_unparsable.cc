// OAK502: netrc text that its readers reject, or read otherwise than it looks.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/netrc_verdict.h"
#include "rules/wiring/netrc_entry.h"

namespace oakum {

namespace {

constexpr std::string_view kConsequence =
    " requests, and so Ray's downloads and pip, then uses none of its logins and says nothing: "
    "private hosts answer \"not found\".";

struct Words {
  std::string message;
  std::string label;
  std::string help;
};

Words Describe(const NetrcVerdict& verdict, const std::string& noun) {
  switch (verdict.problem) {
    case NetrcProblem::kMisspelt:
      return {fmt::format("Python and uv reject {} whole: `{}` is no keyword of netrc.{}", noun,
                          verdict.written, kConsequence),
              "no keyword", fmt::format("write `{}`", verdict.keyword)};
    case NetrcProblem::kMissingValue:
      return {fmt::format("Python and uv reject {} whole: `{}` has no value, so the keyword after "
                          "it is taken for one.{}",
                          noun, verdict.keyword, kConsequence),
              "left over", fmt::format("give `{}` its value", verdict.keyword)};
    case NetrcProblem::kStrayWord:
      return {fmt::format("Python and uv reject {} whole: a word stands where a keyword belongs.{}",
                          noun, kConsequence),
              "no keyword",
              "remove the word; a value with a blank in it must stand in double quotes"};
    case NetrcProblem::kComment:
      return {fmt::format("Python from 3.11 on and uv reject {} whole: they do not skip a comment "
                          "that follows an empty line, and its words are no keywords.{}",
                          noun, kConsequence),
              "read, though it is in a comment",
              "remove the empty line above the comment, or the comment"};
    case NetrcProblem::kOldComment:
      return {fmt::format("Python and uv reject {} whole: they skip no comment here, and its words "
                          "are no keywords.{}",
                          noun, kConsequence),
              "read, though it is in a comment",
              "write a blank after the `#` and no empty line above it, or remove the comment"};
    case NetrcProblem::kLiveComment:
      return {
          "A login that is commented out is in use: Python from 3.11 on and uv do not skip a "
          "comment that follows an empty line. requests, and so Ray's downloads and pip, reads "
          "the words after the `#` as an entry.",
          "live", "remove the line"};
    case NetrcProblem::kOpenMacro:
      return {fmt::format("No empty line ends this macdef: Python from 3.11 on rejects {} whole, "
                          "and every other reader takes what follows for the macro.{}",
                          noun, kConsequence),
              "never ends", "end the macro with an empty line, or remove it"};
    case NetrcProblem::kByteOrderMark:
      return {fmt::format("Python and uv reject {} whole: it begins with a byte-order mark, which "
                          "becomes part of the first word.{}",
                          noun, kConsequence),
              "follows a byte-order mark", "save the file as UTF-8 without a byte-order mark"};
    case NetrcProblem::kOpenQuote:
      return {fmt::format("curl rejects {} whole: a quote is not closed on its line. curl and git "
                          "then send no login, and other readers take the rest of the file for "
                          "the value.",
                          noun),
              "not closed", "close the quote, or write a backslash in front of it"};
    case NetrcProblem::kOldPython:
      return {fmt::format("Python up to 3.10 rejects {} whole: it knows neither quotes nor letters "
                          "outside ASCII.{}",
                          noun, kConsequence),
              "no keyword to Python 3.10",
              "use a value without blanks and quotes, or Python 3.11 and later only"};
  }
  return {};
}

Finding MakeFinding(const Rule& rule, const Document& document, const NetrcContent& content,
                    const NetrcVerdict& verdict) {
  Words words = Describe(verdict, NetrcNoun(content));
  Finding finding;
  finding.rule = &rule;
  finding.severity =
      verdict.problem == NetrcProblem::kOldPython ? Severity::kWarning : Severity::kError;
  finding.where = {&document.source(), verdict.where};
  finding.message = std::move(words.message);
  finding.label = std::move(words.label);
  finding.help = std::move(words.help);
  if (verdict.problem == NetrcProblem::kMisspelt) {
    finding.fixes.push_back(
        {fmt::format("Write {}", verdict.keyword), false, {{finding.where, verdict.keyword}}});
  }
  // The word that no reader knows may be a piece of a password.
  if (verdict.may_be_secret) finding.secrets.push_back(finding.where);
  // Nor can anybody say of the words that follow it which of them is the password.
  for (const NetrcToken& word : content.netrc.unknown) {
    const bool keyword = !verdict.may_be_secret && word.span == verdict.where;
    if (!keyword && word.value.is_literal())
      finding.secrets.push_back({&document.source(), word.span});
  }
  for (const NetrcEntry& entry : content.netrc.entries) {
    if (entry.password) {
      finding.secrets.push_back({&document.source(), entry.password->value.ToSource()});
    }
  }
  finding.anchor = fmt::format("netrc {}", content.path);
  return finding;
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  for (const NetrcContent& content : document.facts().netrcs) {
    const std::optional<NetrcVerdict> verdict = JudgeNetrc(content);
    if (verdict) report(MakeFinding(rule, document, content, *verdict));
  }
}

}  // namespace

extern const Rule kNetrcUnparsable = {
    .code = "OAK502",
    .name = "netrc-unparsable",
    .severity = Severity::kError,
    .summary = "A netrc is rejected by its readers, or read otherwise than it looks.",
    .check_document = Check,
};

}  // namespace oakum
