#include "analyzer/syntax/requirements.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/text_lines.h"

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;

struct OptionName {
  std::string_view name;
  char letter;
  bool takes_value;
};

constexpr auto kOptions = std::to_array<OptionName>({
    {"--config-settings", 'C', true}, {"--constraint", 'c', true},
    {"--default-index", '\0', true},  // uv
    {"--editable", 'e', true},        {"--extra-index-url", '\0', true},
    {"--find-links", 'f', true},      {"--global-option", '\0', true},
    {"--hash", '\0', true},           {"--index", '\0', true},  // uv
    {"--index-url", 'i', true},       {"--no-binary", '\0', true},
    {"--no-index", '\0', false},      {"--only-binary", '\0', true},
    {"--pre", '\0', false},           {"--prefer-binary", '\0', false},
    {"--pypi-url", '\0', true},       {"--require-hashes", '\0', false},
    {"--requirement", 'r', true},     {"--trusted-host", '\0', true},
    {"--use-feature", '\0', true},
});

const OptionName* LongOption(std::string_view name) {
  const OptionName* found = nullptr;
  for (const OptionName& option : kOptions) {
    if (option.name == name) return &option;
    if (name.size() < 4 || !option.name.starts_with(name)) continue;
    if (found) return nullptr;
    found = &option;
  }
  return found;
}

const OptionName* ShortOption(char letter) {
  for (const OptionName& option : kOptions) {
    if (option.letter == letter) return &option;
  }
  return nullptr;
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

Value Range(const Value& text, size_t begin, size_t end) {
  return text.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

// Where a comment starts: '#' at the start or after a blank.
size_t CommentStart(std::string_view line) {
  for (size_t at = line.find('#'); at != kNone; at = line.find('#', at + 1)) {
    if (at == 0 || IsBlank(line[at - 1])) return at;
  }
  return line.size();
}

// Lines joined at backslashes, without comments. A line that is all comment ends a continuation.
std::vector<Value> LogicalLines(const Value& text) {
  std::vector<Value> out;
  Value::Builder joined;
  auto finish = [&] {
    if (joined.empty()) return;
    const Value line = std::move(joined).Build();
    joined = {};
    const Value content = Range(line, 0, CommentStart(line.text())).Trimmed();
    if (!content.empty()) out.push_back(content);
  };
  for (const Value& line : SplitLines(text)) {
    const bool comment = CommentStart(line.text()) < line.size();
    if (line.text().ends_with('\\') && !comment) {
      joined.Append(Range(line, 0, line.size() - 1));
      continue;
    }
    if (comment && line.Trimmed().text()[0] == '#') finish();
    joined.Append(line);
    finish();
  }
  finish();
  return out;
}

struct Word {
  Value value;
  Span span;
};

// shlex.split: quotes of both kinds, backslash outside of them and before a double-quoted `"` or
// `\`.
std::vector<Word> ShellWords(const Value& line) {
  std::vector<Word> words;
  const std::string_view text = line.text();
  for (size_t at = 0; at < text.size();) {
    if (IsBlank(text[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    Value::Builder word;
    char quote = '\0';
    for (size_t from = at;; ++at) {
      const bool end = at >= text.size() || (quote == '\0' && IsBlank(text[at]));
      const bool mark =
          !end && (quote == '\0' ? text[at] == '"' || text[at] == '\'' : text[at] == quote);
      const bool escape = !end && text[at] == '\\' && quote != '\'' && at + 1 < text.size() &&
                          (quote == '\0' || text[at + 1] == '"' || text[at + 1] == '\\');
      if (!end && !mark && !escape) continue;
      word.Append(Range(line, from, at));
      if (end) break;
      if (mark) quote = quote == '\0' ? text[at] : '\0';
      from = escape ? at + 1 : at + 1;
      if (escape) ++at;
    }
    words.push_back({std::move(word).Build(),
                     line.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(at)})});
  }
  return words;
}

// Where the options begin: at the first word with a dash in front.
size_t OptionsStart(std::string_view line) {
  for (size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '-' && (at == 0 || IsBlank(line[at - 1]))) return at;
  }
  return line.size();
}

void DescribeEditable(RequirementsItem& item) {
  const RequirementsItem target = ParseRequirement(item.value);
  item.name = target.name;
  item.url = target.url;
  item.vcs = target.vcs;
}

void ReadOptions(const Value& options, std::vector<RequirementsItem>& out) {
  const std::vector<Word> words = ShellWords(options);
  for (size_t i = 0; i < words.size(); ++i) {
    const Value& word = words[i].value;
    const std::string_view text = word.text();
    if (text.size() < 2 || text[0] != '-') continue;
    const bool is_long = text[1] == '-';
    const size_t equals = is_long ? text.find('=') : kNone;
    const OptionName* option = is_long ? LongOption(text.substr(0, equals)) : ShortOption(text[1]);
    RequirementsItem item;
    item.span = words[i].span;
    if (!option) {
      if (!is_long) continue;
      item.option = text.substr(0, equals);
      if (equals != kNone) item.value = word.Slice(static_cast<uint32_t>(equals + 1));
    } else {
      item.option = option->name == "--pypi-url" ? "--index-url" : option->name;
      if (equals != kNone) {
        item.value = word.Slice(static_cast<uint32_t>(equals + 1));
      } else if (!is_long && text.size() > 2) {
        item.value = word.Slice(2);
      } else if (option->takes_value && i + 1 < words.size()) {
        item.value = words[++i].value;
        item.span = Span::Cover(item.span, words[i].span);
      }
    }
    if (item.option == "--editable") DescribeEditable(item);
    out.push_back(std::move(item));
  }
}

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
}

// The scheme of a URL at the start of `text` with its "://"; 0 if there is none.
size_t SchemeEnd(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) ||
                              text[at] == '+' || text[at] == '-' || text[at] == '.')) {
    ++at;
  }
  return at > 0 && text.substr(at).starts_with("://") ? at + 3 : 0;
}

}  // namespace

