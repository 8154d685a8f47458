// Maps, lists and scalars: what JSON, YAML and the displays of a program have in common.
//
// Readers of a format that is written in several languages (a Ray runtime_env, a Serve config) ask
// a DataTree and never see which language it came from. A map may hold a key more than once: a
// later one overrides in most readers, but each is a place where a credential can stand, so all are
// kept; a program whose branches give a key several values yields it several times.
//
// Nodes live in one array; ids stay valid while the tree grows. Depth is limited by the builders
// (kMaxDepth), so readers may recurse.
//
// Thread-safety: immutable once built.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

enum class DataKind {
  kNull,
  kBool,
  kNumber,
  kText,
  kList,
  kMap,
  kOther,  // an expression that could not be resolved, or broken text
};

class DataTree {
 public:
  using Id = uint32_t;
  static constexpr Id kNone = UINT32_MAX;
  static constexpr int kMaxDepth = 200;

  struct Node {
    DataKind kind = DataKind::kOther;
    Value value;  // kText: decoded; other scalars: as written; kOther: a hole if there is one
    Value key;    // of a map's member
    Span span;    // in the source, delimiters included
    Id parent = kNone;
    Id first_child = kNone;
    Id next = kNone;
  };

  bool empty() const { return nodes_.empty(); }
  size_t size() const { return nodes_.size(); }
  Id root() const { return empty() ? kNone : 0; }
  const Node& operator[](Id id) const { return nodes_[id]; }

  // Children of a list or map; none for scalars and kNone.
  std::vector<Id> Children(Id id) const;
  // The last member with this literal key, or kNone.
  Id Find(Id map, std::string_view key) const;
  bool Is(Id id, DataKind kind) const { return id != kNone && nodes_[id].kind == kind; }

  // Adds a child to `parent` (kNone for the root, which comes first) and gives its id.
  Id Add(Id parent, Node node);
  Node& at(Id id) { return nodes_[id]; }

 private:
  std::vector<Node> nodes_;
  std::vector<Id> last_child_;
};

}  // namespace oakum
