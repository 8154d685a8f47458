#include "analyzer/model/text_scan.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;
// No URI that anybody wrote is longer, and no scheme either.
constexpr size_t kLongestUri = 8192;
constexpr size_t kLongestScheme = 40;

// The spans of the URIs that front ends found, to ask whether one of them covers a place.
class CoveredSpans {
 public:
  explicit CoveredSpans(const std::vector<UriUse>& uses) {
    for (const UriUse& use : uses) {
      spans_.push_back(use.uri.whole.ToSource());
      spans_.push_back(use.span);
    }
    std::sort(spans_.begin(), spans_.end());
    uint32_t end = 0;
    for (Span span : spans_) ends_.push_back(end = std::max(end, span.end));
  }

  bool Cover(uint32_t offset) const {
    const auto after = std::upper_bound(spans_.begin(), spans_.end(), offset,
                                        [](uint32_t o, Span span) { return o < span.begin; });
    // The furthest end of all spans that begin here or before.
    return after != spans_.begin() &&
           ends_[static_cast<size_t>(after - spans_.begin()) - 1] > offset;
  }

 private:
  std::vector<Span> spans_;
  std::vector<uint32_t> ends_;
};

bool EndsText(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>';
}

// The text around a "://" that FindUris() has to look at: from before the scheme to the next blank.
Span Surroundings(std::string_view text, size_t colon) {
  size_t begin = colon;
  const size_t lowest = colon > kLongestScheme ? colon - kLongestScheme : 0;
  while (begin > lowest && !EndsText(text[begin - 1])) --begin;
  if (begin > 0) --begin;  // the quote, if it is one
  size_t end = colon + 3;
  const size_t highest = std::min(text.size(), end + kLongestUri);
  while (end < highest && !EndsText(text[end])) ++end;
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

// Whether a URI with this text after "://" can carry a credential.
bool MayCarryCredential(std::string_view rest, bool has_token) {
  return has_token || rest.find('@') != npos || rest.find("/t/") != npos ||
         (rest.find('?') != npos && rest.find('=') != npos) || rest.find(".fury.io/") != npos ||
         rest.starts_with("dl.cloudsmith.io/");
}

bool HasLiteralCredential(const Uri& uri) {
  const std::vector<UriCredential> credentials = CredentialsIn(uri);
  return std::any_of(credentials.begin(), credentials.end(), [](const UriCredential& credential) {
    return credential.kind == SecretKind::kLiteral;
  });
}

void ScanUris(const Source& source, Facts& facts) {
  const std::string_view text = source.text();
  const MappedText whole = MappedText::Verbatim(text, 0);
  const CoveredSpans covered(facts.uris);
  auto token = facts.tokens.begin();
  for (size_t colon = text.find("://"); colon != npos; colon = text.find("://", colon)) {
    const Span around = Surroundings(text, colon);
    while (token != facts.tokens.end() && token->range.end <= colon) ++token;
    const bool has_token = token != facts.tokens.end() && token->range.begin < around.end;
    const std::string_view rest = text.substr(colon + 3, around.end - colon - 3);
    colon = std::max<size_t>(around.end, colon + 3);
    if (!MayCarryCredential(rest, has_token)) continue;
    for (Uri& uri : FindUris(Value(whole.Slice(around)))) {
      const Span span = uri.whole.ToSource();
      if (covered.Cover(span.begin) || !HasLiteralCredential(uri)) continue;
      UriUse use;
      use.uri = std::move(uri);
      use.span = span;
      facts.uris.push_back(std::move(use));
    }
  }
}

bool IsBase64(char c) {
  return IsAlnum(c) || c == '+' || c == '/';
}

// The secret access key that belongs to a key ID: 40 characters of base64 on their own, a few lines
// before or after it. It has no shape to be found by alone.
Span SecretOfAwsKey(std::string_view text, Span id) {
  constexpr uint32_t kReach = 300;  // bytes
  constexpr uint32_t kLength = 40;
  const uint32_t first = id.begin - std::min(id.begin, kReach);
  const uint32_t last = std::min<uint32_t>(static_cast<uint32_t>(text.size()), id.end + kReach);
  for (uint32_t begin = first; begin < last;) {
    uint32_t end = begin;
    while (end < last && IsBase64(text[end])) ++end;
    const std::string_view run = text.substr(begin, end - begin);
    const bool mixed =
        std::any_of(run.begin(), run.end(), [](char c) { return c >= 'g' && c <= 'z'; }) &&
        std::any_of(run.begin(), run.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (run.size() == kLength && mixed && LooksLikeToken(run)) return {begin, end};
    begin = end + 1;
  }
  return {};
}

// Reports a pair of key ID and secret once, at the secret.
void PairAwsKeys(std::string_view text, std::vector<TokenMatch>& tokens) {
  for (TokenMatch& token : tokens) {
    if (!token.family.ends_with("access key ID")) continue;
    const Span secret = SecretOfAwsKey(text, token.range);
    if (!secret.empty()) token = {"AWS secret access key", secret, Checksum::kNone};
  }
  const auto before = [](const TokenMatch& a, const TokenMatch& b) { return a.range < b.range; };
  const auto same = [](const TokenMatch& a, const TokenMatch& b) { return a.range == b.range; };
  std::sort(tokens.begin(), tokens.end(), before);
  tokens.erase(std::unique(tokens.begin(), tokens.end(), same), tokens.end());
}

}  // namespace

void ScanText(const Source& source, Language language, Facts& facts) {
  facts.tokens = FindTokens(source.text());
  PairAwsKeys(source.text(), facts.tokens);
  if (language != Language::kUnknown) ScanUris(source, facts);
}

}  // namespace oakum
