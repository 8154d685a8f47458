#include "analyzer/model/netrc_verdict.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/base/edit_distance.h"
#include "analyzer/syntax/netrc_reader.h"

namespace oakum {

namespace {

struct Spelling {
  std::string_view written;
  std::string_view keyword;
};

// Words that other formats have for the same thing.
constexpr auto kSynonyms = std::to_array<Spelling>({
    {"username", "login"},
    {"usr", "login"},
    {"email", "login"},
    {"passwd", "password"},
    {"pass", "password"},
    {"pwd", "password"},
    {"token", "password"},
    {"host", "machine"},
    {"hostname", "machine"},
    {"server", "machine"},
});

constexpr auto kKeywords = std::to_array<std::string_view>(
    {"machine", "default", "login", "password", "account", "macdef", "user"});

bool IsKeyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

// The keyword that `word` is meant to be; empty if it is like none.
std::string_view MeantKeyword(std::string_view word) {
  constexpr size_t kLongest = 12;
  if (word.size() > kLongest) return "";
  std::string lower = ToLower(word);
  while (lower.ends_with(':') || lower.ends_with('=')) lower.pop_back();
  for (const Spelling& spelling : kSynonyms) {
    if (lower == spelling.written) return spelling.keyword;
  }
  for (std::string_view keyword : kKeywords) {
    const size_t allowed = keyword.size() > 5 ? 2 : 1;
    if (keyword != "user" && EditDistance(lower, keyword) <= allowed) return keyword;
  }
  return "";
}

class Judge {
 public:
  explicit Judge(const NetrcContent& content) : content_(content), netrc_(content.netrc) {}

  std::optional<NetrcVerdict> Run() const {
    if (content_.has_statements || ContinuesEntry()) return std::nullopt;
    const NetrcReading modern = ReadNetrcAs(NetrcReader::kPython311, content_.text);
    if (const auto first = AfterMark()) return Make(NetrcProblem::kByteOrderMark, *first);
    if (modern.rejected) return Rejected(*modern.rejected);
    if (modern.uncertain) return std::nullopt;
    if (const auto live = LiveComment(modern)) return Make(NetrcProblem::kLiveComment, *live);
    const NetrcReading curl = ReadNetrcAs(NetrcReader::kCurl, content_.text);
    if (curl.rejected) return Make(NetrcProblem::kOpenQuote, *curl.rejected->span, true);
    return OldPython();
  }

 private:
  static NetrcVerdict Make(NetrcProblem problem, Span where, bool may_be_secret = false) {
    NetrcVerdict verdict;
    verdict.problem = problem;
    verdict.where = where;
    verdict.may_be_secret = may_be_secret;
    return verdict;
  }

  // Fields at the beginning belong to an entry that stands elsewhere.
  bool ContinuesEntry() const {
    if (!content_.continues || netrc_.unknown.empty()) return false;
    const Span first = netrc_.unknown[0].span;
    return IsKeyword(netrc_.unknown[0].value.text()) &&
           (netrc_.entries.empty() || first.begin < netrc_.entries[0].span.begin);
  }

  // The first keyword of a file that begins with a byte-order mark, which Source::body() leaves
  // out.
  std::optional<Span> AfterMark() const {
    const bool marked =
        content_.origin == NetrcOrigin::kFile && content_.text.ToSource().begin != 0;
    if (!marked || netrc_.entries.empty()) return std::nullopt;
    return netrc_.entries[0].keyword;
  }

  bool InComment(Span span) const {
    return std::any_of(netrc_.comments.begin(), netrc_.comments.end(),
                       [span](const Value& comment) { return comment.ToSource().Contains(span); });
  }

  // Whether `<` and `>` around several words make them one placeholder.
  bool InPlaceholder(Span span) const {
    const std::string_view text = content_.text.text();
    for (size_t open = text.find('<'); open != text.npos; open = text.find('<', open + 1)) {
      const size_t close = text.find_first_of(">\r\n", open);
      if (close == text.npos || text[close] != '>') continue;
      const Span range{static_cast<uint32_t>(open), static_cast<uint32_t>(close + 1)};
      if (content_.text.ToSource(range).Contains(span)) return true;
    }
    return false;
  }

  std::optional<NetrcVerdict> Rejected(const Error& error) const {
    const Span where = error.span.value_or(Span{});
    for (const NetrcMacro& macro : netrc_.macros) {
      if (!macro.terminated && where.begin >= macro.name.span.end) {
        return Make(NetrcProblem::kOpenMacro, macro.name.span);
      }
    }
    if (InPlaceholder(where)) return std::nullopt;
    if (InComment(where)) {
      const bool old = ReadNetrcAs(NetrcReader::kPython310, content_.text).rejected.has_value();
      return Make(old ? NetrcProblem::kOldComment : NetrcProblem::kComment, where);
    }
    NetrcVerdict verdict = Make(NetrcProblem::kStrayWord, where, true);
    const std::string_view word = WordAt(where);
    if (const std::string_view meant = MeantKeyword(word); !meant.empty()) {
      verdict.problem = NetrcProblem::kMisspelt;
      verdict.written = word;
      verdict.keyword = meant;
      verdict.may_be_secret = false;
    } else if (const std::string_view keyword = KeywordWithoutValue(where); !keyword.empty()) {
      verdict.problem = NetrcProblem::kMissingValue;
      verdict.keyword = keyword;
    }
    return verdict;
  }

  // The word at this place if it has no holes, else empty. `Login`, which ParseNetrc() knows, is
  // none to Python.
  std::string_view WordAt(Span where) const {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::string_view text = content_.text.text();
    for (size_t at = text.find_first_not_of(kBlanks); at != text.npos;) {
      const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
      const Span range{static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
      if (content_.text.ToSource(range) == where) {
        return content_.text.Slice(range).is_literal() ? text.substr(at, end - at) : "";
      }
      at = text.find_first_not_of(kBlanks, end);
    }
    return "";
  }

  // The keyword whose value, before `where`, is a keyword itself.
  std::string_view KeywordWithoutValue(Span where) const {
    std::string_view found;
    for (const NetrcEntry& entry : netrc_.entries) {
      auto look = [&](std::string_view keyword, const std::optional<NetrcToken>& token) {
        if (token && token->span.begin < where.begin && IsKeyword(token->value.text())) {
          found = keyword;
        }
      };
      look("machine", entry.machine);
      look("login", entry.login);
      look("password", entry.password);
      look("account", entry.account);
    }
    return found;
  }

  std::optional<Span> LiveComment(const NetrcReading& reading) const {
    for (const NetrcLogin& entry : reading.entries) {
      for (const std::optional<Value>& value :
           {std::optional<Value>(entry.machine), entry.login, entry.password, entry.account}) {
        if (value && !value->empty() && InComment(value->ToSource())) return value->ToSource();
      }
    }
    return std::nullopt;
  }

  // An entry without a password is rejected there too, and is nothing that an author would mend for
  // a version that is no longer maintained.
  std::optional<NetrcVerdict> OldPython() const {
    const NetrcReading old = ReadNetrcAs(NetrcReader::kPython310, content_.text);
    if (!old.rejected || !old.rejected->span || old.rejected->span->empty()) return std::nullopt;
    return Make(NetrcProblem::kOldPython, *old.rejected->span, true);
  }

  const NetrcContent& content_;
  const NetrcText& netrc_;
};

}  // namespace

std::optional<NetrcVerdict> JudgeNetrc(const NetrcContent& content) {
  return Judge(content).Run();
}

}  // namespace oakum
