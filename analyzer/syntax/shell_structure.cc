#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "analyzer/syntax/shell_reader.h"
#include "analyzer/syntax/syntax_tree.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
using TokenKind = ShellToken::Kind;

// The grammar is given a skeleton: every word is the letter x, every redirection is `> x`, only
// reserved words and other operators are themselves. That keeps it away from here-documents, quotes
// and expansions, where it loses its way, and makes what it reads short.
struct Skeleton {
  std::string text;
  std::vector<uint32_t> starts;  // of each token
  size_t longest_line = 0;
};

std::string_view SkeletonOf(const ShellReader& reader, size_t token) {
  const std::string_view text = reader.TextOf(token);
  switch (reader.tokens()[token].kind) {
    case TokenKind::kWord:
      return "x";
    case TokenKind::kDescriptor:
      return "1";
    case TokenKind::kOperator:
      return text.find_first_of("<>") == std::string_view::npos ? text : ">";
    case TokenKind::kReserved:
    case TokenKind::kNewline:
      break;
  }
  return text;
}

// `(a) do` and `fi fi` need no separator in a shell, but the grammar wants one.
bool NeedsSeparator(const ShellReader& reader, size_t token) {
  static constexpr std::string_view kInner[] = {"then", "do", "elif", "else", "fi", "done", "}"};
  static constexpr std::string_view kClosers[] = {")", "fi", "done", "esac", "}"};
  const auto in = [](std::span<const std::string_view> list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  return token > 0 && reader.Is(token, TokenKind::kReserved) && in(kInner, reader.TextOf(token)) &&
         !reader.Is(token - 1, TokenKind::kWord) && in(kClosers, reader.TextOf(token - 1));
}

Skeleton BuildSkeleton(const ShellReader& reader) {
  Skeleton skeleton;
  size_t line = 0;
  TokenKind before = TokenKind::kNewline;
  for (size_t i = 0; i < reader.tokens().size(); ++i) {
    const std::string_view piece = SkeletonOf(reader, i);
    // A descriptor touches its operator, and the brackets of name() touch the name.
    const bool glued =
        before == TokenKind::kDescriptor || (piece == "(" && before == TokenKind::kWord);
    if (!glued) skeleton.text += NeedsSeparator(reader, i) ? " ; " : " ";
    skeleton.starts.push_back(static_cast<uint32_t>(skeleton.text.size()));
    skeleton.text += piece;
    before = reader.tokens()[i].kind;
    if (before == TokenKind::kNewline) line = skeleton.text.size();
    skeleton.longest_line = std::max(skeleton.longest_line, skeleton.text.size() - line);
  }
  skeleton.text += '\n';
  return skeleton;
}

class Structure {
 public:
  Structure(ShellReader& reader, const SyntaxTree& tree, std::vector<uint32_t> starts)
      : reader_(reader),
        parser_(reader.parser()),
        tree_(tree),
        starts_(std::move(starts)),
        broken_(tree.size(), false) {
    for (Id id = static_cast<Id>(tree.size()); id-- > 0;) {  // children come after their parent
      if (tree.Is(id, "ERROR")) broken_[id] = true;
      if (broken_[id] && tree[id].parent != SyntaxTree::kNone) broken_[tree[id].parent] = true;
    }
  }

  void Read(ShellNode& sequence) {
    // What the grammar passed over between statements is read without structure.
    size_t next = 0;
    for (const Id child : tree_.Children(SyntaxTree::kRoot)) {
      if (First(child) > next) reader_.Flat(next, First(child), sequence);
      Append(child, reader_.depth(), sequence);
      next = std::max(next, Last(child));
    }
    reader_.Flat(next, reader_.tokens().size(), sequence);
  }

 private:
  // The tokens of a node: [First, Last).
  size_t TokenAt(uint32_t offset) const {
    return static_cast<size_t>(std::lower_bound(starts_.begin(), starts_.end(), offset) -
                               starts_.begin());
  }
  size_t First(Id id) const { return TokenAt(tree_[id].span.begin); }
  size_t Last(Id id) const { return TokenAt(tree_[id].span.end); }
  Span SourceOf(Id id) const { return reader_.SourceOf(First(id), Last(id)); }

  void Statements(const std::vector<Id>& ids, uint32_t depth, ShellNode& sequence) {
    for (const Id id : ids) Append(id, depth, sequence);
  }

  // Separators come as nodes where they fill a field.
  bool IsSeparator(Id id) const {
    return std::string_view(";&\n").find(tree_.kind(id).front()) != std::string_view::npos;
  }

  void Append(Id id, uint32_t depth, ShellNode& sequence) {
    if (IsSeparator(id)) return;
    const bool deep = depth >= parser_.limits().depth;
    if (broken_[id] || deep) {
      parser_.Say(deep ? "a shell script nests too deeply; its commands were read without their "
                         "structure"
                       : "a shell statement does not parse; its commands were read without their "
                         "structure",
                  SourceOf(id));
      return reader_.Flat(First(id), Last(id), sequence);
    }
    // a && b || c is a list in a list in a list: walk down its left side.
    std::vector<Id> elements;
    while (tree_.Is(id, "list")) {
      const std::vector<Id> children = tree_.Children(id);
      if (children.size() < 2) break;
      elements.insert(elements.end(), children.rbegin(), std::prev(children.rend()));
      id = children[0];
    }
    elements.push_back(id);
    for (auto it = elements.rbegin(); it != elements.rend(); ++it) {
      if (it != elements.rbegin() && tree_.Is(*it, "list")) {
        Append(*it, depth + 1, sequence);
        continue;
      }
      if (Last(*it) <= First(*it)) continue;
      const uint32_t index = Statement(*it, depth + 1);
      parser_.node(index).connector = reader_.ConnectorBefore(First(*it));
      sequence.children.push_back(index);
    }
  }

  uint32_t Statement(Id id, uint32_t depth) {
    const std::string_view kind = tree_.kind(id);
    if (kind == "command") return reader_.Command(First(id), Last(id));
    if (kind == "redirected_statement") return Redirected(id, depth);
    if (kind == "negated_command") return Negated(id, depth);
    ShellNode node;
    node.span = SourceOf(id);
    if (kind == "pipeline" || kind == "subshell" || kind == "compound_statement") {
      node.kind = kind == "pipeline"   ? ShellNodeKind::kPipeline
                  : kind == "subshell" ? ShellNodeKind::kSubshell
                                       : ShellNodeKind::kGroup;
      Statements(tree_.Children(id), depth, node);
    } else if (kind == "if_statement") {
      node.kind = ShellNodeKind::kBranch;
      Parts(tree_.Children(id), depth, node);
    } else if (kind == "while_statement") {
      node.kind = ShellNodeKind::kLoop;
      Parts(tree_.Children(id), depth, node);
    } else if (kind == "for_statement") {
      node.kind = ShellNodeKind::kLoop;
      For(id, depth, node);
    } else if (kind == "case_statement") {
      node.kind = ShellNodeKind::kBranch;
      Case(id, depth, node);
    } else if (kind == "function_definition") {
      node.kind = ShellNodeKind::kFunction;
      Function(id, depth, node);
    } else {
      reader_.Flat(First(id), Last(id), node);
    }
    return parser_.Add(std::move(node));
  }

  // A sequence made of statements; the index of its one statement if it has one.
  uint32_t One(const std::vector<Id>& ids, Span span, uint32_t depth) {
    ShellNode sequence;
    sequence.span = span;
    Statements(ids, depth, sequence);
    if (sequence.children.size() == 1) return sequence.children[0];
    return parser_.Add(std::move(sequence));
  }

  uint32_t Negated(Id id, uint32_t depth) {
    const uint32_t index = One(tree_.Children(id), SourceOf(id), depth);
    parser_.node(index).negated = true;
    return index;
  }

  uint32_t Redirected(Id id, uint32_t depth) {
    const Id body = tree_.Child(id, "body");
    if (body == SyntaxTree::kNone || tree_.Is(body, "command")) {
      return reader_.Command(First(id), Last(id));
    }
    const uint32_t index = One({body}, SourceOf(id), depth);
    uint32_t target = index;  // a | b > f redirects b
    while (parser_.node(target).kind == ShellNodeKind::kPipeline ||
           parser_.node(target).kind == ShellNodeKind::kSequence) {
      if (parser_.node(target).children.empty()) break;
      target = parser_.node(target).children.back();
    }
    ShellNode holder;
    reader_.Redirections(Last(body), Last(id), holder);
    ShellNode& node = parser_.node(target);
    std::move(holder.redirections.begin(), holder.redirections.end(),
              std::back_inserter(node.redirections));
    node.substitutions.insert(node.substitutions.end(), holder.substitutions.begin(),
                              holder.substitutions.end());
    node.span.end = std::max(node.span.end, SourceOf(id).end);
    return index;
  }

  // The conditions and bodies of if and while, in order: a reserved word between two statements, or
  // a clause of its own, starts the next part.
  void Parts(const std::vector<Id>& ids, uint32_t depth, ShellNode& node) {
    std::vector<Id> part;
    auto close = [&] {
      if (part.empty()) return;
      ShellNode sequence;
      sequence.span = reader_.SourceOf(First(part.front()), Last(part.back()));
      Statements(part, depth + 1, sequence);
      node.children.push_back(parser_.Add(std::move(sequence)));
      part.clear();
    };
    for (const Id id : ids) {
      if (!part.empty() && HasReserved(Last(part.back()), First(id))) close();
      const std::string_view kind = tree_.kind(id);
      if (kind == "elif_clause" || kind == "else_clause" || kind == "do_group") {
        close();
        Parts(tree_.Children(id), depth, node);
      } else {
        part.push_back(id);
      }
    }
    close();
  }

  bool HasReserved(size_t first, size_t last) const {
    for (size_t i = first; i < last; ++i) {
      if (reader_.Is(i, TokenKind::kReserved)) return true;
    }
    return false;
  }

  void For(Id id, uint32_t depth, ShellNode& node) {
    std::vector<Id> body;
    size_t head_end = Last(id);
    for (const Id child : tree_.Children(id)) {
      if (!tree_.Is(child, "do_group") && !tree_.Is(child, "compound_statement")) continue;
      head_end = First(child);
      body.push_back(child);
    }
    for (size_t i = First(id) + 1; i < head_end; ++i) {
      if (!reader_.Is(i, TokenKind::kWord)) continue;
      if (i == First(id) + 1) {
        node.name = reader_.TextOf(i);
      } else {
        node.items.push_back(reader_.Word(i, node));
      }
    }
    Parts(body, depth, node);
  }

  void Case(Id id, uint32_t depth, ShellNode& node) {
    const size_t subject = First(id) + 1;
    if (subject < Last(id) && reader_.Is(subject, TokenKind::kWord)) {
      node.items.push_back(reader_.Word(subject, node));
    }
    for (const Id item : tree_.Children(id)) {
      if (!tree_.Is(item, "case_item")) continue;
      size_t patterns_end = First(item);
      while (patterns_end < Last(item) && reader_.TextOf(patterns_end) != ")") ++patterns_end;
      std::vector<Id> body;
      for (const Id child : tree_.Children(item)) {
        if (First(child) > patterns_end) body.push_back(child);
      }
      Parts(body, depth, node);
    }
  }

  void Function(Id id, uint32_t depth, ShellNode& node) {
    for (size_t i = First(id); i < Last(id) && node.name.empty(); ++i) {
      if (reader_.Is(i, TokenKind::kWord)) node.name = reader_.TextOf(i);
    }
    const Id body = tree_.Child(id, "body");
    if (body == SyntaxTree::kNone) return;
    Append(body, depth, node);
    reader_.Redirections(Last(body), Last(id), node);
  }

  ShellReader& reader_;
  ShellParser& parser_;
  const SyntaxTree& tree_;
  const std::vector<uint32_t> starts_;
  std::vector<bool> broken_;  // an ERROR is in the node
};

}  // namespace

bool ReadShellStructure(ShellReader& reader, ShellNode& sequence) {
  const ShellLimits& limits = reader.parser().limits();
  if (reader.text().size() > limits.script_bytes || reader.depth() >= limits.depth) return false;
  Skeleton skeleton = BuildSkeleton(reader);
  if (skeleton.longest_line > limits.line_bytes) return false;
  SyntaxLimits budget;
  budget.deadline = std::chrono::milliseconds(limits.parse_milliseconds);
  const Result<SyntaxTree> tree = ParseSyntax(Grammar::kBash, skeleton.text, budget);
  if (!tree) return false;
  Structure(reader, *tree, std::move(skeleton.starts)).Read(sequence);
  return true;
}

}  // namespace oakum
