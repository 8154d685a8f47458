#include "analyzer/syntax/yaml_lines.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace oakum {

namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}
bool IsBreak(char c) {
  return c == '\n' || c == '\r';
}

class LineReader {
 public:
  LineReader(YamlBuilder& builder, uint32_t begin, uint32_t end)
      : builder_(builder), text_(builder.text().substr(0, end)), at_(begin) {}

  void Read() {
    builder_.BeginDocument();
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("---")) at_ += 3;
    while (at_ < text_.size() && builder_.node_count() < kMaxYamlNodes) ReadLine();
    if (at_ < text_.size()) {
      builder_.Problem("the rest of this document holds too many values", {at_, at_ + 1});
    }
    while (!open_.empty()) Pop();
    builder_.EndDocument();
  }

 private:
  struct Frame {
    uint32_t column = 0;
    bool sequence = false;
    bool waiting = false;  // a key or a '-' has no value yet
  };

  bool AtBreak() const { return at_ >= text_.size() || IsBreak(text_[at_]); }
  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }
  void SkipLine() {
    at_ = static_cast<uint32_t>(std::min(text_.find('\n', at_), text_.size() - 1) + 1);
  }

  void ReadLine() {
    const uint32_t line = at_;
    SkipBlanks();
    if (AtBreak() || text_[at_] == '#') return SkipLine();
    while (IsItem()) {
      Item(at_ - line);
      ++at_;
      SkipBlanks();
      if (AtBreak() || text_[at_] == '#') return SkipLine();
    }
    const uint32_t column = at_ - line;
    const std::optional<YamlScalar> key = ReadKey();
    if (key) {
      Key(column, *key);
      SkipBlanks();
    } else if (open_.empty() || !open_.back().waiting || column <= open_.back().column) {
      return SkipLine();  // a continuation, or nothing we know
    }
    ReadValue();
  }

  bool IsItem() const {
    return text_[at_] == '-' &&
           (at_ + 1 >= text_.size() || IsBlank(text_[at_ + 1]) || IsBreak(text_[at_ + 1]));
  }

  // Closes what lies deeper than `column`.
  void PopTo(uint32_t column) {
    while (!open_.empty() && open_.back().column > column) Pop();
  }

  void Pop() {
    if (open_.back().waiting) Empty();
    open_.pop_back();
    builder_.Close(builder_.last_end());
  }

  void Empty() {
    builder_.Null({builder_.last_end(), builder_.last_end()});
    open_.back().waiting = false;
  }

  // Whether a collection may begin here: as the root, or as a value that is waited for.
  bool CanOpen() const { return open_.empty() ? !has_root_ : open_.back().waiting; }

  void Open(uint32_t column, bool sequence) {
    if (!open_.empty()) open_.back().waiting = false;
    has_root_ = true;
    builder_.Open(sequence ? YamlNode::Kind::kSequence : YamlNode::Kind::kMapping,
                  YamlStyle::kBlock, at_);
    open_.push_back({column, sequence, false});
  }

  void Item(uint32_t column) {
    PopTo(column);
    // `key:` and the items of its value may stand in the same column.
    if (!open_.empty() && open_.back().column == column && !open_.back().sequence &&
        !open_.back().waiting) {
      Pop();
    }
    if (open_.empty() || !open_.back().sequence || open_.back().column < column) {
      if (!CanOpen()) return;
      Open(column, true);
    }
    if (open_.back().waiting) Empty();
    open_.back().waiting = true;
  }

  void Key(uint32_t column, const YamlScalar& key) {
    PopTo(column);
    if (!open_.empty() && open_.back().column == column && open_.back().sequence) Pop();
    if (open_.empty() || open_.back().column < column) {
      if (!CanOpen()) return;
      const uint32_t after = std::exchange(at_, key.range.begin);
      Open(column, false);
      at_ = after;
    }
    if (open_.back().sequence) return;
    if (open_.back().waiting) Empty();
    builder_.Scalar(key);
    open_.back().waiting = true;
  }

  // `key:` before a blank or the end of the line; `at_` moves behind the colon only if there is
  // one.
  std::optional<YamlScalar> ReadKey() {
    const uint32_t begin = at_;
    uint32_t end = begin;
    std::optional<YamlScalar> key;
    if (text_[begin] == '"' || text_[begin] == '\'') {
      key = ReadQuoted(begin);
      if (!key) return std::nullopt;
      end = key->next;
      while (end < text_.size() && IsBlank(text_[end])) ++end;
      if (end >= text_.size() || text_[end] != ':') return std::nullopt;
    } else {
      if (std::string_view("[{#|>*&!%@`").find(text_[begin]) != std::string_view::npos) {
        return std::nullopt;
      }
      while (end < text_.size() && !IsBreak(text_[end]) && !EndsKey(end)) {
        if (text_[end] == '#' && end > begin && IsBlank(text_[end - 1])) return std::nullopt;
        ++end;
      }
      if (end == begin || end >= text_.size() || IsBreak(text_[end])) return std::nullopt;
      uint32_t last = end;
      while (last > begin && IsBlank(text_[last - 1])) --last;
      key.emplace();
      key->range = {begin, last};
      key->next = last;
      key->value = builder_.input().Slice(key->range);
    }
    at_ = end + 1;
    return key;
  }

  bool EndsKey(uint32_t at) const {
    return text_[at] == ':' &&
           (at + 1 >= text_.size() || IsBlank(text_[at + 1]) || IsBreak(text_[at + 1]));
  }

  // The value at `at_`, for the key or item that waits; nothing when the line ends here.
  void ReadValue() {
    ReadProperties();
    if (AtBreak() || text_[at_] == '#' || open_.empty() || !open_.back().waiting) return SkipLine();
    const char first = text_[at_];
    if (first == '|' || first == '>') {
      YamlScalar block =
          ReadYamlBlock(builder_.input(), at_, static_cast<int>(open_.back().column));
      block.next = std::min(block.next, static_cast<uint32_t>(text_.size()));
      return Add(std::move(block));
    }
    if (first == '"' || first == '\'') {
      if (std::optional<YamlScalar> quoted = ReadQuoted(at_)) {
        Add(*std::move(quoted));
        return SkipLine();
      }
    }
    if (first == '*') return ReadAlias();
    if ((first == '[' || first == '{') && ReadFlow()) return SkipLine();
    ReadPlain();
  }

  void ReadProperties() {
    while (at_ < text_.size() && (text_[at_] == '&' || text_[at_] == '!')) {
      const uint32_t begin = at_;
      while (!AtBreak() && !IsBlank(text_[at_])) ++at_;
      const std::string_view word = text_.substr(begin, at_ - begin);
      word[0] == '&' ? builder_.Anchor(word.substr(1)) : builder_.Tag(word);
      SkipBlanks();
    }
  }

  void ReadAlias() {
    const uint32_t begin = at_;
    while (!AtBreak() && !IsBlank(text_[at_])) ++at_;
    builder_.Alias(text_.substr(begin + 1, at_ - begin - 1), {begin, at_});
    open_.back().waiting = false;
    SkipLine();
  }

  void ReadPlain() {
    const uint32_t begin = at_;
    uint32_t end = at_;
    for (; !AtBreak(); ++at_) {
      if (text_[at_] == '#' && IsBlank(text_[at_ - 1])) break;
      if (!IsBlank(text_[at_])) end = at_ + 1;
    }
    SkipLine();
    YamlScalar plain;
    plain.range = {begin, end};
    plain.next = at_;
    plain.value = builder_.input().Slice(plain.range);
    Add(std::move(plain));
  }

  void Add(YamlScalar scalar) {
    const uint32_t next = scalar.next;
    builder_.Scalar(std::move(scalar));
    open_.back().waiting = false;
    at_ = next;
  }

  // A quoted scalar within the document. Once one quote has no end, none of its kind is looked for
  // again: the search would go to the end of the text every time.
  std::optional<YamlScalar> ReadQuoted(uint32_t at) {
    bool& unclosed = text_[at] == '"' ? unclosed_double_ : unclosed_single_;
    if (unclosed) return std::nullopt;
    std::optional<YamlScalar> quoted = ReadYamlQuoted(builder_.input(), at);
    if (quoted && quoted->next <= text_.size()) return quoted;
    unclosed = true;
    return std::nullopt;
  }

  bool InFlowMapping() const { return builder_.open_is(YamlNode::Kind::kMapping); }
  std::optional<uint32_t> FlowEnd();
  bool ReadFlow();
  void ReadFlowScalar(uint32_t limit);

  static constexpr uint32_t kMaxFlow = 16 * 1024;

  YamlBuilder& builder_;
  const std::string_view text_;
  uint32_t at_;
  std::vector<Frame> open_;
  bool has_root_ = false;
  bool unclosed_double_ = false;
  bool unclosed_single_ = false;
  uint32_t flow_budget_ = 1024 * 1024;  // bytes that may be read in vain
};

