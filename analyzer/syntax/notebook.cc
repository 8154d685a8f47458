#include "analyzer/syntax/notebook.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/syntax/json.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// `{name}` and `{name.attribute}` of a shell line: IPython fills in the expression. `${name}` is
// the shell's own.
Value FillExpressions(const Value& line) {
  ValueRewriter rewriter(line);
  const std::string_view text = line.text();
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{' || (i > 0 && text[i - 1] == '$')) continue;
    size_t end = i + 1;
    while (end < text.size() && (IsNameCharacter(text[end]) || text[end] == '.')) ++end;
    const std::string_view name = text.substr(i + 1, end - i - 1);
    const bool digit = !name.empty() && name[0] >= '0' && name[0] <= '9';
    if (end == text.size() || text[end] != '}' || name.empty() || digit) continue;
    rewriter.Replace(i, end + 1, HoleNamed(name, HoleOrigin::kExpression));
    i = end;
  }
  return std::move(rewriter).Finish();
}

// Whether the text up to a line leaves a string, a bracket or a continuation open: then the line is
// part of a statement, and a `%` or `!` at its start is Python's.
class StatementState {
 public:
  bool inside() const { return quote_ != 0 || depth_ > 0 || continued_; }

  void Read(std::string_view line) {
    continued_ = line.ends_with('\\') || line.ends_with("\\\r");
    for (size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      const bool triple = line.substr(i, 3) == std::string(3, c);
      if (quote_ != 0) {
        if (c == '\\') {
          ++i;
        } else if (c == quote_ && triple) {
          quote_ = 0;
          i += 2;
        }
      } else if (c == '#') {
        return;
      } else if (c == '"' || c == '\'') {
        if (triple) {
          quote_ = c;
          i += 2;
        } else {  // to its end on this line
          for (++i; i < line.size() && line[i] != c; ++i) {
            if (line[i] == '\\') ++i;
          }
        }
      } else if (c == '(' || c == '[' || c == '{') {
        ++depth_;
      } else if ((c == ')' || c == ']' || c == '}') && depth_ > 0) {
        --depth_;
      }
    }
  }

 private:
  char quote_ = 0;
  int depth_ = 0;
  bool continued_ = false;
};

// The name of a line or cell magic, after its percent signs.
std::string_view MagicName(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && (IsNameCharacter(text[end]) || text[end] == '!')) ++end;
  return text.substr(0, end);
}

bool RunsShell(std::string_view magic) {
  return magic == "bash" || magic == "sh" || magic == "script" || magic == "system" ||
         magic == "!" || magic == "sx";
}

bool IsInstaller(std::string_view magic) {
  return magic == "pip" || magic == "conda" || magic == "mamba" || magic == "uv";
}

class CellSplitter {
 public:
  CellSplitter(const Value& cell, Notebook& notebook, Value::Builder& python)
      : cell_(cell), notebook_(notebook), python_(python) {}

  void Split() {
    uint32_t begin = 0;
    while (begin < cell_.size() && SkipsLine(LineAt(begin))) begin = NextLine(begin);
    if (cell_.text().substr(begin).starts_with("%%")) {
      const std::string_view line = LineAt(begin);
      const uint32_t body = NextLine(begin);
      const std::string_view magic = MagicName(line.substr(2));
      if (RunsShell(magic)) notebook_.scripts.push_back(FillExpressions(cell_.Slice(body)));
      const bool python = magic == "time" || magic == "timeit" || magic == "capture" ||
                          magic == "prun" || magic == "python" || magic == "python3";
      if (!python) {
        if (!RunsShell(magic)) notebook_.magics.push_back(cell_.Slice({begin, EndOfLine(begin)}));
        return;
      }
      begin = body;
    }
    while (begin < cell_.size()) begin = Line(begin);
    python_.AppendDecoded("\n", cell_.ToSource({cell_.size(), cell_.size()}));
  }

 private:
  std::string_view LineAt(uint32_t begin) const {
    return cell_.text().substr(
        begin, std::min<size_t>(cell_.text().find('\n', begin), cell_.size()) - begin);
  }
  uint32_t EndOfLine(uint32_t begin) const {
    return begin + static_cast<uint32_t>(LineAt(begin).size());
  }
  uint32_t NextLine(uint32_t begin) const { return std::min(cell_.size(), EndOfLine(begin) + 1); }
  static bool SkipsLine(std::string_view line) {
    const size_t first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos || line[first] == '#';
  }

