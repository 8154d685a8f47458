#include "analyzer/syntax/justfile.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/syntax/identifier.h"

namespace oakum {

namespace {

size_t NameEndOfJust(std::string_view text, size_t at) {
  if (at >= text.size() || !IsNameStart(text[at])) return at;
  while (at < text.size() && (IsNameByte(text[at]) || text[at] == '-')) ++at;
  return at;
}

size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
  return at;
}

// The interpreter of a `#!` line: the last segment of its path, of its first argument for env.
std::string Interpreter(std::string_view line) {
  line.remove_prefix(std::min<size_t>(2, line.size()));
  while (!line.empty()) {
    const size_t begin = SkipBlanks(line, 0);
    const size_t end = std::min(line.find_first_of(" \t\r\n", begin), line.size());
    const std::string_view word = BaseName(line.substr(begin, end - begin));
    if (word != "env" && !word.starts_with('-') && word.find('=') == word.npos) {
      return std::string(word);
    }
    line.remove_prefix(end);
  }
  return {};
}

class Reader {
 public:
  explicit Reader(const MappedText& text) : mapped_(text), text_(text.text()) {}

  Justfile Run() {
    while (at_ < text_.size()) {
      Item();
      NextLine();
    }
    if (export_all_) {
      for (JustVariable& variable : result_.variables) variable.exported = true;
    }
    return std::move(result_);
  }

