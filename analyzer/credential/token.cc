#include "analyzer/credential/token.h"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/literal_set.h"
#include "analyzer/credential/placeholder_words.h"
#include "analyzer/credential/token_format.h"

namespace oakum {

namespace {

bool IsWord(char c) {
  return IsAlnum(c) || c == '_';
}

// A format whose pattern is compiled when its prefix is first met: most runs meet few of them.
class CompiledFormat {
 public:
  explicit CompiledFormat(const TokenFormat& format)
      : format_(format),
        blanks_(std::string_view(format.rest).find("\\s") != std::string_view::npos) {}

  const TokenFormat& format() const { return format_; }

  // Whether what follows the prefix can be the rest of a token, before a pattern is compiled for
  // it: words begin as tokens do (hf_hub_download, sk-learn).
  bool MayFollow(std::string_view rest) const {
    constexpr size_t kShortest = 16;
    if (blanks_) return true;
    return rest.size() >= kShortest &&
           std::all_of(rest.begin(), rest.begin() + kShortest, [](char c) {
             return IsWord(c) || std::string_view("+/=.~%-").find(c) != std::string_view::npos;
           });
  }

  const RE2& rest() const {
    std::call_once(once_, [this] { rest_ = std::make_unique<RE2>(format_.rest, RE2::Quiet); });
    return *rest_;
  }

 private:
  const TokenFormat& format_;
  const bool blanks_;  // between the prefix, which is a name, and the token
  mutable std::once_flag once_;
  mutable std::unique_ptr<const RE2> rest_;
};

// The compiled table and the search for its prefixes.
class Formats {
 public:
  static const Formats& Get() {
    static const Formats formats;
    return formats;
  }

  const LiteralSet& prefixes() const { return prefixes_; }
  const CompiledFormat& operator[](size_t i) const { return compiled_[i]; }

 private:
  Formats() : prefixes_(TokenPrefixes()) {
    for (const TokenFormat& format : TokenFormats()) compiled_.emplace_back(format);
  }

  const LiteralSet prefixes_;
  std::deque<CompiledFormat> compiled_;  // in the order of the table
};

// A token does not begin inside a word. The letter of an escape (\n, %3A) is no part of one.
bool IsLeftBoundary(std::string_view text, size_t begin) {
  if (begin == 0 || !IsWord(text[begin - 1])) return true;
  if (begin >= 2 && text[begin - 2] == '\\') return true;
  return begin >= 3 && text[begin - 3] == '%' && IsHexDigit(text[begin - 2]) &&
         IsHexDigit(text[begin - 1]);
}

bool IsRightBoundary(std::string_view text, size_t end) {
  return end == text.size() || !IsWord(text[end]);
}

// Text in a token's shape that somebody made up: few different characters, a row of the alphabet or
// of digits, a run of x, "example". A generated token has none of these.
bool IsMadeUp(std::string_view body) {
  std::bitset<256> seen;
  size_t row = 1;
  size_t longest_row = 1;
  size_t run = 1;
  size_t longest_run = 1;
  for (size_t i = 0; i < body.size(); ++i) {
    seen.set(static_cast<unsigned char>(body[i]));
    if (i == 0) continue;
    row = body[i] == body[i - 1] + 1 ? row + 1 : 1;
    run = body[i] == body[i - 1] ? run + 1 : 1;
    longest_row = std::max(longest_row, row);
    longest_run = std::max(longest_run, run);
  }
  if (seen.count() < std::min<size_t>(body.size() / 3 + 1, 8)) return true;
  if (longest_row >= 7 || longest_run >= 6) return true;
  std::string lower(body);
  for (char& c : lower) c = ToLower(c);
  static constexpr std::string_view kWords[] = {
      "example", "xxxx", "placeholder", "redacted", "yourtoken", "your_token", "your-token"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&lower](std::string_view word) {
    return lower.find(word) != std::string::npos;
  });
}

// The token whose prefix is at `at`.
std::optional<TokenMatch> MatchAt(std::string_view text, size_t at,
                                  const CompiledFormat& compiled) {
  const TokenFormat& format = compiled.format();
  if (at < format.lead) return std::nullopt;
  if (!IsLeftBoundary(text, at - format.lead)) return std::nullopt;
  const std::string_view rest = text.substr(at + format.prefix.size());
  if (!compiled.MayFollow(rest)) return std::nullopt;
  re2::StringPiece matched;
  if (!compiled.rest().Match(re2::StringPiece(rest.data(), std::min<size_t>(rest.size(), 4096)), 0,
                             std::min<size_t>(rest.size(), 4096), RE2::ANCHOR_START, &matched, 1)) {
    return std::nullopt;
  }
  const size_t end = at + format.prefix.size() + matched.size();
  if (!IsRightBoundary(text, end)) return std::nullopt;
  size_t begin = at - format.lead + format.secret_offset;
  const std::string_view token = text.substr(begin, end - begin);
  const TokenVerdict verdict = format.check ? format.check(token) : TokenVerdict{};
  if (!verdict.is_token) return std::nullopt;
  if (verdict.checksum != Checksum::kValid &&
      (IsMadeUp({matched.data(), matched.size()}) || IsWellKnownSecret(token))) {
    return std::nullopt;
  }
  return TokenMatch{
      format.family, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, verdict.checksum};
}

}  // namespace

std::vector<std::string_view> TokenPrefixes() {
  std::vector<std::string_view> prefixes;
  for (const TokenFormat& format : TokenFormats()) prefixes.push_back(format.prefix);
  return prefixes;
}

std::vector<TokenMatch> FindTokens(std::string_view text) {
  std::vector<TokenMatch> tokens;
  const Formats& formats = Formats::Get();
  size_t done = 0;  // the end of the token before
  formats.prefixes().Each(text, [&](size_t format, size_t at) {
    if (at < done) return true;
    std::optional<TokenMatch> token = MatchAt(text, at, formats[format]);
    if (token && token->range.begin >= done) {
      done = token->range.end;
      tokens.push_back(*token);
    }
    return true;
  });
  return tokens;
}

}  // namespace oakum
