// A concrete syntax tree as tree-sitter builds it, in memory that is ours.
//
// The grammars of Bash, JSON and Python come from tree-sitter. Their trees are copied once into
// flat arrays: walking a TSNode's children or parent costs a search each time, and nothing outside
// analyzer/syntax may know tree-sitter. Kept are the named nodes and the anonymous ones that fill a
// field (operators); comments and line continuations are left out. Broken text gives ERROR nodes
// with what could be read below them; tokens that recovery made up are not nodes, but their places
// are known.
//
// Spans are byte offsets in the text that was parsed. Children come in text order.
//
// Budgets: parsing stops at a size and at a deadline, because tree-sitter's error recovery is
// quadratic on hostile text (70,000 times `)` takes it 20 s). Nothing recurses, so depth is not
// limited.
//
// Thread-safety: ParseSyntax may be called from several threads; a tree is immutable.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/span.h"

namespace oakum {

enum class Grammar { kBash, kJson, kPython };

class SyntaxTree {
 public:
  using Id = uint32_t;
  static constexpr Id kNone = UINT32_MAX;

  struct Node {
    Span span;
    Id parent = kNone;
    Id first_child = kNone;
    Id next = kNone;      // sibling
    uint16_t symbol = 0;  // see kind()
    uint16_t field = 0;   // see field()
  };

  // The root is node 0. kNone may be asked like any node, since broken text lacks children that the
  // grammar promises: it has no kind, no text and no children.
  static constexpr Id kRoot = 0;
  size_t size() const { return nodes_.size(); }
  const Node& operator[](Id id) const { return id < nodes_.size() ? nodes_[id] : kNoNode; }

  // The grammar's name for the node ("call", "string", "ERROR"); static storage.
  std::string_view kind(Id id) const;
  // The grammar's name for the node's place in its parent ("function", "left"), or empty.
  std::string_view field(Id id) const;
  bool Is(Id id, std::string_view name) const { return kind(id) == name; }

  // The first child with this field name, or kNone.
  Id Child(Id id, std::string_view field_name) const;
  std::vector<Id> Children(Id id) const;

  // What is broken: the ERROR nodes that are in no other, and where a token is missing, which is an
  // empty span. In the order of the text.
  std::vector<Span> Broken() const;

 private:
  friend Result<SyntaxTree> ParseSyntax(Grammar, std::string_view, struct SyntaxLimits);

  static const Node kNoNode;

  Grammar grammar_ = Grammar::kJson;
  std::vector<Node> nodes_;        // in pre-order
  std::vector<uint32_t> missing_;  // offsets, in the order of the text
};

struct SyntaxLimits {
  uint32_t bytes = 4u << 20;
  std::chrono::milliseconds deadline{500};
};

// An Error says which budget ran out; broken text is none.
Result<SyntaxTree> ParseSyntax(Grammar grammar, std::string_view text, SyntaxLimits limits = {});

}  // namespace oakum
