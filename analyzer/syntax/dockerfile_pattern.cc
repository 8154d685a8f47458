#include "analyzer/syntax/dockerfile_pattern.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

constexpr size_t kMaxWork = 4'000'000;  // pattern tokens times characters

struct Token {
  enum class Kind { kRune, kAny, kStar } kind = Kind::kRune;
  char32_t rune = 0;
};

struct Text {
  std::vector<char32_t> runes;
  std::vector<uint32_t> offsets;  // one more than runes
};

Text Decode(std::string_view text) {
  Text out;
  uint32_t at = 0;
  for (Rune rune = DecodeRune(text, at); rune.size > 0; rune = DecodeRune(text, at)) {
    out.runes.push_back(rune.value);
    out.offsets.push_back(at);
    at += rune.size;
  }
  out.offsets.push_back(at);
  return out;
}

Result<std::vector<Token>> Tokenize(std::string_view pattern) {
  const std::vector<char32_t> runes = Decode(pattern).runes;
  std::vector<Token> tokens;
  for (size_t i = 0; i < runes.size(); ++i) {
    if (runes[i] == '*') {
      tokens.push_back({Token::Kind::kStar});
    } else if (runes[i] == '?') {
      tokens.push_back({Token::Kind::kAny});
    } else if (runes[i] != '\\') {
      tokens.push_back({Token::Kind::kRune, runes[i]});
    } else {
      const char32_t next = i + 1 < runes.size() ? runes[i + 1] : 0;
      // `\}` and `\/` are escaped for the sake of `${...}` alone.
      if (next == '}' || next == '/') continue;
      if (next != '*' && next != '?' && next != '\\') {
        return Failure("a pattern escapes a character that needs no escape");
      }
      tokens.push_back({Token::Kind::kRune, next});
      ++i;
    }
  }
  return tokens;
}

// The number of characters from `start` that the tokens match: the fewest or the most.
std::optional<size_t> MatchAt(const std::vector<Token>& tokens, const std::vector<char32_t>& runes,
                              size_t start, bool longest) {
  std::vector<bool> states(tokens.size() + 1);
  states[0] = true;
  auto skip_stars = [&](std::vector<bool>& set) {
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (set[i] && tokens[i].kind == Token::Kind::kStar) set[i + 1] = true;
    }
  };
  skip_stars(states);
  std::optional<size_t> best;
  for (size_t at = start;; ++at) {
    if (states[tokens.size()]) {
      best = at - start;
      if (!longest) return best;
    }
    if (at == runes.size() || std::find(states.begin(), states.end(), true) == states.end()) {
      return best;
    }
    std::vector<bool> next(tokens.size() + 1);
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (!states[i]) continue;
      const Token& token = tokens[i];
      if (token.kind == Token::Kind::kRune) {
        if (token.rune == runes[at]) next[i + 1] = true;
      } else if (runes[at] != '\n') {
        next[token.kind == Token::Kind::kStar ? i : i + 1] = true;
      }
    }
    skip_stars(next);
    states = std::move(next);
  }
}

Result<std::vector<Token>> TokenizeFor(std::string_view pattern, const Text& text) {
  Result<std::vector<Token>> tokens = Tokenize(pattern);
  if (tokens && (tokens->size() + 1) * (text.runes.size() + 1) > kMaxWork) {
    return Failure("a pattern is too long to be matched");
  }
  return tokens;
}

}  // namespace

Result<Span> TrimDockerPrefix(std::string_view text, std::string_view pattern, bool longest) {
  const Text decoded = Decode(text);
  const Result<std::vector<Token>> tokens = TokenizeFor(pattern, decoded);
  if (!tokens) return tl::unexpected(tokens.error());
  const size_t length = MatchAt(*tokens, decoded.runes, 0, longest).value_or(0);
  return Span{decoded.offsets[length], static_cast<uint32_t>(text.size())};
}

Result<Span> TrimDockerSuffix(std::string_view text, std::string_view pattern, bool longest) {
  Text decoded = Decode(text);
  Result<std::vector<Token>> tokens = TokenizeFor(pattern, decoded);
  if (!tokens) return tl::unexpected(tokens.error());
  std::reverse(tokens->begin(), tokens->end());
  std::reverse(decoded.runes.begin(), decoded.runes.end());
  const size_t length = MatchAt(*tokens, decoded.runes, 0, longest).value_or(0);
  return Span{0, decoded.offsets[decoded.runes.size() - length]};
}

Result<std::string> ReplaceDockerPattern(std::string_view text, std::string_view pattern,
                                         std::string_view replacement, bool all) {
  const Text decoded = Decode(text);
  const Result<std::vector<Token>> tokens = TokenizeFor(pattern, decoded);
  if (!tokens) return tl::unexpected(tokens.error());
  size_t work = 0;
  std::string out;
  bool replaced = false;
  bool after_match = false;  // an empty match right behind a match is none
  for (size_t at = 0; at <= decoded.runes.size();) {
    std::optional<size_t> length;
    if (all || !replaced) {
      work += (tokens->size() + 1) * (decoded.runes.size() + 1 - at);
      if (work > kMaxWork) return Failure("a pattern is too long to be matched");
      length = MatchAt(*tokens, decoded.runes, at, true);
      if (length == 0u && after_match) length.reset();
    }
    if (length) {
      out += replacement;
      replaced = true;
      at += *length;
    }
    after_match = length.value_or(0) > 0;
    if (after_match) continue;
    if (at < decoded.runes.size()) {
      out += text.substr(decoded.offsets[at], decoded.offsets[at + 1] - decoded.offsets[at]);
    }
    ++at;
  }
  return out;
}

}  // namespace oakum
