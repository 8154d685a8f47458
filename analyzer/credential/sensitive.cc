// Where a text may hold a secret, judged by the text alone: generous, because what is masked for
// nothing costs a reader a word and what is missed is a leak.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/generated_word.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/redact.h"
#include "analyzer/credential/reference_literals.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr size_t kLongestShown = 512;

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}
bool IsSpace(char c) {
  return IsBlank(c) || c == '\r' || c == '\n';
}
bool IsQuote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

// What reads as a reference, a type or a switch of some language rather than as a secret's text.
bool MayBeShown(std::string_view value) {
  if (value.empty() || std::string_view("$!|>*&{<").find(value.front()) != npos) return true;
  if (value.starts_with("[{")) return true;  // objects, which say what is a secret themselves
  if (value.size() > kLongestShown) return false;
  if (IsPlaceholder(value)) return true;
  static const RE2 kCode(
      R"((?:os|self|this|args|config|settings|process|env|cfg|options)\.[A-Za-z_.]+.*|)"
      R"([A-Za-z_][A-Za-z0-9_.]*[(\[].*|[0-9]{1,3}|(?i:true|false|yes|no|null|none|nil|str|string|)"
      R"(bytes|int|bool|optional|any|id=.*|type=.*)|)"
      // Where a secret manager has it.
      R"(arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:[0-9]*:[A-Za-z0-9/_+=.@:-]+|)"
      R"(projects/[a-z0-9-]+/secrets/[A-Za-z0-9_-]+(?:/versions/[a-z0-9]+)?)");
  return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), kCode);
}

// Also names that end in such a word without saying where it begins: MYPASS, dbpw.
bool NamesSecretLoosely(std::string_view key) {
  if (HintOf(key) == NameHint::kSecret) return true;
  static const RE2 kNone(
      R"((?i).*(?:by|com|tres|sur|tras)pass|.*(?:model|eos|bos|pad|max|stop)_?tokens?|(?:old)?pwd)");
  static const RE2 kEnd(
      R"((?i).*(?:pass|passwd|pwd|secret|token|apikey|creds?)(?:[_-][a-z0-9])?[0-9]*)");
  const re2::StringPiece piece(key.data(), key.size());
  return RE2::FullMatch(piece, kEnd) && !RE2::FullMatch(piece, kNone) &&
         HintOf(key) == NameHint::kNone;
}

// "${X:-y}", "$(echo x)", "{decrypt(x)}"; no JSON.
bool IsCode(std::string_view value) {
  if (value.empty() || value.size() > kLongestShown) return false;
  return value[0] == '$' || value[0] == '`' ||
         (value[0] == '{' && value.size() > 1 && IsAlpha(value[1]));
}

class Collector {
 public:
  explicit Collector(std::string_view text) : text_(text) {}

  std::vector<Span> Collect() {
    AddUris();
    for (const TokenMatch& token : FindTokens(text_)) ranges_.push_back(token.range);
    AddKeyValues();
    AddArguments();
    AddNetrcPasswords();
    AddPrivateKeys();
    AddPrintedWords();
    AddExpressions();
    for (Span word : GeneratedWords(text_)) ranges_.push_back(word);
    return Merged();
  }