// Where the flow collection at `at_` ends; none if it does not close soon.
std::optional<uint32_t> LineReader::FlowEnd() {
  const uint32_t limit =
      static_cast<uint32_t>(std::min<size_t>(text_.size(), at_ + std::min(kMaxFlow, flow_budget_)));
  std::vector<char> closers;
  uint32_t at = at_;
  while (at < limit) {
    const char c = text_[at];
    if (c == '"' || c == '\'') {
      const std::optional<YamlScalar> quoted = ReadQuoted(at);
      if (!quoted) break;
      at = quoted->next;
      continue;
    }
    ++at;
    if (c == '[' || c == '{') {
      closers.push_back(c == '[' ? ']' : '}');
    } else if (c == ']' || c == '}') {
      if (closers.back() != c) break;
      closers.pop_back();
      if (closers.empty()) return at;
    }
  }
  flow_budget_ -= std::min(flow_budget_, at - at_);
  return std::nullopt;
}

// A flow collection, as the value that is waited for. False, and nothing added, if it does not
// close.
bool LineReader::ReadFlow() {
  const std::optional<uint32_t> end = FlowEnd();
  if (!end) return false;
  open_.back().waiting = false;
  const size_t outside = builder_.depth();
  while (at_ < *end) {
    const char c = text_[at_];
    if (c == '[' || c == '{') {
      if (InFlowMapping() && !builder_.awaits_value()) builder_.Null({at_, at_});  // a complex key
      builder_.Open(c == '[' ? YamlNode::Kind::kSequence : YamlNode::Kind::kMapping,
                    YamlStyle::kFlow, at_++);
    } else if (c == ']' || c == '}' || c == ',') {
      if (builder_.awaits_value()) builder_.Null({at_, at_});
      ++at_;
      if (c == ',') continue;
      builder_.Close(at_);
      // A quote inside a plain scalar hid a bracket from FlowEnd(): what is left is no YAML.
      if (builder_.depth() == outside) break;
    } else if (IsBlank(c) || IsBreak(c) || c == ':') {
      ++at_;
    } else {
      ReadFlowScalar(*end);
    }
  }
  while (builder_.depth() > outside) builder_.Close(at_);
  at_ = *end;
  return true;
}

void LineReader::ReadFlowScalar(uint32_t limit) {
  std::optional<YamlScalar> scalar;
  if (text_[at_] == '"' || text_[at_] == '\'') scalar = ReadQuoted(at_);
  if (!scalar) {
    uint32_t end = at_;
    while (end < limit &&
           std::string_view(",[]{}\r\n").find(text_[end]) == std::string_view::npos &&
           !(InFlowMapping() && EndsKey(end))) {
      ++end;
    }
    end = std::max(end, at_ + 1);
    scalar.emplace();
    scalar->next = end;
    while (end > at_ + 1 && IsBlank(text_[end - 1])) --end;
    scalar->range = {at_, end};
    scalar->value = builder_.input().Slice(scalar->range);
  }
  at_ = scalar->next;
  builder_.Scalar(*std::move(scalar));
}

}  // namespace

void ReadYamlLines(YamlBuilder& builder, uint32_t begin, uint32_t end) {
  LineReader(builder, begin, end).Read();
}

}  // namespace oakum