  // Handles the line at `begin`, with its continuations if it is a command; gives the next one.
  uint32_t Line(uint32_t begin) {
    const std::string_view line = LineAt(begin);
    uint32_t first = 0;
    while (first < line.size() && IsBlank(line[first])) ++first;
    const std::string_view code = line.substr(first);
    const bool marked = !statement_.inside() && !code.empty() && (code[0] == '!' || code[0] == '%');
    const size_t assigned =
        marked || statement_.inside() ? std::string_view::npos : AssignedCommand(code);
    if (!marked && assigned == std::string_view::npos) {
      statement_.Read(line);
      const uint32_t next = NextLine(begin);
      python_.Append(cell_.Slice({begin, next}));
      return next;
    }
    uint32_t end = begin + static_cast<uint32_t>(line.size());
    while (end < cell_.size() && cell_.text()[end - 1] == '\\') {
      end += 1 + static_cast<uint32_t>(LineAt(end + 1).size());
    }
    const uint32_t at = begin + first + static_cast<uint32_t>(marked ? 0 : assigned);
    Command(cell_.Slice({at, std::min(end, cell_.size())}));
    python_.Append(cell_.Slice({begin, begin + first}));
    python_.AppendDecoded("pass\n", cell_.ToSource({begin, end}));
    return std::min(cell_.size(), end + 1);
  }

  // Where the `!` of `name = !command` is, or npos.
  static size_t AssignedCommand(std::string_view code) {
    size_t i = 0;
    while (i < code.size() && IsNameCharacter(code[i])) ++i;
    if (i == 0) return std::string_view::npos;
    while (i < code.size() && IsBlank(code[i])) ++i;
    if (i >= code.size() || code[i] != '=') return std::string_view::npos;
    ++i;
    while (i < code.size() && IsBlank(code[i])) ++i;
    return i < code.size() && code[i] == '!' ? i : std::string_view::npos;
  }

  // `!...` or `%...`.
  void Command(const Value& line) {
    if (line.text().starts_with("!")) {
      const uint32_t begin = line.text().starts_with("!!") ? 2 : 1;
      notebook_.scripts.push_back(FillExpressions(line.Slice(begin)));
      return;
    }
    const std::string_view magic = MagicName(line.text().substr(1));
    const auto rest = static_cast<uint32_t>(1 + magic.size());
    if (IsInstaller(magic)) {
      notebook_.scripts.push_back(FillExpressions(line.Slice(1)));
    } else if (RunsShell(magic)) {
      notebook_.scripts.push_back(FillExpressions(line.Slice(rest)));
    } else if (magic == "env" || magic == "set_env") {
      const Value pair = line.Slice(rest).Trimmed();
      const size_t split = pair.text().find_first_of("= ");
      if (split == std::string_view::npos) return notebook_.magics.push_back(line);
      const auto at = static_cast<uint32_t>(split);
      notebook_.variables.push_back(
          {pair.Slice({0, at}), FillExpressions(pair.Slice(at + 1).Trimmed())});
    } else {
      notebook_.magics.push_back(line);
    }
  }

  const Value& cell_;
  Notebook& notebook_;
  Value::Builder& python_;
  StatementState statement_;
};

// A cell's text: one string or the lines it was split into.
Value CellText(const DataTree& tree, DataTree::Id source) {
  if (tree.Is(source, DataKind::kText)) return tree[source].value;
  Value::Builder builder;
  for (DataTree::Id line : tree.Children(source)) builder.Append(tree[line].value);
  return std::move(builder).Build();
}

}  // namespace

void SplitCell(const Value& cell, Notebook& notebook, Value::Builder& python) {
  CellSplitter(cell, notebook, python).Split();
}

Notebook ParseNotebook(const Value& text) {
  Notebook notebook;
  const JsonText json = ParseJson(text);
  notebook.error = json.error;
  const DataTree& tree = json.tree;
  Value::Builder python;
  std::vector<Span> parts;  // of `python`, by cell
  auto read_cells = [&](DataTree::Id holder) {
    for (DataTree::Id cell : tree.Children(tree.Find(holder, "cells"))) {
      DataTree::Id source = tree.Find(cell, "source");
      if (source == DataTree::kNone) source = tree.Find(cell, "input");  // nbformat 3
      const DataTree::Id kind = tree.Find(cell, "cell_type");
      if (source == DataTree::kNone || kind == DataTree::kNone) continue;
      const Value body = CellText(tree, source);
      const uint32_t begin = python.size();
      if (tree[kind].value.text() == "code") {
        SplitCell(body, notebook, python);
      } else if (tree[kind].value.text() == "markdown") {
        notebook.markdown.push_back(body);
      }
      notebook.cells.push_back({std::string(tree[kind].value.text()), body, {}});
      parts.push_back({begin, python.size()});
    }
  };
  read_cells(tree.root());
  for (DataTree::Id sheet : tree.Children(tree.Find(tree.root(), "worksheets"))) read_cells(sheet);
  notebook.python = std::move(python).Build();
  for (size_t i = 0; i < parts.size(); ++i) {
    notebook.cells[i].python = notebook.python.Slice(parts[i]);
  }
  return notebook;
}

}  // namespace oakum
