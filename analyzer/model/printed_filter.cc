#include "analyzer/model/printed_filter.h"

#include <algorithm>
#include <charconv>

#include <re2/re2.h>

namespace oakum {

namespace {

// A part of a secret that tells nobody the whole: what logs show to compare two of them.
constexpr int kFew = 8;

// A basic regular expression has `\|` where RE2 has `|`.
std::string FromBasic(std::string_view pattern) {
  constexpr std::string_view kSwapped = "|(){}+?";
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[++i];
      if (kSwapped.find(next) == kSwapped.npos) out += '\\';
      out += next;
    } else {
      if (kSwapped.find(c) != kSwapped.npos) out += '\\';
      out += c;
    }
  }
  return out;
}

int Number(std::string_view text, int otherwise) {
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The text of `-cX` or `-c X`; none if there is no such option.
std::optional<std::string_view> LetterValue(const Command& command, char letter) {
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const std::string_view word = command.argv[i].text();
    if (word.size() < 2 || word[0] != '-' || word[1] != letter) continue;
    if (word.size() > 2) return word.substr(2);
    if (i + 1 < command.argv.size()) return command.argv[i + 1].text();
  }
  return std::nullopt;
}

// How many characters "1-4", "5" or "3-" are.
int LengthOf(std::string_view range) {
  const size_t hyphen = range.find('-');
  if (hyphen == range.npos) return 1;
  const int begin = hyphen == 0 ? 1 : Number(range.substr(0, hyphen), 1);
  const std::string_view end = range.substr(hyphen + 1);
  return end.empty() ? kFew + 1 : Number(end, begin) - begin + 1;
}

}  // namespace

std::optional<GrepFilter> GrepFilterOf(const Command& grep) {
  GrepFilter filter;
  bool extended = grep.Program() == "egrep";
  bool fixed = grep.Program() == "fgrep";
  bool ignores_case = false;
  std::vector<std::string_view> patterns;
  std::string_view first;
  for (size_t i = 1; i < grep.argv.size(); ++i) {
    if (!grep.argv[i].is_literal()) return std::nullopt;
    const std::string_view word = grep.argv[i].text();
    if (word.starts_with("--")) {
      filter.inverted |= word == "--invert-match";
      ignores_case |= word == "--ignore-case";
      extended |= word == "--extended-regexp" || word == "--perl-regexp";
      fixed |= word == "--fixed-strings";
      if (word.starts_with("--regexp=")) patterns.push_back(word.substr(9));
    } else if (word.size() > 1 && word[0] == '-') {
      filter.inverted |= word.find('v') != word.npos;
      ignores_case |= word.find('i') != word.npos;
      extended |= word.find_first_of("EP") != word.npos;
      fixed |= word.find('F') != word.npos;
      if (word.find('f') != word.npos) return std::nullopt;  // patterns of a file
      if (word.back() == 'e' && i + 1 < grep.argv.size()) patterns.push_back(grep.argv[++i].text());
    } else if (first.empty()) {
      first = word;
    }
  }
  if (patterns.empty() && !first.empty()) patterns.push_back(first);
  if (patterns.empty()) return std::nullopt;
  for (const std::string_view pattern : patterns) {
    if (!filter.pattern.empty()) filter.pattern += '|';
    filter.pattern += fixed      ? RE2::QuoteMeta({pattern.data(), pattern.size()})
                      : extended ? std::string(pattern)
                                 : FromBasic(pattern);
  }
  if (ignores_case) filter.pattern = "(?i)" + filter.pattern;
  return filter;
}

bool Passes(const std::vector<GrepFilter>& filters, std::string_view name) {
  const std::string line = std::string(name) + "=";
  return std::all_of(filters.begin(), filters.end(), [&line](const GrepFilter& filter) {
    RE2::Options quiet;
    quiet.set_log_errors(false);
    const RE2 pattern(filter.pattern, quiet);
    return !pattern.ok() || RE2::PartialMatch(line, pattern) != filter.inverted;
  });
}

bool CutShows(const Command& cut) {
  if (const auto characters = LetterValue(cut, 'c')) {
    int length = 0;
    for (size_t begin = 0; begin < characters->size();) {
      const size_t end = std::min(characters->find(',', begin), characters->size());
      length += LengthOf(characters->substr(begin, end - begin));
      begin = end + 1;
    }
    return length > kFew;
  }
  return LetterValue(cut, 'd') != "=" || LetterValue(cut, 'f') != "1";
}

bool HeadShows(const Command& head) {
  const auto bytes = LetterValue(head, 'c');
  return !bytes || Number(*bytes, kFew + 1) > kFew;
}

}  // namespace oakum