 private:
  void Add(size_t begin, size_t end) {
    if (begin < end) ranges_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  void AddUris() {
    for (const Uri& uri : FindUris(Value(MappedText::Verbatim(text_, 0)))) {
      if (!uri.password.empty()) AddValue(uri.password.ToSource());
      for (const UriCredential& credential : CredentialsIn(uri)) {
        ranges_.push_back(credential.secret.ToSource());
      }
    }
  }

  // The value that begins at `begin`: in quotes, or up to a blank. Its quotes are left out.
  Span ValueAt(size_t begin) const {
    size_t end = begin;
    if (begin + 1 < text_.size() && text_[begin] == '\\' && IsQuote(text_[begin + 1])) {
      // A quoted text inside a quoted text.
      const std::string_view close = text_.substr(begin, 2);
      begin += 2;
      const size_t line_end = std::min(text_.find('\n', begin), text_.size());
      end = std::min(text_.substr(0, line_end).find(close, begin), line_end);
    } else if (begin < text_.size() && IsQuote(text_[begin])) {
      const char quote = text_[begin++];
      for (end = begin; end < text_.size() && text_[end] != quote && text_[end] != '\n'; ++end) {
        if (text_[end] == '\\' && end + 1 < text_.size()) ++end;
      }
      end = std::min(end, text_.size());
    } else {
      while (end < text_.size() && !IsSpace(text_[end]) && !IsQuote(text_[end]) &&
             text_[end] != '&') {
        ++end;
      }
      while (end > begin && std::string_view(",;)}]\\").find(text_[end - 1]) != npos) --end;
    }
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }

  // Takes the value at `begin`. Returns where to search on: not in what is masked already, nor
  // again in a long value.
  size_t AddValueAt(size_t begin) {
    // "docker login -p " + token: the quote ends a text, and the value is what is added to it.
    constexpr std::string_view kAdds = " + ";
    if (begin < text_.size() && IsQuote(text_[begin]) &&
        text_.substr(begin + 1).starts_with(kAdds)) {
      begin += 1 + kAdds.size();
    }
    return AddValue(ValueAt(begin));
  }

  size_t AddValue(Span value) {
    const bool shown = MayBeShown(text_.substr(value.begin, value.size()));
    if (!shown) {
      ranges_.push_back(value);
    } else if (IsCode(text_.substr(value.begin, value.size()))) {
      AddLiteralsIn(value);
    }
    return shown && value.size() <= kLongestShown ? 0 : value.end;
  }

  // Of a reference in the place of a secret.
  void AddLiteralsIn(Span reference) {
    for (Span literal : LiteralsInReference(text_.substr(reference.begin, reference.size()))) {
      Add(reference.begin + literal.begin, reference.begin + literal.end);
    }
  }

  // The lines of a YAML block scalar whose header ("|", ">-") is at `header`.
  size_t AddBlock(size_t header) {
    const size_t line = text_.rfind('\n', header) + 1;
    const size_t indent = text_.find_first_not_of(" -", line) - line;
    for (size_t begin = text_.find('\n', header); begin != npos;) {
      const size_t first = text_.find_first_not_of(' ', ++begin);
      const size_t end = std::min(text_.find('\n', begin), text_.size());
      if (first == npos || (first < end && first - begin <= indent)) return begin;
      AddBlockLine(first, std::max(first, end));
      begin = end < text_.size() ? end : npos;
    }
    return text_.size();
  }

  // What a line hands on under a name ("npm=${{ secrets.NPM_TOKEN }}") is no secret.
  void AddBlockLine(size_t begin, size_t end) {
    static const RE2 kReference(R"([A-Za-z0-9_.\-]+=(\$\{\{[^{}]*\}\})[ \t\r]*)");
    re2::StringPiece reference;
    if (!RE2::FullMatch({text_.data() + begin, end - begin}, kReference, &reference)) {
      return Add(begin, end);
    }
    const auto at = static_cast<uint32_t>(Offset(reference));
    AddLiteralsIn({at, at + static_cast<uint32_t>(reference.size())});
  }

  // password: x, TOKEN='x', "api_key": "x", --client-secret=x, Authorization: Bearer x
  void AddKeyValues() {
    static const RE2 kKey(
        R"((?i)([a-z0-9_.\-]*(?:pass|pwd|pw|secret|token|key|auth|cred|pat)[a-z0-9_\-]*))"
        R"((?:\\?["'])?\]?[ \t]*(?::=|=>|[:=])[ \t]*((?:\\?["'])?)"
        R"((?:(?:bearer|basic|token|digest|apikey)[ \t]+))?)");
    ForEach(kKey, [this](const re2::StringPiece* groups) -> size_t {
      const std::string_view key(groups[1].data(), groups[1].size());
      const size_t begin = Offset(groups[0]) + groups[0].size();
      // The user of a URI is no key.
      const size_t key_begin = Offset(groups[1]);
      if (key_begin >= 3 && text_.substr(key_begin - 3, 3) == "://") return 0;
      // Nor is the type of an ARN: `...:123456789012:secret:name`.
      if (key_begin >= 2 && text_[key_begin - 1] == ':' && IsDigit(text_[key_begin - 2])) return 0;
      if (!EndsWith(key, "authorization") && !NamesSecretLoosely(key)) return 0;
      const bool has_scheme = !groups[2].empty();
      const std::string_view header = text_.substr(begin, 4);
      const bool block = header.starts_with('|') || header.starts_with('>');
      if (!has_scheme && block && header.find('\n') != npos) return AddBlock(begin);
      return AddValueAt(begin);
    });
  }

  // --password x, docker login -p x, curl -u user:x
  void AddArguments() {
    // With words one of which stands wherever the pattern matches: most texts need few patterns.
    struct Flag {
      std::initializer_list<std::string_view> words;
      LazyRE2 pattern;
    };
    static const Flag kFlags[] = {
        {{"-"},
         {R"((?i)(?:^|[\s"'])--?[a-z\-]*(?:password|passwd|passphrase|pass|token|secret|api-key|)"
          R"(access-key|bearer)(?:[ \t]+|["'],[ \t]*))"}},
        {{"login", "sshpass", "useradd", "usermod"},
         {R"((?:login|sshpass|useradd|usermod)\b[^\n|;&]*?[ \t]-p[ \t]*)"}},
        {{"mysql", "mariadb", "mongo", "7z", "rar"},
         {R"((?:mysql[a-z]*|mariadb[a-z-]*|mongo[a-z]*|7z[a-z]*|rar|unrar)\b[^\n|;&]*?[ \t]-p)"}},
        {{"zip", "sqlcmd"}, {R"((?:\bzip|unzip|sqlcmd)\b[^\n|;&]*?[ \t]-P[ \t]*)"}},
        {{"redis-cli", "ldap"}, {R"((?:redis-cli|ldap[a-z]+)\b[^\n|;&]*?[ \t]-[aw][ \t]+)"}},
        {{"openssl"}, {R"(openssl\b[^\n|;&]*?[ \t]-(?:k|K|pass(?:in|out)?)[ \t]+(?:pass:)?)"}},
        {{"mc"}, {R"(\bmc[ \t]+(?:alias|config)[ \t]+[^\n|;&]*?https?://\S+[ \t]+\S+[ \t]+)"}},
        // user:x, file:x, name=x
        {{"-u"}, {R"((?:^|[\s"'])(?:-u|--user|--proxy-user)(?:=|[ \t]*)["']?[^\s:"'/]+:)"}},
        {{"-E", "-cert"}, {R"((?:^|[\s"'])(?:-E|--cert|--proxy-cert)(?:=|[ \t]*)["']?[^\s:"']+:)"}},
        {{"-b", "--cookie"}, {R"((?:^|[\s"'])(?:-b|--cookie)(?:=|[ \t]*)["']?[^\s=:"'/]+=)"}},
        {{"ookie:", "OOKIE:"}, {R"((?i)\bcookie:[ \t]*[^\s=:"'/]+=)"}},
        // A call that turns its argument into a secret.
        {{"decrypt(", "unseal(", "reveal(", "b64decode("},
         {R"((?:decrypt|unseal|reveal|b64decode)\((?:[a-z_]+[ \t]*=[ \t]*)?)"}},
    };
    for (const Flag& flag : kFlags) {
      const bool may = std::any_of(flag.words.begin(), flag.words.end(),
                                   [this](auto word) { return text_.find(word) != npos; });
      if (!may) continue;
      ForEach(*flag.pattern, [this](const re2::StringPiece* groups) {
        return AddValueAt(Offset(groups[0]) + groups[0].size());
      });
    }
  }

  // echo x | base64, echo 'user:x' | chpasswd
  void AddPrintedWords() {
    static const RE2 kEcho(
        R"(\b(?:echo|printf)(?:[ \t]+-[neE]+)*[ \t]+(?:["']?%s(?:\\n)?["']?[ \t]+)?)");
    ForEach(kEcho, [this](const re2::StringPiece* groups) -> size_t {
      Span value = ValueAt(Offset(groups[0]) + groups[0].size());
      value.end = static_cast<uint32_t>(
          std::min<size_t>(value.end, text_.find_first_of("|;)", value.begin)));
      const std::string_view word = text_.substr(value.begin, value.size());
      size_t next = value.end;
      while (next < text_.size() && (IsQuote(text_[next]) || IsBlank(text_[next]))) ++next;
      const bool handed_on = next < text_.size() && (text_[next] == '|' || text_[next] == ')');
      if (!handed_on || word.size() < 6 || word.find_first_of(" \t/$") != npos) return 0;
      const size_t colon = text_.substr(next).starts_with("| chpasswd") ? word.find(':') : npos;
      if (colon != npos) value.begin += static_cast<uint32_t>(colon + 1);
      return AddValue(value);
    });
  }

  // ${{ secrets.A || 'x' }}, {{ .Values.password | default "x" }}
  void AddExpressions() {
    static const RE2 kExpression(R"(\$?\{\{[^\n]*?\}\}|\$\{[A-Za-z0-9_]+:?[-=][^\n}]*\})");
    static const RE2 kSecretWord(R"((?i)secret|token|pass|pwd|pw\b|cred|auth|key)");
    ForEach(kExpression, [this](const re2::StringPiece* groups) -> size_t {
      if (RE2::PartialMatch(groups[0], kSecretWord)) {
        const auto begin = static_cast<uint32_t>(Offset(groups[0]));
        AddLiteralsIn({begin, begin + static_cast<uint32_t>(groups[0].size())});
      }
      return 0;
    });
  }

  // password x, after "machine" or "default"; breaks may be written as \n.
  void AddNetrcPasswords() {
    static constexpr size_t kReach = 400;
    if (text_.find("machine") == npos && text_.find("default") == npos) return;
    static const RE2 kPassword(R"((?:password|account)(?:[ \t\r\n]|\\n)+)");
    ForEach(kPassword, [this](const re2::StringPiece* groups) -> size_t {
      const size_t at = Offset(groups[0]);
      const std::string_view before =
          text_.substr(at - std::min<size_t>(at, kReach), std::min<size_t>(at, kReach));
      if (before.find("machine") == npos && before.find("default") == npos) return 0;
      Span value = ValueAt(at + groups[0].size());
      // printf 'machine h login u password x\n'
      const size_t escape = text_.substr(0, value.end).find("\\n", value.begin);
      if (escape != npos) value.end = static_cast<uint32_t>(escape);
      return AddValue(value);
    });
    // The value of a misspelt keyword, after the login; `docker login -u x` is another login.
    static const RE2 kMisspelt(
        R"(\blogin(?:[ \t\r\n]|\\n)+[^\s\\-][^\s\\]*(?:[ \t\r\n]|\\n)+([A-Za-z_]+)[:=]?(?:[ \t\r\n]|\\n)+)");
    ForEach(kMisspelt, [this](const re2::StringPiece* groups) -> size_t {
      const std::string_view keyword(groups[1].data(), groups[1].size());
      const size_t at = Offset(groups[0]);
      const std::string_view before = text_.substr(at - std::min(at, kReach), std::min(at, kReach));
      const bool known = keyword == "machine" || keyword == "default" || keyword == "macdef";
      if (known || before.find("machine") == npos) return 0;
      Span value = ValueAt(at + groups[0].size());
      const size_t escape = text_.substr(0, value.end).find("\\n", value.begin);
      if (escape != npos) value.end = static_cast<uint32_t>(escape);
      return AddValue(value);
    });
  }

  void AddPrivateKeys() {
    static const RE2 kBegin(R"(-----BEGIN [A-Z ]*PRIVATE KEY-----)");
    ForEach(kBegin, [this](const re2::StringPiece* groups) {
      const size_t begin = Offset(groups[0]);
      const size_t footer = text_.find("-----END", begin);
      const size_t last = footer == npos ? npos : text_.find("-----", footer + 8);
      const size_t end = last == npos ? text_.size() : last + 5;
      Add(begin, end);
      return end;
    });
  }

  static bool EndsWith(std::string_view text, std::string_view lower_end) {
    return text.size() >= lower_end.size() &&
           std::equal(lower_end.rbegin(), lower_end.rend(), text.rbegin(),
                      [](char a, char b) { return a == ToLower(b); });
  }

  size_t Offset(const re2::StringPiece& piece) const {
    return static_cast<size_t>(piece.data() - text_.data());
  }

  // Calls `function` with the groups of each match; it returns where to search on, at the earliest.
  template <typename Function>
  void ForEach(const RE2& pattern, Function function) {
    const re2::StringPiece all(text_.data(), text_.size());
    re2::StringPiece groups[3];
    for (size_t from = 0; from <= text_.size();) {
      if (!pattern.Match(all, from, text_.size(), RE2::UNANCHORED, groups,
                         pattern.NumberOfCapturingGroups() + 1)) {
        return;
      }
      const size_t resume = function(groups);
      from = std::max({resume, Offset(groups[0]) + groups[0].size(), from + 1});
    }
  }

  std::vector<Span> Merged() {
    std::sort(ranges_.begin(), ranges_.end());
    std::vector<Span> merged;
    for (Span range : ranges_) {
      if (!merged.empty() && range.begin <= merged.back().end) {
        merged.back().end = std::max(merged.back().end, range.end);
      } else {
        merged.push_back(range);
      }
    }
    return merged;
  }

  const std::string_view text_;
  std::vector<Span> ranges_;
};

}  // namespace

std::vector<Span> SensitiveRanges(std::string_view text) {
  return Collector(text).Collect();
}

}  // namespace oakum
