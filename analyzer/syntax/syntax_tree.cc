#include "analyzer/syntax/syntax_tree.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <tree_sitter/api.h>

extern "C" {
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_json();
const TSLanguage* tree_sitter_python();
}

namespace oakum {

namespace {

using Clock = std::chrono::steady_clock;

const TSLanguage* LanguageOf(Grammar grammar) {
  switch (grammar) {
    case Grammar::kBash:
      return tree_sitter_bash();
    case Grammar::kJson:
      return tree_sitter_json();
    case Grammar::kPython:
      return tree_sitter_python();
  }
  return nullptr;
}

// Symbol and field names by number. The two symbols that no table lists come last: ERROR and its
// inner form.
struct Names {
  explicit Names(const TSLanguage* language) {
    for (uint32_t i = 0; i < ts_language_symbol_count(language); ++i) {
      symbols.emplace_back(ts_language_symbol_name(language, static_cast<TSSymbol>(i)));
    }
    fields.emplace_back();  // field 0 is none
    for (uint32_t i = 1; i <= ts_language_field_count(language); ++i) {
      fields.emplace_back(ts_language_field_name_for_id(language, static_cast<TSFieldId>(i)));
    }
  }

  std::vector<std::string_view> symbols;
  std::vector<std::string_view> fields;
};

const Names& NamesOf(Grammar grammar) {
  static const std::array<Names, 3> all = {Names(LanguageOf(Grammar::kBash)),
                                           Names(LanguageOf(Grammar::kJson)),
                                           Names(LanguageOf(Grammar::kPython))};
  return all[static_cast<size_t>(grammar)];
}

struct TextReader {
  std::string_view text;

  static const char* Read(void* payload, uint32_t offset, TSPoint, uint32_t* bytes_read) {
    const std::string_view text = static_cast<TextReader*>(payload)->text;
    if (offset >= text.size()) {
      *bytes_read = 0;
      return "";
    }
    *bytes_read = static_cast<uint32_t>(text.size() - offset);
    return text.data() + offset;
  }
};

bool DeadlinePassed(TSParseState* state) {
  return Clock::now() > *static_cast<const Clock::time_point*>(state->payload);
}

using Parser = std::unique_ptr<TSParser, decltype(&ts_parser_delete)>;
using Tree = std::unique_ptr<TSTree, decltype(&ts_tree_delete)>;

Tree Parse(Grammar grammar, std::string_view text, Clock::time_point deadline) {
  Parser parser(ts_parser_new(), ts_parser_delete);
  ts_parser_set_language(parser.get(), LanguageOf(grammar));
  TextReader reader{text};
  const TSInput input{&reader, TextReader::Read, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&deadline, DeadlinePassed};
  return Tree(ts_parser_parse_with_options(parser.get(), nullptr, input, options), ts_tree_delete);
}

bool IsKept(TSNode node, TSFieldId field) {
  if (ts_node_is_error(node)) return true;
  if (ts_node_is_missing(node)) return false;
  return !ts_node_is_extra(node) && (ts_node_is_named(node) || field != 0);
}

// Copies the tree below `root` in pre-order. A node that is not kept takes its subtree with it; of
// a token that recovery made up the place is kept.
std::vector<SyntaxTree::Node> Flatten(TSNode root, std::vector<uint32_t>& missing) {
  std::vector<SyntaxTree::Node> nodes;
  std::vector<SyntaxTree::Id> last_child;  // by node, kNone at first
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  SyntaxTree::Id parent = SyntaxTree::kNone;
  for (bool running = true; running;) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const TSFieldId field = ts_tree_cursor_current_field_id(&cursor);
    if (ts_node_is_missing(node)) missing.push_back(ts_node_start_byte(node));
    if (parent == SyntaxTree::kNone || IsKept(node, field)) {
      const auto id = static_cast<SyntaxTree::Id>(nodes.size());
      nodes.push_back({{ts_node_start_byte(node), ts_node_end_byte(node)},
                       parent,
                       SyntaxTree::kNone,
                       SyntaxTree::kNone,
                       ts_node_symbol(node),
                       field});
      last_child.push_back(SyntaxTree::kNone);
      if (parent != SyntaxTree::kNone) {
        SyntaxTree::Id& last = last_child[parent];
        (last == SyntaxTree::kNone ? nodes[parent].first_child : nodes[last].next) = id;
        last = id;
      }
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        parent = id;
        continue;
      }
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        running = false;
        break;
      }
      parent = nodes[parent].parent;
    }
  }
  ts_tree_cursor_delete(&cursor);
  return nodes;
}

}  // namespace

const SyntaxTree::Node SyntaxTree::kNoNode;

std::string_view SyntaxTree::kind(Id id) const {
  if (id >= nodes_.size()) return {};
  const std::vector<std::string_view>& symbols = NamesOf(grammar_).symbols;
  const uint16_t symbol = nodes_[id].symbol;
  return symbol < symbols.size() ? symbols[symbol] : "ERROR";
}

std::string_view SyntaxTree::field(Id id) const {
  return NamesOf(grammar_).fields[(*this)[id].field];
}

SyntaxTree::Id SyntaxTree::Child(Id id, std::string_view field_name) const {
  for (Id child = (*this)[id].first_child; child != kNone; child = nodes_[child].next) {
    if (field(child) == field_name) return child;
  }
  return kNone;
}

std::vector<SyntaxTree::Id> SyntaxTree::Children(Id id) const {
  std::vector<Id> children;
  for (Id child = (*this)[id].first_child; child != kNone; child = nodes_[child].next) {
    children.push_back(child);
  }
  return children;
}

std::vector<Span> SyntaxTree::Broken() const {
  std::vector<Span> broken;
  uint32_t end = 0;  // of the last ERROR node
  for (Id id = 0; id < nodes_.size(); ++id) {
    if (!Is(id, "ERROR") || (!broken.empty() && nodes_[id].span.begin < end)) continue;
    broken.push_back(nodes_[id].span);
    end = nodes_[id].span.end;
  }
  for (const uint32_t at : missing_) broken.push_back({at, at});
  std::sort(broken.begin(), broken.end());
  return broken;
}

Result<SyntaxTree> ParseSyntax(Grammar grammar, std::string_view text, SyntaxLimits limits) {
  if (text.size() > limits.bytes) {
    return Failure("its structure was not read: the text is larger than " +
                   std::to_string(limits.bytes >> 10) + " KiB");
  }
  const Tree tree = Parse(grammar, text, Clock::now() + limits.deadline);
  if (!tree) {
    return Failure("its structure was not read: parsing took longer than " +
                   std::to_string(limits.deadline.count()) + " ms");
  }
  SyntaxTree result;
  result.grammar_ = grammar;
  result.nodes_ = Flatten(ts_tree_root_node(tree.get()), result.missing_);
  return result;
}

}  // namespace oakum
