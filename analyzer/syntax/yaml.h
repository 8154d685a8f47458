// YAML as a tree whose every key, scalar and collection knows its bytes.
//
// yaml-cpp reads the grammar (1.2, with 1.1's habits) and hands out events; this builds the tree,
// because YAML::Node has no positions, expands aliases and recurses. JSON is YAML, so manifests in
// JSON come through here too. The input is a Value: a file, or text inside another file (the
// runtimeEnvYAML of a RayJob) whose holes become holes of the scalars.
//
// Aliases are resolved by reference: an entry's node is the anchored node itself, and the entry
// knows where the alias stands. An alias to a collection that encloses it resolves to null, so the
// graph has no cycle; a walk over everything must go by nodes(), which names each node once, and
// never follow entries, or an alias bomb makes it exponential. Duplicate keys are all kept; lookup
// takes the last, as kubectl and PyYAML do.
//
// What no parser accepts (Helm templates, half-written files) is read by a line scanner
// (yaml_lines.h), document by document, so one broken document costs the others nothing. Budgets:
// 500 levels, kMaxYamlNodes nodes. Everything passed over is in problems().
//
// Thread-safety: a tree is immutable once ParseYaml() has returned it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/yaml_scalar.h"

namespace oakum {

inline constexpr size_t kMaxYamlNodes = 1'000'000;

struct YamlNode;

// A pair of a mapping, or an item of a sequence (which has no key).
struct YamlEntry {
  const YamlNode* key = nullptr;
  const YamlNode* value = nullptr;  // never null
  Span alias;                       // of the `*name` that stands here in place of the value, if any
};

struct YamlNode {
  enum class Kind : uint8_t { kMissing, kNull, kScalar, kSequence, kMapping };

  Kind kind = Kind::kMissing;
  YamlStyle style = YamlStyle::kPlain;
  bool exact = true;               // the scalar's bytes are mapped one by one
  Span span;                       // in the source, quotes, brackets and block headers included
  Value value;                     // of a scalar, decoded
  std::string_view tag;            // resolved ("tag:yaml.org,2002:binary", "!Ref"); empty if none
  std::vector<YamlEntry> entries;  // of a collection, as written
  // Of a large mapping: where each key is given last. Lookups in it stay cheap however often an
  // alias names it.
  std::unique_ptr<const std::unordered_map<std::string_view, uint32_t>> index;

  // The node that stands for "nothing there", so that lookups can be chained.
  static const YamlNode& Missing();

  explicit operator bool() const { return kind != Kind::kMissing; }
  bool IsScalar() const { return kind == Kind::kScalar; }
  bool IsSequence() const { return kind == Kind::kSequence; }
  bool IsMapping() const { return kind == Kind::kMapping; }
  // Written without quotes or block header: what a number or a boolean must be.
  bool IsPlain() const { return IsScalar() && style == YamlStyle::kPlain; }

  // A scalar's text if it has no holes, else empty. For a plain scalar this is its lexeme.
  std::string_view text() const { return value.is_literal() ? value.text() : std::string_view(); }

  // The pair of a mapping with this key: its own (the last of several), else one brought in by a
  // merge key `<<`. Null if there is none.
  const YamlEntry* Find(std::string_view key) const;
  // Find()'s value; Missing() if there is none, or if this is no mapping.
  const YamlNode& operator[](std::string_view key) const;
  // All pairs that count, merged ones after its own: each key once.
  std::vector<const YamlEntry*> Pairs() const;
};

class YamlTree {
 public:
  YamlTree() = default;
  YamlTree(YamlTree&&) = default;
  YamlTree& operator=(YamlTree&&) = default;

  // The roots, one a document; empty documents are left out.
  const std::vector<const YamlNode*>& documents() const { return documents_; }
  // Every node once, in the order of the source.
  const std::deque<YamlNode>& nodes() const { return nodes_; }
  // What was not understood, with its place.
  const std::vector<Error>& problems() const { return problems_; }
  // Keys that an earlier pair of the same mapping has already given.
  const std::vector<Span>& duplicate_keys() const { return duplicate_keys_; }

 private:
  friend class YamlBuilder;

  std::deque<YamlNode> nodes_;
  std::deque<std::string> tags_;
  std::vector<const YamlNode*> documents_;
  std::vector<Error> problems_;
  std::vector<Span> duplicate_keys_;
};

// Never fails: see problems().
YamlTree ParseYaml(const Value& input);

}  // namespace oakum
