#include "analyzer/syntax/shell.h"

#include <algorithm>
#include <utility>

#include "analyzer/syntax/shell_quote.h"
#include "analyzer/syntax/shell_reader.h"

namespace oakum {

namespace {

constexpr size_t kMaxNotices = 16;

bool IsRedirection(std::string_view op) {
  return op.find_first_of("<>") != std::string_view::npos;
}

bool IsDeclaration(std::string_view word) {
  return word == "export" || word == "declare" || word == "typeset" || word == "local" ||
         word == "readonly";
}

ShellRedirection::Kind KindOf(std::string_view op, std::string_view target) {
  using Kind = ShellRedirection::Kind;
  if (op == "<<" || op == "<<-") return Kind::kHeredoc;
  if (op == "<<<") return Kind::kHereString;
  if (op == ">>" || op == "&>>") return Kind::kAppend;
  const bool descriptor =
      target == "-" || (!target.empty() && std::all_of(target.begin(), target.end(), IsShellDigit));
  if ((op == ">&" || op == "<&") && descriptor) return Kind::kDuplicate;
  return op[0] == '<' && op != "<>" ? Kind::kRead : Kind::kWrite;
}

// Collects commands into pipelines and pipelines into a sequence.
class FlatSequence {
 public:
  FlatSequence(ShellParser& parser, ShellNode& sequence) : parser_(parser), sequence_(sequence) {}

  void AddCommand(uint32_t index, ShellConnector connector, bool negated) {
    parser_.node(index).negated = negated;
    if (pipeline_.empty()) connector_ = connector;
    pipeline_.push_back(index);
  }

  void EndPipeline() {
    if (pipeline_.empty()) return;
    uint32_t index = pipeline_[0];
    if (pipeline_.size() > 1) {
      ShellNode node;
      node.kind = ShellNodeKind::kPipeline;
      node.span =
          Span::Cover(parser_.node(pipeline_.front()).span, parser_.node(pipeline_.back()).span);
      node.children = pipeline_;
      index = parser_.Add(std::move(node));
    }
    pipeline_.clear();
    parser_.node(index).connector = connector_;
    sequence_.children.push_back(index);
  }

