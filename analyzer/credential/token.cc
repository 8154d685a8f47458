#include "analyzer/credential/token.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/placeholder_words.h"
#include "analyzer/credential/token_format.h"

namespace oakum {

namespace {

bool IsWord(char c) {
  return IsAlnum(c) || c == '_';
}

uint32_t ThreeBytes(const char* p) {
  const auto at = [p](int i) { return static_cast<uint32_t>(static_cast<unsigned char>(p[i])); };
  return at(0) | at(1) << 8 | at(2) << 16;
}

uint32_t FourBytes(const char* p) {
  return ThreeBytes(p) | static_cast<uint32_t>(static_cast<unsigned char>(p[3])) << 24;
}

// The three bytes of a prefix that are rare in other text: the first that hold a character other
// than a letter or digit ("pi_" of "api_org_"), else the first.
size_t AnchorOf(std::string_view prefix) {
  const auto symbol =
      std::find_if(prefix.begin(), prefix.end(), [](char c) { return !IsAlnum(c); });
  const auto at = static_cast<size_t>(symbol - prefix.begin());
  return symbol == prefix.end() || at < 2 ? 0 : at - 2;
}

// A format whose pattern is compiled when its prefix is first met: most runs meet few of them.
class CompiledFormat {
 public:
  explicit CompiledFormat(const TokenFormat& format)
      : format_(format), anchor_(AnchorOf(format.prefix)) {}

  const TokenFormat& format() const { return format_; }
  // Where in the prefix the three bytes stand that the search looks for.
  size_t anchor() const { return anchor_; }
  const RE2& rest() const {
    std::call_once(once_, [this] { rest_ = std::make_unique<RE2>(format_.rest, RE2::Quiet); });
    return *rest_;
  }

 private:
  const TokenFormat& format_;
  const size_t anchor_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const RE2> rest_;
};

// The compiled table and the prefilter before it: every three bytes of a text are hashed into a bit
// set of the prefixes' anchors, which costs a multiplication and a test a byte whatever the number
// of formats.
class Formats {
 public:
  static const Formats& Get() {
    static const Formats formats;
    return formats;
  }

  // The first place from `at` on where an anchor may stand; the end of the text if there is none.
  size_t NextStart(std::string_view text, size_t at) const {
    // Eight places a step without a branch between them: a hit is rare.
    constexpr size_t kStep = 8;
    for (; at + kStep + 3 <= text.size(); at += kStep) {
      const char* const p = text.data() + at;
      bool any = false;
      // Compilers make one load of four bytes, but not of three.
      for (size_t i = 0; i < kStep; ++i) any |= starts_[Hash(FourBytes(p + i) & 0xffffff)];
      if (any) break;
    }
    for (; at + 3 <= text.size(); ++at) {
      if (starts_[Hash(ThreeBytes(text.data() + at))]) return at;
    }
    return text.size();
  }
  const std::list<CompiledFormat>& AnchoredAt(char c) const {
    return by_anchor_[static_cast<unsigned char>(c)];
  }

 private:
  static constexpr uint32_t kBits = 15;
  static uint32_t Hash(uint32_t three_bytes) { return three_bytes * 0x9e3779b1u >> (32 - kBits); }

  Formats() {
    for (const TokenFormat& format : TokenFormats()) {
      std::string start(format.prefix.substr(AnchorOf(format.prefix), 3));
      by_anchor_[static_cast<unsigned char>(start[0])].emplace_back(format);
      const bool open = start.size() < 3;  // any third byte
      start.resize(3);
      for (int third = 0; third < (open ? 256 : 1); ++third) {
        if (open) start[2] = static_cast<char>(third);
        starts_.set(Hash(ThreeBytes(start.data())));
      }
    }
  }

  std::bitset<size_t{1} << kBits> starts_;
  std::array<std::list<CompiledFormat>, 256> by_anchor_;
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

// The token whose anchor is at `anchor`.
std::optional<TokenMatch> MatchAt(std::string_view text, size_t anchor,
                                  const CompiledFormat& compiled) {
  const TokenFormat& format = compiled.format();
  if (anchor < compiled.anchor() + format.lead) return std::nullopt;
  const size_t at = anchor - compiled.anchor();
  if (!text.substr(at).starts_with(format.prefix)) return std::nullopt;
  if (!IsLeftBoundary(text, at - format.lead)) return std::nullopt;
  const std::string_view rest = text.substr(at + format.prefix.size());
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

std::vector<TokenMatch> FindTokens(std::string_view text) {
  std::vector<TokenMatch> tokens;
  if (text.size() < 3) return tokens;
  const Formats& formats = Formats::Get();
  size_t done = 0;  // the end of the token before
  for (size_t i = formats.NextStart(text, 0); i + 3 <= text.size();
       i = formats.NextStart(text, i + 1)) {
    if (i < done) continue;
    for (const CompiledFormat& compiled : formats.AnchoredAt(text[i])) {
      std::optional<TokenMatch> token = MatchAt(text, i, compiled);
      if (!token || token->range.begin < done) continue;
      done = token->range.end;
      tokens.push_back(*std::move(token));
      break;
    }
  }
  return tokens;
}

}  // namespace oakum
