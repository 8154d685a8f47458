#include "analyzer/syntax/makefile.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/syntax/makefile_target.h"

namespace oakum {

namespace {

constexpr std::string_view kBlanks = " \t\r";

// Where a line that is no recipe is split: `NAME op value` or `targets : rest`.
struct Split {
  size_t name_end = 0;
  size_t rest = 0;
  char op = '=';  // '=', '+', '!' or ':' for a rule
};

// The first `=` or `:` outside of references.
std::optional<Split> SplitLine(std::string_view line) {
  int depth = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '(' || c == '{') ++depth;
    if (c == ')' || c == '}') --depth;
    if (depth > 0 || (c != '=' && c != ':')) continue;
    if (c == '=') {
      const char before = i > 0 ? line[i - 1] : '\0';
      const bool two = before == '?' || before == '+' || before == '!';
      return Split{two ? i - 1 : i, i + 1, before == '+' || before == '!' ? before : '='};
    }
    const size_t colons = std::min(line.find_first_not_of(':', i), line.size());
    if (colons < line.size() && line[colons] == '=') return Split{i, colons + 1, '='};
    return Split{i, colons, ':'};
  }
  return std::nullopt;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// Takes the word off the front of the text, if it is there.
bool TakeWord(std::string_view& text, std::string_view word) {
  const std::string_view rest = Trim(text);
  if (!rest.starts_with(word)) return false;
  if (rest.size() > word.size() && rest[word.size()] != ' ' && rest[word.size()] != '\t') {
    return false;
  }
  text = Trim(rest.substr(word.size()));
  return true;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlnum(c) || c == '_' || c == '.' || c == '-';
  });
}

class Reader {
 public:
  explicit Reader(const MappedText& text) : mapped_(text), text_(text.text()) {}

  Makefile Run() {
    while (at_ < text_.size()) {
      if (in_rule_ && text_[at_] == prefix_) {
        Recipe();
      } else {
        Line();
      }
    }
    if (!script_.empty()) Emit();
    result_.scripts = ScriptsInOrder(result_.rules);
    return std::move(result_);
  }

