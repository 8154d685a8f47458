#include "analyzer/syntax/json.h"

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/syntax/syntax_tree.h"
#include "analyzer/syntax/utf8.h"

namespace oakum {

namespace {

constexpr SyntaxLimits kLimits{16u << 20, std::chrono::milliseconds(2000)};

// Holes stand as digits while the grammar looks at the text: legal inside a string and in place of
// a value.
std::string WithoutHoles(const Value& text) {
  std::string plain(text.text());
  for (const Value::PlacedHole& placed : text.holes()) plain[placed.position] = '0';
  return plain;
}

class JsonBuilder {
 public:
  JsonBuilder(const Value& text, const SyntaxTree& syntax) : text_(text), syntax_(syntax) {}

  JsonText Build() && {
    broken_ = syntax_.Is(SyntaxTree::kRoot, "ERROR");
    if (broken_) SetError("text that is no JSON was passed over", syntax_[SyntaxTree::kRoot].span);
    Visit(SyntaxTree::kRoot, DataTree::kNone, 0);
    AddPending();
    if (!trees_.empty()) {
      trees_.push_back(std::exchange(json_.tree, std::move(trees_.front())));
      json_.further.assign(std::make_move_iterator(trees_.begin() + 1),
                           std::make_move_iterator(trees_.end()));
    }
    for (const Span broken : syntax_.Broken()) {
      if (json_.error) break;
      if (!broken.empty()) continue;
      if (FollowsLastComma(broken.begin)) {
        json_.trailing_comma = true;
      } else {
        SetError("a value or a closing bracket is missing", broken);
      }
    }
    return std::move(json_);
  }

 private:
  struct Pending {
    SyntaxTree::Id syntax;
    DataTree::Id data;  // the node whose children `syntax` holds
    int depth;
  };

  void AddPending() {
    while (!pending_.empty()) {
      const Pending next = pending_.back();
      pending_.pop_back();
      Visit(next.syntax, next.data, next.depth);
    }
  }

  void SetError(std::string message, Span span) {
    if (!json_.error) json_.error = Error{std::move(message), text_.ToSource(span)};
  }

  // Adds the values below `container` to the data node `parent`. Broken text is transparent: what
  // stands below an ERROR node belongs to the node around it.
  void Visit(SyntaxTree::Id container, DataTree::Id parent, int depth) {
    std::vector<SyntaxTree::Id> stack = Reversed(container);
    while (!stack.empty()) {
      const SyntaxTree::Id id = stack.back();
      stack.pop_back();
      if (syntax_.Is(id, "ERROR")) {
        if (IsTrailingComma(syntax_[id].span)) {
          json_.trailing_comma = true;
        } else {
          SetError("text that is no JSON was passed over", syntax_[id].span);
        }
        const std::vector<SyntaxTree::Id> below = Reversed(id);
        stack.insert(stack.end(), below.begin(), below.end());
      } else if (syntax_.Is(id, "pair")) {
        AddPair(id, parent, depth);
      } else if (Takes(parent, id)) {
        AddValue(id, parent, Value(), depth);
      }
    }
  }

  bool IsTrailingComma(Span span) const {
    return text_.text().substr(span.begin, span.size()) == "," &&
           ClosingAfter(span.end) != std::string_view::npos;
  }

  // Whether only blanks and comments stand between the comma before `at` and a closing bracket
  // behind it. A comment may hold commas, too.
  bool FollowsLastComma(uint32_t at) const {
    size_t comma = at;
    for (int tries = 0; tries < 8 && comma > 0; ++tries) {
      comma = text_.text().rfind(',', comma - 1);
      if (comma == std::string_view::npos) return false;
      const size_t closing = ClosingAfter(comma + 1);
      if (closing != std::string_view::npos && closing >= at) return true;
    }
    return false;
  }

  // Where the next token is, if it is a closing bracket; else npos.
  size_t ClosingAfter(size_t next) const {
    const std::string_view text = text_.text();
    while (next < text.size()) {
      next = std::min(text.find_first_not_of(" \t\r\n", next), text.size());
      const std::string_view rest = text.substr(next);
      if (!rest.starts_with("//") && !rest.starts_with("/*")) break;
      const std::string_view end = rest[1] == '/' ? "\n" : "*/";
      next = std::min(text.find(end, next + 2), text.size());
      if (next < text.size()) next += end.size();
    }
    const bool closes = next < text.size() && (text[next] == '}' || text[next] == ']');
    return closes ? next : std::string_view::npos;
  }

  // Whether a value without a key can be a child of `parent`. In broken text, and after the first
  // value, a scalar outside every object is not the document but a piece of one.
  bool Takes(DataTree::Id parent, SyntaxTree::Id id) const {
    if (parent != DataTree::kNone) return json_.tree.Is(parent, DataKind::kList);
    return (json_.tree.empty() && !broken_) || IsNested(syntax_.kind(id));
  }

  std::vector<SyntaxTree::Id> Reversed(SyntaxTree::Id id) const {
    const std::vector<SyntaxTree::Id> children = syntax_.Children(id);
    return {children.rbegin(), children.rend()};
  }