RequirementsItem ParseRequirement(const Value& specifier) {
  RequirementsItem item;
  const Value whole = specifier.Trimmed();
  std::string_view text = whole.text();
  item.span = whole.ToSource();

  size_t url = 0;
  size_t at = 0;
  while (at < text.size() && IsNameByte(text[at])) ++at;
  const size_t name_end = at;
  if (at < text.size() && text[at] == '[') at = std::min(text.find(']', at), text.size() - 1) + 1;
  while (at < text.size() && IsBlank(text[at])) ++at;
  const bool direct = name_end > 0 && at < text.size() && text[at] == '@';
  if (direct) {
    url = at + 1;
    while (url < text.size() && IsBlank(text[url])) ++url;
  }
  const bool has_url = direct || SchemeEnd(text) > 0;
  // A URL may hold ';' itself: its marker needs a blank beside the semicolon.
  size_t end = has_url ? text.find_first_of(" \t", url) : text.find(';');
  end = std::min(end, text.size());
  if (has_url && end > url && text[end - 1] == ';' && end < text.size()) --end;
  item.value = Range(whole, 0, end).Trimmed();
  if (!has_url) {
    item.name = text.substr(0, name_end);
    return item;
  }
  item.url = Range(whole, url, end);
  text = item.url.text();
  if (direct) item.name = whole.text().substr(0, name_end);
  const size_t scheme = SchemeEnd(text);
  const size_t plus = text.substr(0, scheme).find('+');
  if (plus != kNone) item.vcs = text.substr(0, plus);
  const size_t egg = text.find("egg=");
  if (item.name.empty() && egg != kNone && egg > 0 &&
      (text[egg - 1] == '#' || text[egg - 1] == '&')) {
    size_t stop = egg + 4;
    while (stop < text.size() && IsNameByte(text[stop])) ++stop;
    item.name = text.substr(egg + 4, stop - egg - 4);
  }
  return item;
}

std::vector<RequirementsItem> ParseRequirements(const Value& text) {
  std::vector<RequirementsItem> out;
  for (const Value& line : LogicalLines(RequirementsVariables(text))) {
    const size_t options = OptionsStart(line.text());
    const Value specifier = Range(line, 0, options).Trimmed();
    if (!specifier.empty()) out.push_back(ParseRequirement(specifier));
    if (options < line.size()) ReadOptions(line.Slice(static_cast<uint32_t>(options)), out);
  }
  return out;
}

}  // namespace oakum
