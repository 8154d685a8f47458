// Puts a YamlTree together from a stream of events, whoever reads the text: the event handler in
// yaml.cc or the line scanner in yaml_lines.cc.
//
// Ranges are offsets of the input's text; the builder turns them into source spans. Collections may
// nest to any depth: the builder keeps its own stack.
//
// Thread-safety: none; used within one call.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_scalar.h"

namespace oakum {

class YamlBuilder {
 public:
  // Both must outlive the builder.
  YamlBuilder(const Value& input, YamlTree& tree) : input_(input), tree_(tree) {}

  std::string_view text() const { return input_.text(); }
  const Value& input() const { return input_; }

  void BeginDocument();
  void EndDocument();
  // Forgets everything since BeginDocument().
  void DropDocument();

  // The node about to be added is called `name` (without '&'), or has this tag.
  void Anchor(std::string_view name) { anchor_ = name; }
  void Tag(std::string_view tag) { tag_ = tag; }

  void Null(Span range);
  void Scalar(YamlScalar scalar);
  // `range` is the whole `*name`.
  void Alias(std::string_view name, Span range);
  void Open(YamlNode::Kind kind, YamlStyle style, uint32_t begin);
  // `end` may lie before the end of the last child, which then counts.
  void Close(uint32_t end);

  void Problem(std::string message, Span range);

  size_t depth() const { return open_.size(); }
  size_t node_count() const { return tree_.nodes_.size(); }
  // Whether the innermost open collection has a key that waits for its value.
  bool awaits_value() const { return !open_.empty() && open_.back().key != nullptr; }
  // Where the innermost open collection begins. REQUIRES: depth() > 0.
  uint32_t open_begin() const { return open_.back().begin; }
  bool open_is(YamlNode::Kind kind) const {
    return !open_.empty() && open_.back().node->kind == kind;
  }
  // The end of what was added last.
  uint32_t last_end() const { return last_end_; }

 private:
  struct Frame {
    YamlNode* node = nullptr;
    const YamlNode* key = nullptr;
    uint32_t begin = 0;
  };

  YamlNode& New(YamlNode::Kind kind, Span range);
  void Attach(const YamlNode& node, Span alias);
  // Notes keys given twice, and indexes a large mapping.
  void IndexKeys(YamlNode& mapping);

  const Value& input_;
  YamlTree& tree_;
  std::vector<Frame> open_;
  std::map<std::string, const YamlNode*, std::less<>> anchors_;
  std::string_view anchor_;
  std::string_view tag_;
  uint32_t last_end_ = 0;
  size_t document_nodes_ = 0;  // size of tree_.nodes_ when the document began
  size_t document_duplicates_ = 0;
  bool has_root_ = false;
};

}  // namespace oakum
