#include "analyzer/syntax/yaml_builder.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

namespace oakum {

void YamlBuilder::BeginDocument() {
  open_.clear();
  anchors_.clear();
  anchor_ = tag_ = {};
  document_nodes_ = tree_.nodes_.size();
  document_duplicates_ = tree_.duplicate_keys_.size();
  has_root_ = false;
}

void YamlBuilder::EndDocument() {
  while (!open_.empty()) Close(last_end_);
  if (!has_root_) return;
  const YamlNode& root = tree_.nodes_[document_nodes_];
  if (root.kind != YamlNode::Kind::kNull) tree_.documents_.push_back(&root);
}

void YamlBuilder::DropDocument() {
  tree_.nodes_.resize(document_nodes_);
  tree_.duplicate_keys_.resize(document_duplicates_);
  BeginDocument();
}

void YamlBuilder::Null(Span range) {
  Attach(New(YamlNode::Kind::kNull, range), {});
}

void YamlBuilder::Scalar(YamlScalar scalar) {
  YamlNode& node = New(YamlNode::Kind::kScalar, scalar.range);
  node.style = scalar.style;
  node.exact = scalar.exact;
  node.value = std::move(scalar.value);
  Attach(node, {});
}

void YamlBuilder::Alias(std::string_view name, Span range) {
  anchor_ = tag_ = {};
  const auto found = anchors_.find(name);
  const YamlNode* target = found == anchors_.end() ? nullptr : found->second;
  const bool encloses = std::any_of(open_.begin(), open_.end(),
                                    [target](const Frame& frame) { return frame.node == target; });
  if (target == nullptr || encloses) return Null(range);
  last_end_ = std::max(last_end_, range.end);
  Attach(*target, input_.ToSource(range));
}

void YamlBuilder::Open(YamlNode::Kind kind, YamlStyle style, uint32_t begin) {
  const uint32_t last_end = last_end_;
  YamlNode& node = New(kind, {begin, begin});
  last_end_ = last_end;
  node.style = style;
  Attach(node, {});
  open_.push_back({&node, nullptr, begin});
}

void YamlBuilder::Close(uint32_t end) {
  Frame& frame = open_.back();
  YamlNode& node = *frame.node;
  if (frame.key != nullptr) Null({last_end_, last_end_});
  last_end_ = std::max({last_end_, end, frame.begin});
  node.span = input_.ToSource({frame.begin, last_end_});
  node.entries.shrink_to_fit();
  if (node.IsMapping()) IndexKeys(node);
  open_.pop_back();
}

void YamlBuilder::Problem(std::string message, Span range) {
  tree_.problems_.push_back({std::move(message), input_.ToSource(range)});
}

YamlNode& YamlBuilder::New(YamlNode::Kind kind, Span range) {
  YamlNode& node = tree_.nodes_.emplace_back();
  node.kind = kind;
  node.span = input_.ToSource(range);
  if (!tag_.empty()) node.tag = tree_.tags_.emplace_back(tag_);
  if (!anchor_.empty()) anchors_.insert_or_assign(std::string(anchor_), &node);
  anchor_ = tag_ = {};
  last_end_ = std::max(last_end_, range.end);
  return node;
}

void YamlBuilder::Attach(const YamlNode& node, Span alias) {
  if (open_.empty()) {
    has_root_ = true;
    return;
  }
  Frame& frame = open_.back();
  if (frame.node->IsSequence()) {
    frame.node->entries.push_back({nullptr, &node, alias});
  } else if (frame.key == nullptr) {
    frame.key = &node;
  } else {
    frame.node->entries.push_back({frame.key, &node, alias});
    frame.key = nullptr;
  }
}

void YamlBuilder::IndexKeys(YamlNode& mapping) {
  if (mapping.entries.size() < 2) return;
  auto index = std::make_unique<std::unordered_map<std::string_view, uint32_t>>();
  for (uint32_t i = 0; i < mapping.entries.size(); ++i) {
    const YamlNode& key = *mapping.entries[i].key;
    if (!key.IsScalar() || !key.value.is_literal()) continue;
    const bool fresh = index->insert_or_assign(key.value.text(), i).second;
    if (!fresh) tree_.duplicate_keys_.push_back(key.span);
  }
  constexpr size_t kLarge = 32;
  if (mapping.entries.size() >= kLarge) mapping.index = std::move(index);
}

}  // namespace oakum
