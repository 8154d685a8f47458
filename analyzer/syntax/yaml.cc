#include "analyzer/syntax/yaml.h"

#include <algorithm>
#include <exception>
#include <istream>
#include <optional>
#include <streambuf>
#include <unordered_map>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "analyzer/syntax/yaml_builder.h"
#include "analyzer/syntax/yaml_documents.h"
#include "analyzer/syntax/yaml_lines.h"

namespace oakum {

namespace {

// Reads a view without copying it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only ever read
    setg(begin, begin, begin + text.size());
  }
};

// Thrown by the handler to leave the parser: its loops offer no other way out.
struct StopReading {
  const char* reason;
  bool final;  // a budget ran out: what follows is not read
};

constexpr std::string_view kNullNames[] = {"null", "Null", "NULL", "~"};

class Handler : public YAML::EventHandler {
 public:
  // `offset`: where in the builder's text the parser's text begins.
  Handler(YamlBuilder& builder, uint32_t offset) : builder_(builder), offset_(offset) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    // After a stray `,` the parser reports empty documents at one place for ever.
    const uint32_t at = At(mark);
    if (document_begin_ && at <= *document_begin_) throw StopReading{"a stray ','", false};
    document_begin_ = at;
    in_document_ = true;
    builder_.BeginDocument();
  }

  void OnDocumentEnd() override {
    builder_.EndDocument();
    in_document_ = false;
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Properties({}, anchor);
    const uint32_t at = SkipYamlProperties(builder_.text(), At(mark));
    if (const uint32_t end = NullEnd(at); end > at) return builder_.Null({at, end});
    // The mark of an absent value is that of whatever follows it.
    const uint32_t end = std::min(std::max(builder_.last_end(), *document_begin_), at);
    builder_.Null({end, end});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const uint32_t at = At(mark);
    uint32_t end = at;
    const std::string_view text = builder_.text();
    while (end < text.size() && std::string_view(" \t\r\n,]}").find(text[end]) == text.npos) ++end;
    builder_.Alias(std::to_string(anchor), {at, end});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Properties(tag, anchor);
    const uint32_t at = SkipYamlProperties(builder_.text(), At(mark));
    builder_.Scalar(MapYamlScalar(builder_.input(), at, value));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    Open(YamlNode::Kind::kSequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { Close(']'); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    Open(YamlNode::Kind::kMapping, mark, tag, anchor, style);
  }
  void OnMapEnd() override { Close('}'); }

  // Where the document that was being read began; where the next one would, if none was.
  uint32_t BrokenFrom() const {
    return in_document_ ? *document_begin_ : std::max(builder_.last_end(), offset_);
  }
  bool in_document() const { return in_document_; }
  uint32_t At(const YAML::Mark& mark) const {
    const uint32_t size = static_cast<uint32_t>(builder_.text().size());
    return std::min(offset_ + static_cast<uint32_t>(std::max(mark.pos, 0)), size);
  }

 private:
  // After the null that is spelled out at `at`; `at` itself if none is, be it that the value is
  // absent and the next key begins there.
  uint32_t NullEnd(uint32_t at) const {
    const std::string_view rest = builder_.text().substr(at);
    for (const std::string_view name : kNullNames) {
      if (!rest.starts_with(name)) continue;
      const size_t after = std::min(rest.find_first_not_of(" \t", name.size()), rest.size());
      const bool ends = after == rest.size() ||
                        std::string_view("\r\n,]}#").find(rest[after]) != std::string_view::npos;
      if (ends) return at + static_cast<uint32_t>(name.size());
    }
    return at;
  }

  void Properties(std::string_view tag, YAML::anchor_t anchor) {
    if (builder_.node_count() >= kMaxYamlNodes) throw StopReading{"it holds too many values", true};
    if (tag != "?" && tag != "!") builder_.Tag(tag);
    if (anchor == YAML::NullAnchor) return;
    anchor_name_ = std::to_string(anchor);
    builder_.Anchor(anchor_name_);
  }

  void Open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    Properties(tag, anchor);
    const bool flow = style == YAML::EmitterStyle::Flow;
    flow_.push_back(flow);
    builder_.Open(kind, flow ? YamlStyle::kFlow : YamlStyle::kBlock,
                  SkipYamlProperties(builder_.text(), At(mark)));
  }

  void Close(char bracket) {
    const bool flow = flow_.back();
    flow_.pop_back();
    builder_.Close(flow ? FlowEnd(bracket) : builder_.last_end());
  }

  // After the bracket that closes a flow collection whose last child ends at last_end().
  uint32_t FlowEnd(char bracket) const {
    const std::string_view text = builder_.text();
    uint32_t at = std::max(builder_.open_begin() + 1, builder_.last_end());
    for (; at < text.size(); ++at) {
      if (text[at] == bracket) return at + 1;
      if (text[at] == '#') {
        at = static_cast<uint32_t>(std::min(text.find('\n', at), text.size() - 1));
      } else if (std::string_view(" \t\r\n,:?").find(text[at]) == std::string_view::npos) {
        break;
      }
    }
    return at;
  }

  YamlBuilder& builder_;
  const uint32_t offset_;
  std::optional<uint32_t> document_begin_;
  bool in_document_ = false;
  std::string anchor_name_;
  std::vector<bool> flow_;
};

uint32_t LineBegin(std::string_view text, uint32_t at) {
  const size_t line_break = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return line_break == text.npos ? 0 : static_cast<uint32_t>(line_break + 1);
}

// Why and where the parser gave up.
struct Broken {
  std::string reason;
  uint32_t at = 0;
  uint32_t document = 0;  // where the broken document begins
  bool final = false;
};

