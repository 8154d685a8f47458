#include "analyzer/syntax/hcl.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/syntax/hcl_template.h"

namespace oakum {

namespace {

constexpr size_t kMaxErrors = 20;

class Reader {
 public:
  explicit Reader(const MappedText& text) : mapped_(text), text_(text.text()) {}

  HclText Run() {
    DataTree::Node root;
    root.kind = DataKind::kMap;
    root.span = mapped_.ToSource();
    result_.tree.Add(DataTree::kNone, std::move(root));
    // A brace too many ends a body, not the file.
    while (at_ < text_.size()) {
      Body(0, 0);
      at_ = std::min(at_ + 1, text_.size());
    }
    return std::move(result_);
  }

 private:
  Span SpanOf(size_t begin, size_t end) const {
    return mapped_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  MappedText Part(size_t begin, size_t end) const {
    return mapped_.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  bool Is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  void SkipBlanks(bool lines) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool newline = c == '\n';
      if (c == ' ' || c == '\t' || c == '\r' || (newline && lines)) {
        ++at_;
      } else if (const size_t end = HclCommentEnd(text_, at_); end != at_) {
        at_ = end;
      } else {
        return;
      }
    }
  }

  void Refuse(size_t begin) {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (result_.errors.size() < kMaxErrors) {
      result_.errors.push_back({"This line is no HCL", SpanOf(begin, at_)});
    }
  }

  // Attributes and blocks up to the `}` that closes them, which is not taken.
  void Body(DataTree::Id map, int depth) {
    for (SkipBlanks(true); at_ < text_.size() && !Is('}'); SkipBlanks(true)) {
      const size_t begin = at_;
      if (!IsHclNameStart(text_[at_])) {
        Refuse(begin);
        continue;
      }
      Value key = Name();
      SkipBlanks(false);
      if (Is('=')) {
        ++at_;
        Expression(map, std::move(key), depth);
      } else {
        Block(map, std::move(key), begin, depth);
      }
    }
  }

  // Labels and a body.
  void Block(DataTree::Id parent, Value type, size_t begin, int depth) {
    DataTree::Id map = MapBelow(parent, std::move(type), begin);
    while (at_ < text_.size() && (Is('"') || IsHclNameStart(text_[at_]))) {
      const size_t label = at_;
      map = MapBelow(map, Is('"') ? Value(Literal()) : Name(), label);
      SkipBlanks(false);
    }
    if (!Is('{') || depth >= kMaxHclDepth) {
      Refuse(begin);
      return;
    }
    const size_t open = at_++;
    Body(map, depth + 1);
    if (Is('}')) ++at_;
    result_.tree.at(map).span = SpanOf(open, at_);
  }

  DataTree::Id MapBelow(DataTree::Id parent, Value key, size_t begin) {
    const std::pair<DataTree::Id, std::string> name{parent, std::string(key.text())};
    const auto [found, added] = maps_.try_emplace(name, DataTree::kNone);
    if (added) {
      DataTree::Node node;
      node.kind = DataKind::kMap;
      node.key = std::move(key);
      node.span = SpanOf(begin, at_);
      found->second = result_.tree.Add(parent, std::move(node));
    }
    return found->second;
  }

  Value Name() {
    const size_t begin = at_;
    at_ = HclNameEnd(text_, at_);
    return Value(Part(begin, at_));
  }

  // A string without its quotes and escapes; templates stay as they are written.
  MappedText Literal() {
    const size_t begin = at_ + 1;
    at_ = HclStringEnd(text_, at_);
    const size_t end = at_ > begin && text_[at_ - 1] == '"' ? at_ - 1 : at_;
    MappedText::Builder out;
    size_t copied = begin;
    for (size_t i = begin; i < end;) {
      if (text_.substr(i).starts_with("${") && (i == begin || text_[i - 1] != '$')) {
        i = std::min(HclBracketEnd(text_, i + 1), end);
      } else if (text_[i] == '\\' && i + 1 < end) {
        out.Append(Part(copied, i));
        const size_t size = Escape(i, out);
        copied = i += size;
      } else {
        ++i;
      }
    }
    out.Append(Part(copied, end));
    return std::move(out).Build();
  }

  // The escape at `at`; its size.
  size_t Escape(size_t at, MappedText::Builder& out) const {
    const char letter = text_[at + 1];
    if (letter == 'u' || letter == 'U') {
      // No key, path or secret has a letter that needs it.
      const size_t size = std::min<size_t>(letter == 'u' ? 6 : 10, text_.size() - at);
      out.AppendDecoded("?", SpanOf(at, at + size));
      return size;
    }
    const char decoded = letter == 'n'   ? '\n'
                         : letter == 'r' ? '\r'
                         : letter == 't' ? '\t'
                                         : letter;
    out.AppendDecoded(std::string_view(&decoded, 1), SpanOf(at, at + 2));
    return 2;
  }

