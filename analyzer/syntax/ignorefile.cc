#include "analyzer/syntax/ignorefile.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

struct Token {
  enum class Kind {
    kRune,
    kNotSlash,   // ?
    kStar,       // *
    kAnything,   // ** at the end
    kEnterDirs,  // **/ elsewhere: nothing, or whole folders
    kInDirs,     // ... inside of those
    kClass,      // [a-z]
  } kind = Kind::kRune;
  char32_t rune = 0;
  bool negated = false;
  std::vector<std::pair<char32_t, char32_t>> ranges;
};

std::vector<char32_t> Runes(std::string_view text) {
  std::vector<char32_t> runes;
  uint32_t at = 0;
  for (Rune rune = DecodeRune(text, at); rune.size > 0; rune = DecodeRune(text, at)) {
    runes.push_back(rune.value);
    at += rune.size;
  }
  return runes;
}

// Reads patterns as Go's path matcher does; no tokens for a malformed one.
class Compiler {
 public:
  explicit Compiler(std::string_view pattern) : runes_(Runes(pattern)) {}

  std::optional<std::vector<Token>> Run() && {
    while (at_ < runes_.size()) {
      const char32_t c = runes_[at_++];
      if (c == '*' && Take('*')) {
        Take('/');
        if (at_ == runes_.size()) {
          Push(Token::Kind::kAnything);
        } else {
          Push(Token::Kind::kEnterDirs);
          Push(Token::Kind::kInDirs);
        }
      } else if (c == '*') {
        Push(Token::Kind::kStar);
      } else if (c == '?') {
        Push(Token::Kind::kNotSlash);
      } else if (c == '[') {
        if (!ReadClass()) return std::nullopt;
      } else if (c == '\\') {
        if (at_ == runes_.size()) return std::nullopt;
        tokens_.push_back({Token::Kind::kRune, runes_[at_++], false, {}});
      } else {
        tokens_.push_back({Token::Kind::kRune, c, false, {}});
      }
    }
    return std::move(tokens_);
  }

 private:
  void Push(Token::Kind kind) { tokens_.push_back({kind, 0, false, {}}); }
  bool Take(char32_t c) {
    if (at_ >= runes_.size() || runes_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool ReadClass() {
    Token token;
    token.kind = Token::Kind::kClass;
    token.negated = Take('^');
    for (;;) {
      if (!token.ranges.empty() && Take(']')) break;
      const std::optional<char32_t> low = ReadClassRune();
      if (!low) return false;
      std::optional<char32_t> high = low;
      if (Take('-')) high = ReadClassRune();
      if (!high) return false;
      token.ranges.push_back({*low, *high});
    }
    tokens_.push_back(std::move(token));
    return true;
  }

  std::optional<char32_t> ReadClassRune() {
    if (at_ >= runes_.size() || runes_[at_] == '-' || runes_[at_] == ']') return std::nullopt;
    if (Take('\\') && at_ >= runes_.size()) return std::nullopt;
    return runes_[at_++];
  }

  const std::vector<char32_t> runes_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

bool InClass(const Token& token, char32_t rune) {
  const bool listed = std::any_of(token.ranges.begin(), token.ranges.end(), [rune](const auto& r) {
    return r.first <= rune && rune <= r.second;
  });
  return listed != token.negated;
}

bool Matches(const std::vector<Token>& tokens, std::string_view path) {
  using Kind = Token::Kind;
  std::vector<bool> states(tokens.size() + 1);
  auto close = [&tokens](std::vector<bool>& set) {
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!set[i]) continue;
      const Kind kind = tokens[i].kind;
      if (kind == Kind::kStar || kind == Kind::kAnything) set[i + 1] = true;
      if (kind == Kind::kEnterDirs) set[i + 1] = set[i + 2] = true;
    }
  };
  states[0] = true;
  close(states);
  for (const char32_t rune : Runes(path)) {
    std::vector<bool> next(tokens.size() + 1);
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!states[i]) continue;
      switch (tokens[i].kind) {
        case Kind::kRune:
          next[i + 1] = next[i + 1] || tokens[i].rune == rune;
          break;
        case Kind::kNotSlash:
          next[i + 1] = next[i + 1] || rune != '/';
          break;
        case Kind::kStar:
          next[i] = next[i] || rune != '/';
          break;
        case Kind::kAnything:
          next[i] = true;
          break;
        case Kind::kEnterDirs:
          break;
        case Kind::kInDirs:
          next[i] = true;
          next[i + 1] = next[i + 1] || rune == '/';
          break;
        case Kind::kClass:
          next[i + 1] = next[i + 1] || InClass(tokens[i], rune);
          break;
      }
    }
    close(next);
    states = std::move(next);
  }
  return states[tokens.size()];
}