// Reads documents from `offset` on. The one place where exceptions of yaml-cpp are caught.
std::optional<Broken> ReadEvents(YamlBuilder& builder, uint32_t offset) {
  if (builder.text().substr(offset, 3) == "\xef\xbb\xbf") offset += 3;  // its marks do not count it
  Handler handler(builder, offset);
  Broken broken;
  try {
    ViewBuffer buffer(builder.text().substr(offset));
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
    return std::nullopt;
  } catch (const StopReading& stop) {
    broken.reason = stop.reason;
    broken.at = builder.last_end();
    broken.final = stop.final;
  } catch (const YAML::Exception& error) {
    broken.reason = error.msg.substr(0, error.msg.find(':'));  // what follows may quote the file
    broken.at = handler.At(error.mark);
  }
  broken.document = handler.BrokenFrom();
  if (handler.in_document()) {
    broken.document = LineBegin(builder.text(), broken.document);
    broken.final ? builder.EndDocument() : builder.DropDocument();
  }
  return broken;
}

// Bytes that yaml-cpp takes for the end of the stream or for UTF-16, so that it would read less, or
// something else, than what is there.
std::optional<uint32_t> MisreadByte(std::string_view text) {
  const size_t at = text.find_first_of(std::string_view("\0\x04", 2));
  if (at == text.npos) return std::nullopt;
  return static_cast<uint32_t>(at);
}

const YamlEntry* OwnEntry(const YamlNode& mapping, std::string_view key) {
  if (mapping.index != nullptr) {
    const auto found = mapping.index->find(key);
    return found == mapping.index->end() ? nullptr : &mapping.entries[found->second];
  }
  for (auto entry = mapping.entries.rbegin(); entry != mapping.entries.rend(); ++entry) {
    if (entry->key != nullptr && entry->key->IsScalar() && entry->key->text() == key) {
      return &*entry;
    }
  }
  return nullptr;
}

// The mappings a lookup goes through, in order of precedence: the node and what its merge keys
// name. Each is visited once, however often it is named.
std::vector<const YamlNode*> MergeOrder(const YamlNode& node) {
  std::vector<const YamlNode*> order;
  std::vector<const YamlNode*> todo = {&node};
  while (!todo.empty()) {
    const YamlNode* next = todo.back();
    todo.pop_back();
    if (!next->IsMapping() || std::find(order.begin(), order.end(), next) != order.end()) continue;
    order.push_back(next);
    constexpr size_t kMaxMerged = 64;
    if (order.size() >= kMaxMerged) break;
    const YamlEntry* merge = OwnEntry(*next, "<<");
    if (merge == nullptr) continue;
    if (merge->value->IsMapping()) {
      todo.push_back(merge->value);
    } else if (merge->value->IsSequence()) {
      const auto& sources = merge->value->entries;
      const size_t count = std::min(sources.size(), kMaxMerged);
      for (size_t i = count; i > 0; --i) todo.push_back(sources[i - 1].value);
    }
  }
  return order;
}

}  // namespace

const YamlNode& YamlNode::Missing() {
  static const YamlNode missing;
  return missing;
}

const YamlEntry* YamlNode::Find(std::string_view key) const {
  if (!IsMapping()) return nullptr;
  if (const YamlEntry* own = OwnEntry(*this, key)) return own;
  if (OwnEntry(*this, "<<") == nullptr) return nullptr;
  for (const YamlNode* mapping : MergeOrder(*this)) {
    if (const YamlEntry* entry = OwnEntry(*mapping, key)) return entry;
  }
  return nullptr;
}

const YamlNode& YamlNode::operator[](std::string_view key) const {
  const YamlEntry* entry = Find(key);
  return entry == nullptr ? Missing() : *entry->value;
}

std::vector<const YamlEntry*> YamlNode::Pairs() const {
  std::vector<const YamlEntry*> pairs;
  std::unordered_map<std::string_view, size_t> seen;
  for (const YamlNode* mapping : MergeOrder(*this)) {
    const size_t first_own = pairs.size();
    for (const YamlEntry& entry : mapping->entries) {
      if (entry.key->IsScalar() && entry.key->value.is_literal()) {
        if (entry.key->text() == "<<") continue;
        const auto [at, fresh] = seen.emplace(entry.key->text(), pairs.size());
        if (!fresh) {
          if (at->second >= first_own) pairs[at->second] = &entry;
          continue;
        }
      }
      pairs.push_back(&entry);
    }
  }
  return pairs;
}

YamlTree ParseYaml(const Value& input) {
  YamlTree tree;
  YamlBuilder builder(input, tree);
  const std::string_view text = input.text();
  const uint32_t size = input.size();
  if (const auto misread = MisreadByte(text)) {
    builder.Problem("a control character ends what can be read as YAML", {*misread, *misread + 1});
    ReadYamlLines(builder, 0, *misread);
    return tree;
  }
  uint32_t offset = 0;
  while (offset < size) {
    const std::optional<Broken> broken = ReadEvents(builder, offset);
    if (!broken) break;
    const uint32_t begin = std::max(offset, broken->document);
    offset = broken->final ? size : NextYamlDocument(text, begin);
    // The parser looks ahead: it may fail at the next document before it has begun it.
    const bool ahead = offset < size && text.find_first_not_of(" \t\r\n", begin) >= offset;
    if (ahead) continue;
    builder.Problem("this document is no valid YAML (" + broken->reason + ")",
                    {broken->at, std::min(size, broken->at + 1)});
    if (!broken->final) ReadYamlLines(builder, begin, offset);
  }
  return tree;
}

}  // namespace oakum