  // <<NAME and <<-NAME up to the line that is NAME.
  MappedText Heredoc() {
    size_t name = at_ + 2;
    if (name < text_.size() && text_[name] == '-') ++name;
    const size_t name_end = HclNameEnd(text_, name);
    const std::string_view mark = text_.substr(name, name_end - name);
    const size_t body = std::min(text_.find('\n', name_end), text_.size() - 1) + 1;
    for (size_t line = body; line < text_.size();) {
      const size_t end = std::min(text_.find('\n', line), text_.size());
      const size_t first = std::min(text_.find_first_not_of(" \t", line), end);
      std::string_view content = text_.substr(first, end - first);
      if (content.ends_with('\r')) content.remove_suffix(1);
      if (content == mark) {
        at_ = end;
        return Part(body, line);
      }
      line = end + 1;
    }
    at_ = text_.size();
    return Part(std::min(body, text_.size()), text_.size());
  }

  // Up to the end of the line, a comma, or the bracket that closes what it stands in.
  size_t ExpressionEnd(size_t begin) const {
    size_t at = begin;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == '\n' || c == ',' || c == '}' || c == ']' || c == ')') break;
      if (c == '"') {
        at = HclStringEnd(text_, at);
      } else if (c == '(' || c == '[' || c == '{') {
        at = HclBracketEnd(text_, at);
      } else if (HclCommentEnd(text_, at) != at) {
        break;
      } else {
        ++at;
      }
    }
    while (at > begin && (text_[at - 1] == ' ' || text_[at - 1] == '\t' || text_[at - 1] == '\r'))
      --at;
    return at;
  }

  void Expression(DataTree::Id parent, Value key, int depth) {
    SkipBlanks(false);
    const size_t begin = at_;
    DataTree::Node node;
    node.key = std::move(key);
    if (text_.substr(at_).starts_with("<<")) {
      node.kind = DataKind::kText;
      node.value = HclTemplate(Heredoc());
      node.span = SpanOf(begin, at_);
      result_.tree.Add(parent, std::move(node));
      return;
    }
    const size_t end = ExpressionEnd(begin);
    node.span = SpanOf(begin, end);
    const bool bracket = Is('[') || Is('{');
    const bool collection = bracket && HclBracketEnd(text_, begin) == end && !IsFor(begin);
    if (collection && depth < kMaxHclDepth) {
      node.kind = Is('[') ? DataKind::kList : DataKind::kMap;
      const DataTree::Id id = result_.tree.Add(parent, std::move(node));
      Items(id, result_.tree[id].kind == DataKind::kMap, end, depth + 1);
    } else {
      Scalar(node, begin, end);
      result_.tree.Add(parent, std::move(node));
    }
    at_ = end;
  }

  // [for x in list: ...] and {for ...} are computed.
  bool IsFor(size_t bracket) const {
    const size_t word = text_.find_first_not_of(" \t\r\n", bracket + 1);
    return word != text_.npos && text_.substr(word, 3) == "for" &&
           HclNameEnd(text_, word) == word + 3;
  }

  void Items(DataTree::Id parent, bool map, size_t end, int depth) {
    ++at_;
    while (true) {
      SkipBlanks(true);
      if (at_ + 1 >= end) return;
      const size_t begin = at_;
      Value key;
      if (map) {
        key = Is('"') ? HclTemplate(Literal()) : Name();
        SkipBlanks(false);
        if (!Is('=') && !Is(':')) {
          Refuse(begin);
          continue;
        }
        ++at_;
      }
      Expression(parent, std::move(key), depth);
      SkipBlanks(true);
      if (Is(',')) ++at_;
      if (at_ == begin) ++at_;  // nothing could be read
    }
  }

  void Scalar(DataTree::Node& node, size_t begin, size_t end) {
    const std::string_view text = text_.substr(begin, end - begin);
    if (text.starts_with('"') && HclStringEnd(text_, begin) == end) {
      node.kind = DataKind::kText;
      node.value = HclTemplate(Literal());
      return;
    }
    node.value = Value(Part(begin, end));
    if (text == "null") {
      node.kind = DataKind::kNull;
    } else if (text == "true" || text == "false") {
      node.kind = DataKind::kBool;
    } else if (!text.empty() && (IsDigit(text[0]) || text[0] == '-')) {
      node.kind = DataKind::kNumber;
    } else {
      node.kind = IsHclReference(text) ? DataKind::kText : DataKind::kOther;
      Value::Builder hole;
      hole.Append(HclHole(text, node.span));
      node.value = std::move(hole).Build();
    }
  }

  const MappedText& mapped_;
  const std::string_view text_;
  size_t at_ = 0;
  HclText result_;
  std::map<std::pair<DataTree::Id, std::string>, DataTree::Id> maps_;  // of blocks
};

}  // namespace

HclText ParseHcl(const MappedText& text) {
  return Reader(text).Run();
}

}  // namespace oakum