 private:
  MappedText Part(size_t begin, size_t end) const {
    return mapped_.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  size_t LineEnd(size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

  // Whether the line that ends there goes on behind an odd number of backslashes.
  bool GoesOn(size_t begin, size_t end) const {
    if (end > begin && text_[end - 1] == '\r') --end;
    size_t count = 0;
    while (end > begin + count && text_[end - 1 - count] == '\\') ++count;
    return count % 2 == 1;
  }

  void Recipe() {
    ++at_;
    at_ = std::min(text_.find_first_not_of(" \t@+-", at_), text_.size());
    Script();
  }

  // A script that begins here, with the lines it goes on over.
  void Script() {
    MappedText::Builder line;
    while (at_ < text_.size()) {
      const size_t end = LineEnd(at_);
      const bool goes_on = GoesOn(at_, end);
      line.Append(Part(at_, std::min(end + 1, text_.size())));
      at_ = std::min(end + 1, text_.size());
      if (!goes_on) break;
      if (at_ < text_.size() && text_[at_] == prefix_) ++at_;
    }
    script_.Append(MakeReferences(std::move(line).Build()));
    if (!one_shell_) Emit();
  }

  // Recipes stand behind a rule.
  void Emit() { result_.rules.back().scripts.push_back(std::exchange(script_, {}).Build()); }

  // A logical line that is no recipe: what continues is joined with a blank, a comment is gone.
  MappedText Logical() {
    MappedText::Builder line;
    while (at_ < text_.size()) {
      const size_t end = LineEnd(at_);
      const bool goes_on = GoesOn(at_, end);
      const size_t comment = CommentIn(at_, end);
      size_t stop = std::min(comment, end);
      if (goes_on && stop == end) {
        stop = text_.find_last_of('\\', end);
        while (stop > at_ && kBlanks.find(text_[stop - 1]) != kBlanks.npos) --stop;
      }
      if (!in_comment_) line.Append(Part(at_, stop));
      in_comment_ = goes_on && (in_comment_ || comment < end);
      at_ = std::min(end + 1, text_.size());
      if (!goes_on) break;
      line.AppendDecoded(
          " ", mapped_.ToSource({static_cast<uint32_t>(stop), static_cast<uint32_t>(at_)}));
      at_ = std::min(text_.find_first_not_of(" \t", at_), text_.size());
    }
    return std::move(line).Build();
  }

  size_t CommentIn(size_t begin, size_t end) const {
    const std::string_view line = text_.substr(begin, end - begin);
    for (size_t at = line.find('#'); at != line.npos; at = line.find('#', at + 1)) {
      if (at == 0 || line[at - 1] != '\\') return begin + at;
    }
    return text_.npos;
  }

  void Line() {
    const size_t begin = at_;
    const MappedText line = Logical();
    std::string_view text = Trim(line.text());
    if (text.empty() || Conditional(text)) return;
    if (TakeWord(text, "define") || (TakeWord(text, "override") && TakeWord(text, "define"))) {
      return Define(text, begin);
    }
    for (const std::string_view word : {"include", "-include", "sinclude", "vpath", "unexport"}) {
      if (TakeWord(text, word)) return;
    }
    const std::optional<Split> split = SplitLine(line.text());
    if (!split) return;
    in_rule_ = false;
    if (split->op == ':') {
      Rule(line, *split);
    } else {
      Variable(line, *split, 0, depth_ > 0);
    }
  }

  bool Conditional(std::string_view text) {
    for (const std::string_view word : {"ifeq", "ifneq", "ifdef", "ifndef"}) {
      if (TakeWord(text, word) ||
          (text.starts_with(word) && text.substr(word.size()).starts_with('('))) {
        ++depth_;
        return true;
      }
    }
    if (TakeWord(text, "endif")) {
      depth_ = std::max(0, depth_ - 1);
      return true;
    }
    return TakeWord(text, "else");
  }

  // Everything up to `endef`.
  void Define(std::string_view head, size_t begin) {
    head = Trim(head.substr(0, head.find_first_of("=:?+!")));
    const size_t body = at_;
    size_t end = at_;
    while (at_ < text_.size()) {
      end = at_;
      const size_t line_end = LineEnd(at_);
      const bool last = Trim(text_.substr(at_, line_end - at_)).starts_with("endef");
      at_ = std::min(line_end + 1, text_.size());
      if (last) break;
      end = at_;
    }
    if (!IsName(head)) return;
    MakeVariable variable;
    variable.name = head;
    variable.value = MakeReferences(Part(body, end));
    variable.span = mapped_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    variable.name_span = variable.span;
    variable.conditional = depth_ > 0;
    result_.variables.push_back(std::move(variable));
  }

  // `from`: where the definition begins in the line, behind the targets it is for.
  void Variable(const MappedText& line, const Split& split, size_t from, bool conditional) {
    const std::string_view text = line.text();
    std::string_view name = text.substr(from, split.name_end - from);
    MakeVariable variable;
    for (bool more = true; more;) {
      const bool exported = TakeWord(name, "export");
      variable.exported |= exported;
      more = exported || TakeWord(name, "override") || TakeWord(name, "private");
    }
    name = Trim(name);
    if (!IsName(name)) return;
    if (name == ".RECIPEPREFIX") {
      const std::string_view prefix = Trim(text.substr(split.rest));
      prefix_ = prefix.empty() ? '\t' : prefix[0];
      return;
    }
    const auto begin = static_cast<uint32_t>(name.data() - text.data());
    variable.name = name;
    variable.name_span = line.ToSource({begin, begin + static_cast<uint32_t>(name.size())});
    const MappedText value = line.Slice(static_cast<uint32_t>(split.rest)).Trimmed();
    variable.value = MakeReferences(value);
    variable.span = Span::Cover(variable.name_span, value.ToSource());
    variable.append = split.op == '+';
    variable.command = split.op == '!';
    variable.conditional = conditional;
    result_.variables.push_back(std::move(variable));
  }

  // `targets: prerequisites ; recipe`, or a variable of these targets alone.
  void Rule(const MappedText& line, const Split& split) {
    const std::string_view text = line.text();
    if (Trim(text.substr(0, split.name_end)) == ".ONESHELL") one_shell_ = true;
    const std::string_view rest = text.substr(split.rest);
    const size_t semicolon = rest.find(';');
    if (std::optional<Split> own = SplitLine(rest.substr(0, semicolon)); own && own->op != ':') {
      own->name_end += split.rest;
      own->rest += split.rest;
      return Variable(line, *own, split.rest, true);
    }
    in_rule_ = true;
    if (one_shell_ && !script_.empty()) Emit();
    const auto prerequisites = static_cast<uint32_t>(split.rest);
    const auto end = static_cast<uint32_t>(std::min(rest.size(), semicolon)) + prerequisites;
    result_.rules.push_back(
        {MakeWords(MakeReferences(line.Slice({0, static_cast<uint32_t>(split.name_end)}))),
         MakeWords(MakeReferences(line.Slice({prerequisites, end}))),
         {}});
    if (semicolon == rest.npos) return;
    const auto recipe = static_cast<uint32_t>(split.rest + semicolon + 1);
    script_.Append(MakeReferences(line.Slice(recipe).Trimmed()));
    if (!one_shell_) Emit();
  }

  const MappedText& mapped_;
  const std::string_view text_;
  size_t at_ = 0;
  char prefix_ = '\t';
  bool in_rule_ = false;
  bool one_shell_ = false;
  bool in_comment_ = false;
  int depth_ = 0;  // of conditionals
  Value::Builder script_;
  Makefile result_;
};

}  // namespace

Makefile ParseMakefile(const MappedText& text) {
  return Reader(text).Run();
}

}  // namespace oakum