  void AddPair(SyntaxTree::Id pair, DataTree::Id parent, int depth) {
    const SyntaxTree::Id key = syntax_.Child(pair, "key");
    const SyntaxTree::Id value = syntax_.Child(pair, "value");
    if (key == SyntaxTree::kNone || value == SyntaxTree::kNone) return;
    if (parent == DataTree::kNone) {  // an object whose brace is missing
      if (json_.tree.empty()) {
        json_.tree.Add(DataTree::kNone, {DataKind::kMap, {}, {}, text_.ToSource(), 0, 0, 0});
      }
      parent = json_.tree.root();
    }
    if (json_.tree.Is(parent, DataKind::kMap)) AddValue(value, parent, String(key), depth);
  }

  void AddValue(SyntaxTree::Id id, DataTree::Id parent, Value key, int depth) {
    if (parent == DataTree::kNone && !json_.tree.empty()) {
      AddPending();
      trees_.push_back(std::exchange(json_.tree, DataTree()));
    }
    const Span span = syntax_[id].span;
    DataTree::Node node;
    node.key = std::move(key);
    node.span = text_.ToSource(span);
    const std::string_view kind = syntax_.kind(id);
    const bool nested = IsNested(kind);
    if (nested) {
      node.kind = kind == "object" ? DataKind::kMap : DataKind::kList;
    } else if (kind == "string") {
      node.kind = DataKind::kText;
      node.value = String(id);
    } else {
      node.kind = ScalarKind(kind);
      node.value = text_.Slice(span);
      if (!node.value.is_literal()) node.kind = DataKind::kOther;
    }
    const DataTree::Id added = json_.tree.Add(parent, std::move(node));
    if (!nested) return;
    if (depth + 1 >= DataTree::kMaxDepth) {
      SetError("what is nested more than " + std::to_string(DataTree::kMaxDepth) +
                   " levels deep was passed over",
               span);
    } else {
      pending_.push_back({id, added, depth + 1});
    }
  }

  static bool IsNested(std::string_view kind) { return kind == "object" || kind == "array"; }

  static DataKind ScalarKind(std::string_view kind) {
    if (kind == "number") return DataKind::kNumber;
    if (kind == "null") return DataKind::kNull;
    if (kind == "true" || kind == "false") return DataKind::kBool;
    return DataKind::kOther;
  }

  // The decoded text of a string node.
  Value String(SyntaxTree::Id id) const {
    Span span = syntax_[id].span;
    const std::string_view all = text_.text();
    ++span.begin;  // the quote
    if (span.end > span.begin && all[span.end - 1] == '"') --span.end;
    span.end = std::max(span.begin, span.end);
    if (all.substr(span.begin, span.size()).find('\\') == std::string_view::npos) {
      return text_.Slice(span);
    }
    MappedText::Builder builder;
    uint32_t copied = span.begin;
    for (uint32_t i = span.begin; i < span.end;) {
      if (all[i] != '\\') {
        ++i;
        continue;
      }
      builder.Append(text_.mapped().Slice({copied, i}));
      const uint32_t end = std::min(span.end, EscapeEnd(i, span.end));
      builder.AppendDecoded(Unescape(all.substr(i, end - i)), text_.ToSource({i, end}));
      copied = i = end;
    }
    builder.Append(text_.mapped().Slice({copied, span.end}));
    return text_.Restore(std::move(builder).Build());
  }

  // The code unit of "\uXXXX" at `at`, or -1.
  static int CodeUnit(std::string_view text) {
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
    int unit = 0;
    for (char c : text.substr(2, 4)) {
      const int digit = HexDigit(c);
      if (digit < 0) return -1;
      unit = unit * 16 + digit;
    }
    return unit;
  }

  static bool IsHigh(int unit) { return unit >= 0xd800 && unit < 0xdc00; }
  static bool IsLow(int unit) { return unit >= 0xdc00 && unit < 0xe000; }

  uint32_t EscapeEnd(uint32_t begin, uint32_t limit) const {
    const std::string_view escape = text_.text().substr(begin, limit - begin);
    const int unit = CodeUnit(escape);
    if (unit < 0) return begin + 2;
    return begin + (IsHigh(unit) && IsLow(CodeUnit(escape.substr(6))) ? 12 : 6);
  }

  static std::string Unescape(std::string_view escape) {
    const int unit = CodeUnit(escape);
    if (unit >= 0) {
      if (escape.size() == 12) {
        const int low = CodeUnit(escape.substr(6));
        return Utf8(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      }
      return Utf8(unit);
    }
    constexpr std::string_view kNames = "bfnrt";
    constexpr std::string_view kMeanings = "\b\f\n\r\t";
    const size_t name = escape.size() < 2 ? std::string_view::npos : kNames.find(escape[1]);
    return std::string(name == std::string_view::npos ? escape.substr(1)
                                                      : kMeanings.substr(name, 1));
  }

  const Value& text_;
  const SyntaxTree& syntax_;
  bool broken_ = false;  // the text as a whole is no JSON
  JsonText json_;
  std::vector<DataTree> trees_;  // finished, before json_.tree
  std::vector<Pending> pending_;
};

}  // namespace

JsonText ParseJson(const Value& text) {
  const std::string plain = text.is_literal() ? std::string() : WithoutHoles(text);
  const Result<SyntaxTree> syntax =
      ParseSyntax(Grammar::kJson, text.is_literal() ? text.text() : plain, kLimits);
  if (!syntax) {
    Error error = syntax.error();
    error.span = text.ToSource();
    return {{}, {}, std::move(error), false};
  }
  return JsonBuilder(text, *syntax).Build();
}

}  // namespace oakum