 private:
  MappedText Part(size_t begin, size_t end) const {
    return mapped_.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  size_t LineEnd(size_t at) const { return std::min(text_.find('\n', at), text_.size()); }
  void NextLine() { at_ = std::min(LineEnd(at_) + 1, text_.size()); }

  bool TakeWord(std::string_view word) {
    const size_t end = NameEndOfJust(text_, at_);
    if (text_.substr(at_, end - at_) != word) return false;
    const size_t next = SkipBlanks(text_, end);
    // A variable or a recipe may be called so: `export := "x"`, `set:`.
    if (next >= text_.size() || text_[next] == ':' || text_[next] == '\n') return false;
    at_ = next;
    return true;
  }

  // Whatever begins in the first column. Leaves at_ in its last line.
  void Item() {
    const char c = text_[at_];
    if (c == '[') return Attribute();
    if (c != '@' && !IsNameStart(c)) return;
    if (TakeWord("set")) return Setting();
    for (const std::string_view word : {"alias", "import", "mod", "unexport"}) {
      if (TakeWord(word)) return;
    }
    const bool exported = TakeWord("export");
    if (c != '@' && Variable(exported)) return;
    if (!exported) Recipe();
  }

  std::optional<JustExpression> Assigned() {
    const size_t op = SkipBlanks(text_, at_);
    if (!text_.substr(op).starts_with(":=")) return std::nullopt;
    JustExpression read = ReadJustExpression(mapped_, op + 2);
    at_ = read.end;
    result_.commands.insert(result_.commands.end(), read.commands.begin(), read.commands.end());
    return read;
  }

  bool Variable(bool exported) {
    const size_t begin = at_;
    const size_t end = NameEndOfJust(text_, at_);
    at_ = end;
    std::optional<JustExpression> read = Assigned();
    if (!read) {
      at_ = begin;
      return false;
    }
    Add(result_.variables, begin, end, std::move(*read), exported);
    return true;
  }

  void Add(std::vector<JustVariable>& to, size_t begin, size_t end, JustExpression read,
           bool exported) {
    JustVariable variable;
    variable.name = text_.substr(begin, end - begin);
    variable.name_span = Part(begin, end).ToSource();
    variable.span = Part(begin, std::max(read.end, end)).ToSource();
    variable.value = std::move(read.value);
    variable.exported = exported;
    to.push_back(std::move(variable));
  }

  // set shell := ["bash", "-c"]; set export
  void Setting() {
    const size_t begin = at_;
    at_ = NameEndOfJust(text_, at_);
    const std::string_view name = text_.substr(begin, at_ - begin);
    const std::string_view rest = text_.substr(at_, LineEnd(at_) - at_);
    const size_t op = rest.find(":=");
    if (name == "export") export_all_ = op == rest.npos || rest.find("true") != rest.npos;
    if (op == rest.npos) return;
    const size_t list = SkipBlanks(text_, at_ + op + 2);
    if (list >= text_.size() || text_[list] != '[') return;
    if (name == "shell") {
      result_.shell = BaseName(ReadJustExpression(mapped_, list + 1).value.text());
    } else if (name == "script-interpreter") {
      script_interpreter_ = BaseName(ReadJustExpression(mapped_, list + 1).value.text());
    }
    at_ = std::min(text_.find(']', list), text_.size());
  }

  // [private], [script], [script("python3")]
  void Attribute() {
    const std::string_view line = text_.substr(at_, LineEnd(at_) - at_);
    const size_t script = line.find("script");
    if (script == line.npos || line[script - 1] == '-') return;
    interpreter_ = script_interpreter_;
    const size_t after = script + std::string_view("script").size();
    if (after < line.size() && (line[after] == '(' || line[after] == ':')) {
      interpreter_ = BaseName(ReadJustExpression(mapped_, at_ + after + 1).value.text());
    }
    if (interpreter_.empty()) interpreter_ = "sh";
  }

  void Recipe() {
    JustRecipe recipe;
    recipe.interpreter = std::exchange(interpreter_, {});
    if (text_[at_] == '@') ++at_;
    at_ = NameEndOfJust(text_, at_);
    if (!Parameters(recipe)) return;
    Body(recipe);
    result_.recipes.push_back(std::move(recipe));
  }

  // `name`, `$name`, `*name`, `name="default"`, up to the colon.
  bool Parameters(JustRecipe& recipe) {
    while (true) {
      at_ = SkipBlanks(text_, at_);
      if (at_ >= text_.size() || text_[at_] == '\n') return false;
      if (text_[at_] == ':') return true;
      bool exported = false;
      while (at_ < text_.size() && (text_[at_] == '$' || text_[at_] == '*' || text_[at_] == '+')) {
        exported |= text_[at_++] == '$';
      }
      const size_t begin = at_;
      const size_t end = NameEndOfJust(text_, at_);
      if (end == begin) return false;
      at_ = SkipBlanks(text_, end);
      JustExpression read;
      if (at_ < text_.size() && text_[at_] == '=') {
        read = ReadJustExpression(mapped_, at_ + 1);
        at_ = read.end;
        result_.commands.insert(result_.commands.end(), read.commands.begin(), read.commands.end());
      }
      Add(recipe.parameters, begin, end, std::move(read), exported || export_all_);
    }
  }

  // The indented lines behind the head; at_ is left in the last of them.
  void Body(JustRecipe& recipe) {
    size_t next = std::min(LineEnd(at_) + 1, text_.size());
    std::vector<std::pair<size_t, size_t>> lines;  // with their line ends
    size_t indent = 0;
    while (next < text_.size()) {
      const size_t end = std::min(LineEnd(next) + 1, text_.size());
      const size_t first = SkipBlanks(text_, next);
      const bool blank = first >= text_.size() || text_[first] == '\n';
      if (!blank && first == next) break;
      if (!blank && indent == 0) indent = first - next;
      if (!blank) at_ = next;
      const size_t begin = blank ? std::min(first, end) : std::min(next + indent, first);
      if (indent > 0) lines.emplace_back(begin, end);
      next = end;
    }
    if (lines.empty()) return;
    const std::string_view first = text_.substr(lines[0].first, lines[0].second - lines[0].first);
    if (first.starts_with("#!")) recipe.interpreter = Interpreter(first);
    if (recipe.interpreter.empty()) {
      Lines(lines, recipe);
    } else {
      Emit(lines.begin(), lines.end(), recipe);
    }
  }

  using LineIterator = std::vector<std::pair<size_t, size_t>>::iterator;

  void Emit(LineIterator begin, LineIterator end, JustRecipe& recipe) {
    MappedText::Builder text;
    for (; begin != end; ++begin) text.Append(Part(begin->first, begin->second));
    recipe.scripts.push_back(JustInterpolations(std::move(text).Build(), result_.commands));
  }

  // Each with the lines that it goes on over.
  void Lines(std::vector<std::pair<size_t, size_t>>& lines, JustRecipe& recipe) {
    for (LineIterator at = lines.begin(); at != lines.end();) {
      LineIterator end = at;
      while (end != lines.end() && GoesOn(end->first, end->second)) ++end;
      if (end != lines.end()) ++end;
      at->first = std::min(text_.find_first_not_of(" \t@-?", at->first), at->second);
      if (at->first < at->second && text_[at->first] != '\n') Emit(at, end, recipe);
      at = end;
    }
  }

  bool GoesOn(size_t begin, size_t end) const {
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
    size_t count = 0;
    while (end > begin + count && text_[end - 1 - count] == '\\') ++count;
    return count % 2 == 1;
  }

  const MappedText& mapped_;
  const std::string_view text_;
  size_t at_ = 0;
  bool export_all_ = false;
  std::string interpreter_;  // of an attribute of the recipe to come
  std::string script_interpreter_;
  Justfile result_;
};

}  // namespace

Justfile ParseJustfile(const MappedText& text) {
  return Reader(text).Run();
}

}  // namespace oakum
