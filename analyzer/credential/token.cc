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

// A format, ready to match. Its pattern, if it has one, is compiled when its prefix is first met
// with something like a token behind it: most runs meet few of them.
class CompiledFormat {
 public:
  explicit CompiledFormat(const TokenFormat& format)
      : format_(format),
        blanks_(format.rest.pattern &&
                std::string_view(format.rest.pattern).find("\\s") != std::string_view::npos) {
    for (char c : format.rest.characters) characters_.set(static_cast<unsigned char>(c));
  }

  const TokenFormat& format() const { return format_; }

  // The bytes of `text`, which follows the prefix, that are the rest of a token; 0 if it is none.
  size_t RestIn(std::string_view text) const {
    return format_.rest.pattern ? ByPattern(text) : ByRun(text);
  }

 private:
  size_t ByRun(std::string_view text) const {
    const size_t most = std::min(text.size(), format_.rest.most);
    size_t count = 0;
    while (count < most && characters_[static_cast<unsigned char>(text[count])]) ++count;
    return count < format_.rest.least ? 0 : count;
  }

  size_t ByPattern(std::string_view text) const {
    if (!MayMatch(text)) return 0;
    std::call_once(once_,
                   [this] { pattern_ = std::make_unique<RE2>(format_.rest.pattern, RE2::Quiet); });
    const size_t size = std::min(text.size(), format_.rest.most + 1);
    re2::StringPiece matched;
    const bool found = pattern_->Match(re2::StringPiece(text.data(), size), 0, size,
                                       RE2::ANCHOR_START, &matched, 1);
    return found && matched.size() <= format_.rest.most ? matched.size() : 0;
  }

  // Words begin as tokens do: hf_hub_download, sk-learn.
  bool MayMatch(std::string_view text) const {
    constexpr size_t kShortest = 16;
    if (blanks_) return true;
    return text.size() >= kShortest &&
           std::all_of(text.begin(), text.begin() + kShortest, [](char c) {
             return IsWord(c) || std::string_view("+/=.~%-").find(c) != std::string_view::npos;
           });
  }

  const TokenFormat& format_;
  const bool blanks_;  // between the prefix, which is a name, and the token
  std::bitset<256> characters_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const RE2> pattern_;
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
  const size_t rest = at + format.prefix.size();
  const size_t end = rest + compiled.RestIn(text.substr(rest));
  if (end == rest) return std::nullopt;
  if (!IsRightBoundary(text, end)) return std::nullopt;
  size_t begin = at - format.lead + format.secret_offset;
  const std::string_view token = text.substr(begin, end - begin);
  const TokenVerdict verdict = format.check ? format.check(token) : TokenVerdict{};
  if (!verdict.is_token) return std::nullopt;
  if (verdict.checksum != Checksum::kValid &&
      (IsMadeUp(text.substr(rest, end - rest)) || IsWellKnownSecret(token))) {
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