 private:
  ShellParser& parser_;
  ShellNode& sequence_;
  std::vector<uint32_t> pipeline_;
  ShellConnector connector_ = ShellConnector::kSequential;
};

}  // namespace

uint32_t ShellParser::Parse(const Value& script, uint32_t depth) {
  return ShellReader(*this, script, depth).Run();
}

uint32_t ShellParser::Add(ShellNode node) {
  out_.nodes.push_back(std::move(node));
  return static_cast<uint32_t>(out_.nodes.size() - 1);
}

void ShellParser::Say(std::string message, Span span) {
  if (out_.notices.size() < kMaxNotices) out_.notices.push_back({std::move(message), span});
}

ShellReader::ShellReader(ShellParser& parser, const Value& script, uint32_t depth)
    : parser_(parser), script_(script), depth_(depth), lexed_(LexShell(script.text())) {}

std::string_view ShellReader::TextOf(size_t token) const {
  const Span span = lexed_.tokens[token].span;
  return text().substr(span.begin, span.size());
}

Span ShellReader::SourceOf(size_t first, size_t last) const {
  if (first >= last) return script_.ToSource({0, 0});
  return script_.ToSource({lexed_.tokens[first].span.begin, lexed_.tokens[last - 1].span.end});
}

ShellWord ShellReader::Word(size_t token, ShellNode& node) {
  const Span span = lexed_.tokens[token].span;
  return WordAt(span, Expand(ReadShellWord(script_, span), node));
}

ShellWord ShellReader::WordAt(Span span, Value value) const {
  const std::string_view text = script_.text().substr(span.begin, span.size());
  const bool quoted = text.find_first_of("'\"") != std::string_view::npos;
  return {std::move(value), script_.ToSource(span), quoted};
}

// The words of an array, whatever lines they stand on. Their substitutions are its value's.
std::vector<ShellWord> ShellReader::Items(Span array) const {
  std::vector<ShellWord> items;
  const std::string_view text = script_.text().substr(array.begin, array.size());
  for (const ShellToken& token : LexShell(text).tokens) {
    if (token.kind != ShellToken::Kind::kWord && token.kind != ShellToken::Kind::kReserved)
      continue;
    const Span span{array.begin + token.span.begin, array.begin + token.span.end};
    items.push_back(WordAt(span, ReadShellWord(script_, span).value));
  }
  return items;
}

ShellConnector ShellReader::ConnectorBefore(size_t token) const {
  while (token > 0 && (Is(token - 1, ShellToken::Kind::kNewline) || TextOf(token - 1) == "!")) {
    --token;
  }
  if (token == 0 || !Is(token - 1, ShellToken::Kind::kOperator)) return ShellConnector::kSequential;
  const std::string_view op = TextOf(token - 1);
  return op == "&&"   ? ShellConnector::kAnd
         : op == "||" ? ShellConnector::kOr
         : op == "&"  ? ShellConnector::kBackground
                      : ShellConnector::kSequential;
}

uint32_t ShellReader::Run() {
  if (lexed_.unterminated) {
    parser_.Say("a quote or bracket in a shell script has no end",
                script_.ToSource({*lexed_.unterminated, *lexed_.unterminated + 1}));
  }
  ShellNode sequence;
  sequence.span = script_.ToSource();
  if (IsFlat()) {
    Flat(0, tokens().size(), sequence);
  } else if (!ReadShellStructure(*this, sequence)) {
    parser_.Say(
        "a shell script is too large or too deeply nested; its commands were read without "
        "their structure",
        sequence.span);
    Flat(0, tokens().size(), sequence);
  }
  return parser_.Add(std::move(sequence));
}

// Whether operators alone give the structure.
bool ShellReader::IsFlat() const {
  for (size_t i = 0; i < lexed_.tokens.size(); ++i) {
    if (Is(i, ShellToken::Kind::kReserved) && TextOf(i) != "!") return false;
    if (Is(i, ShellToken::Kind::kOperator) && (TextOf(i) == "(" || TextOf(i) == ")")) return false;
  }
  return true;
}

Value ShellReader::Expand(ShellExpansion expansion, ShellNode& node) {
  for (const Value& command : expansion.commands) {
    if (depth_ + 1 >= parser_.limits().depth) {
      parser_.Say("command substitutions nest too deeply; the inner ones were passed over",
                  command.ToSource());
      break;
    }
    node.substitutions.push_back(parser_.Parse(command, depth_ + 1));
  }
  return std::move(expansion.value);
}

bool ShellReader::Assign(size_t token, ShellNode& node) {
  const Span span = lexed_.tokens[token].span;
  const std::string_view word = TextOf(token);
  const uint32_t prefix = ShellAssignmentPrefix(word);
  if (prefix == 0) return false;
  ShellAssignment assignment;
  const uint32_t name = ShellNameLength(word);
  assignment.name = word.substr(0, name);
  assignment.name_span = script_.ToSource({span.begin, span.begin + name});
  assignment.span = script_.ToSource(span);
  assignment.append = word[prefix - 1] == '=' && prefix >= 2 && word[prefix - 2] == '+';
  Span value{span.begin + prefix, span.end};
  assignment.array = value.size() >= 2 && word[prefix] == '(' && word.back() == ')';
  if (assignment.array) {
    value = {value.begin + 1, value.end - 1};
    assignment.items = Items(value);
  }
  assignment.value = Expand(ReadShellWord(script_, value), node);
  node.assignments.push_back(std::move(assignment));
  return true;
}

// Reads the redirection at token `at`; returns the token behind it, or `at` if there is none.
size_t ShellReader::Redirect(size_t at, size_t last, ShellNode& node) {
  const size_t first = at;
  int fd = -1;
  if (Is(at, ShellToken::Kind::kDescriptor)) {
    fd = 0;
    for (char c : TextOf(at).substr(0, 4)) fd = fd * 10 + (c - '0');
    if (++at >= last) return at;
  }
  if (!Is(at, ShellToken::Kind::kOperator)) return first;
  const std::string_view op = TextOf(at);
  if (!IsRedirection(op)) return first;
  const int heredoc = lexed_.tokens[at].heredoc;
  ++at;
  ShellRedirection redirection;
  std::string_view target;
  if (at < last && Is(at, ShellToken::Kind::kWord)) target = TextOf(at++);
  redirection.kind = KindOf(op, target);
  redirection.fd = fd >= 0 ? fd : op[0] == '<' ? 0 : 1;
  redirection.span = SourceOf(first, at);
  if (heredoc >= 0) {
    const ShellHeredoc& body = lexed_.heredocs[static_cast<size_t>(heredoc)];
    redirection.target =
        Expand(ReadShellHeredoc(script_, body.body, body.expand, body.strip_tabs), node);
  } else if (!target.empty()) {
    redirection.target = Word(at - 1, node).value;
  }
  node.redirections.push_back(std::move(redirection));
  return at;
}

void ShellReader::Redirections(size_t first, size_t last, ShellNode& node) {
  while (first < last) {
    const size_t next = Redirect(first, last, node);
    first = std::max(next, first + 1);
  }
}

uint32_t ShellReader::Command(size_t first, size_t last) {
  ShellNode node;
  node.kind = ShellNodeKind::kCommand;
  node.span = SourceOf(first, last);
  bool declaration = false;
  for (size_t i = first; i < last;) {
    if (const size_t next = Redirect(i, last, node); next != i) {
      i = next;
      continue;
    }
    const bool operand = node.words.empty() || declaration;
    if (!operand || !Assign(i, node)) {
      node.words.push_back(Word(i, node));
      if (node.words.size() == 1) declaration = IsDeclaration(node.words[0].value.text());
    }
    ++i;
  }
  return parser_.Add(std::move(node));
}

void ShellReader::Flat(size_t first, size_t last, ShellNode& sequence) {
  FlatSequence out(parser_, sequence);
  size_t begin = first;
  bool negated = false;
  bool header = false;  // the words of for, select, case and function are no command
  bool after_pipe = false;
  for (size_t i = first; i <= last; ++i) {
    const std::string_view text = i < last ? TextOf(i) : ";";
    const ShellToken::Kind kind = i < last ? tokens()[i].kind : ShellToken::Kind::kOperator;
    if (kind == ShellToken::Kind::kWord || kind == ShellToken::Kind::kDescriptor ||
        (kind == ShellToken::Kind::kOperator && IsRedirection(text))) {
      after_pipe = false;
      continue;
    }
    const bool definition = text == "(" && i == begin + 1 && i + 1 < last && TextOf(i + 1) == ")";
    if (begin < i && !header && !definition) {
      out.AddCommand(Command(begin, i), ConnectorBefore(begin), std::exchange(negated, false));
    }
    begin = i + 1;
    if (kind == ShellToken::Kind::kReserved) {
      header = text == "for" || text == "select" || text == "case" || text == "function" ||
               (text == "in" && header);
      if (text == "!") negated = true;
    } else {
      header = false;
    }
    if (text == "|" || text == "|&") {
      after_pipe = true;
    } else if (text != "!" && (kind != ShellToken::Kind::kNewline || !after_pipe)) {
      out.EndPipeline();
    }
  }
}

ShellScript ParseShell(const Value& script, const ShellLimits& limits) {
  ShellScript out;
  ShellParser parser(limits, out);
  out.root = parser.Parse(script, 0);
  return out;
}

}  // namespace oakum