bool IsPlain(std::string_view pattern) {
  return pattern.find_first_of("*?[]\\") == std::string_view::npos;
}

}  // namespace

bool MatchesIgnorePattern(std::string_view pattern, std::string_view path) {
  if (IsPlain(pattern)) return path == pattern;
  // A `**` at either end of plain text compares text, not folders: `**foo` leaves out "barfoo".
  if (pattern.starts_with("**") && IsPlain(pattern.substr(2))) {
    const std::string_view suffix = pattern.substr(2);
    return path.ends_with(suffix) || (suffix.starts_with('/') && path == suffix.substr(1));
  }
  if (pattern.ends_with("**") && IsPlain(pattern.substr(0, pattern.size() - 2))) {
    return path.starts_with(pattern.substr(0, pattern.size() - 2));
  }
  const std::optional<std::vector<Token>> tokens = Compiler(pattern).Run();
  return tokens && Matches(*tokens, path);
}

IgnoreFile IgnoreFile::Parse(const MappedText& text) {
  IgnoreFile file;
  const std::string_view all = text.text();
  for (uint32_t at = all.starts_with("\xef\xbb\xbf") ? 3 : 0; at < all.size();) {
    const size_t feed = all.find('\n', at);
    const uint32_t end = static_cast<uint32_t>(feed == all.npos ? all.size() : feed);
    const MappedText line = TrimGoSpace(text.Slice({at, end}));
    const bool comment = all[at] == '#';
    at = end + 1;
    if (comment || line.empty()) continue;
    Pattern pattern{{}, line.text()[0] == '!', line.ToSource()};
    const MappedText rest = pattern.include ? TrimGoSpace(line.Slice(1)) : line;
    if (rest.empty()) {
      file.errors_.push_back({"an exclamation mark stands alone", pattern.span});
      continue;
    }
    pattern.text = CleanPath(rest.text());
    if (pattern.text.size() > 1 && pattern.text[0] == '/') pattern.text.erase(0, 1);
    if (!Compiler(pattern.text).Run()) {
      file.errors_.push_back({"a pattern is malformed", pattern.span});
      continue;
    }
    file.patterns_.push_back(std::move(pattern));
  }
  return file;
}

const IgnoreFile::Pattern* IgnoreFile::Deciding(std::string_view path) const {
  const Pattern* deciding = nullptr;
  for (const Pattern& pattern : patterns_) {
    const bool excluded = deciding && !deciding->include;
    if (pattern.include != excluded) continue;
    bool matches = MatchesIgnorePattern(pattern.text, path);
    for (size_t slash = path.find('/'); !matches && slash != path.npos;
         slash = path.find('/', slash + 1)) {
      matches = MatchesIgnorePattern(pattern.text, path.substr(0, slash));
    }
    if (matches) deciding = &pattern;
  }
  return deciding;
}

bool IgnoreFile::Excludes(std::string_view path) const {
  const Pattern* deciding = Deciding(path);
  return deciding && !deciding->include;
}

}  // namespace oakum
