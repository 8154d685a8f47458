#include "analyzer/credential/generated_word.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"

namespace oakum {

namespace {

constexpr size_t kShortest = 8;
constexpr size_t kLongest = 512;

bool IsWordByte(char c) {
  return IsAlnum(c) || c == '_' || c == '-' || c == '!' || c == '+' || c == '^' || c == '~';
}

struct Shape {
  size_t turns = 0;  // between letters and digits, and from lower to upper case
  bool upper = false;
  bool lower = false;
  bool digit = false;
  bool inner_mark = false;  // a '!' or '^' after the first byte
  bool hex = true;
};

Shape ShapeOf(std::string_view word) {
  Shape shape;
  char before = 0;
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const char type = IsDigit(c) ? 'd' : IsUpper(c) ? 'u' : IsLower(c) ? 'l' : 0;
    shape.upper |= type == 'u';
    shape.lower |= type == 'l';
    shape.digit |= type == 'd';
    shape.inner_mark |= i > 0 && (c == '!' || c == '^');
    shape.hex &= IsDigit(c) || (c >= 'a' && c <= 'f');
    // A capital begins a word: Ray in RayCluster is no turn, the C is one.
    const bool begins = before == 'u' && type == 'l';
    if (type != 0 && before != 0 && type != before && !begins) ++shape.turns;
    before = type;
  }
  return shape;
}

bool LooksGenerated(std::string_view word) {
  if (word.size() < kShortest || word.size() > kLongest) return false;
  if (ToLower(word).find("k8s") != std::string::npos) return false;
  const Shape shape = ShapeOf(word);
  const bool letters = shape.upper || shape.lower;
  if (!letters || !shape.digit || shape.hex) return false;
  const size_t wanted = shape.upper && shape.lower ? 3 : 4;
  return (shape.turns >= wanted || shape.inner_mark) && !IsPlaceholder(word);
}

// `serveConfigV2: |`, "serveConfigV2": a key names what follows.
bool IsKey(std::string_view text, Span word) {
  std::string_view after = text.substr(word.end);
  if (after.starts_with('"') || after.starts_with('\'')) after.remove_prefix(1);
  return after.starts_with(':') && (after.size() == 1 || after[1] <= ' ');
}

// Whether the blank-delimited text around `word` says where something is rather than what it is.
bool NamesAPlace(std::string_view text, Span word) {
  size_t begin = word.begin;
  while (begin > 0 && word.begin - begin < kLongest && text[begin - 1] > ' ' &&
         text[begin - 1] != '"' && text[begin - 1] != '\'') {
    --begin;
  }
  const std::string_view before = text.substr(begin, word.begin - begin);
  return before.find("arn:aws") != before.npos || before.ends_with("sha256:") ||
         before.ends_with("sha512:") || before.ends_with('/') || text.substr(word.end, 1) == "/" ||
         // A placeholder that a test or template fills in.
         before.ends_with("@@token:");
}

}  // namespace

std::vector<Span> GeneratedWords(std::string_view text) {
  std::vector<Span> words;
  for (size_t i = 0; i < text.size();) {
    if (!IsWordByte(text[i])) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && IsWordByte(text[end])) ++end;
    Span word{static_cast<uint32_t>(i), static_cast<uint32_t>(end)};
    while (word.begin < word.end && text[word.begin] == '-') ++word.begin;
    if (LooksGenerated(text.substr(word.begin, word.size())) && !NamesAPlace(text, word) &&
        !IsKey(text, word)) {
      words.push_back(word);
    }
    i = end;
  }
  return words;
}

}  // namespace oakum
