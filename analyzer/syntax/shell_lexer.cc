#include "analyzer/syntax/shell_lexer.h"

#include <algorithm>
#include <utility>

#include "analyzer/syntax/shell_quote.h"

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;
// Scans to the end of the text that may fail before openers are taken as text unseen.
constexpr int kFailureBudget = 32;

constexpr std::string_view kOperators[] = {";;&", "<<<", "<<-", "&>>", "&&", "||", ";;", ";&",
                                           "|&",  "&>",  ">>",  ">|",  ">&", "<&", "<>", "<<",
                                           "<",   ">",   "|",   "&",   ";",  "(",  ")"};

constexpr std::string_view kReserved[] = {"!",    "if",    "then",  "elif", "else",    "fi",
                                          "for",  "while", "until", "do",   "done",    "select",
                                          "case", "esac",  "{",     "}",    "function"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  ShellTokens Run() {
    while (i_ < text_.size()) Next();
    return std::move(result_);
  }

 private:
  using Kind = ShellToken::Kind;

  void Next() {
    const char c = text_[i_];
    if (IsShellBlank(c)) {
      ++i_;
    } else if (const size_t skip = ShellContinuation(text_, i_)) {
      i_ += skip;
    } else if (c == '\n') {
      Emit(Kind::kNewline, i_, i_ + 1);
      ReadBodies();
      StartCommand();
    } else if (c == '#') {
      i_ = std::min(text_.find('\n', i_), text_.size());
    } else if ((c == '<' || c == '>') && ShellCharAt(text_, i_ + 1) == '(') {
      Word();
    } else if (IsShellMeta(c)) {
      Operator();
    } else {
      Word();
    }
  }

  void Emit(Kind kind, size_t begin, size_t end) {
    result_.tokens.push_back({kind, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}});
    i_ = end;
  }

  void StartCommand() {
    command_start_ = true;
    words_ = 0;
    opener_ = {};
    redirected_ = false;
  }

  void ReadBodies() {
    size_t index = result_.heredocs.size() - pending_.size();
    for (const HeredocDelimiter& delimiter : pending_) {
      result_.heredocs[index++].body = SkipHeredocBody(text_, delimiter, i_);
    }
    pending_.clear();
  }

  void Operator() {
    const size_t begin = i_;
    if (text_[i_] == '(' && ShellCharAt(text_, i_ + 1) == '(' &&
        (command_start_ || (opener_ == "for" && words_ == 0))) {
      if (const std::optional<uint32_t> end = Skip(begin)) {
        Emit(Kind::kWord, begin, *end);  // ((arithmetic)) is a command of one word
        command_start_ = false;
        ++words_;
        return;
      }
    }
    std::string_view op;
    for (std::string_view candidate : kOperators) {
      if (!text_.substr(i_).starts_with(candidate)) continue;
      op = candidate;
      break;
    }
    Emit(Kind::kOperator, begin, begin + op.size());
    if (op == "<<" || op == "<<-") {
      Heredoc(op == "<<-");
    } else if (op.find_first_of("<>") == kNone) {
      StartCommand();
    } else {
      redirected_ = true;
    }
  }

  void Heredoc(bool strip_tabs) {
    const size_t operator_end = i_;
    HeredocDelimiter delimiter = ReadHeredocDelimiter(text_, i_);
    delimiter.strip_tabs = strip_tabs;
    size_t word = operator_end;
    while (word < i_ && IsShellBlank(text_[word])) ++word;
    result_.tokens.back().heredoc = static_cast<int>(result_.heredocs.size());
    const uint32_t end = static_cast<uint32_t>(text_.size());
    result_.heredocs.push_back({{end, end}, !delimiter.quoted, strip_tabs});
    if (word < i_) Emit(Kind::kWord, word, i_);
    pending_.push_back(std::move(delimiter));
  }

  // As SkipShellQuote, within the budget for what has no end.
  std::optional<uint32_t> Skip(size_t begin) {
    if (failures_ >= kFailureBudget) return std::nullopt;
    const std::optional<uint32_t> end = SkipShellQuote(text_, static_cast<uint32_t>(begin));
    if (end) return end;
    ++failures_;
    if (!result_.unterminated) result_.unterminated = static_cast<uint32_t>(begin);
    return std::nullopt;
  }

  // The end of the word at `begin`. In [[ ]] only blanks end a word.
  size_t WordEnd(size_t begin, bool in_test) {
    size_t i = begin;
    while (i < text_.size()) {
      const char c = text_[i];
      const char next = ShellCharAt(text_, i + 1);
      if (c == '\\') {
        i += std::max<size_t>(ShellContinuation(text_, i), 2);
        continue;
      }
      const bool quote =
          c == '\'' || c == '"' || c == '`' ||
          (c == '$' && next != '\0' && std::string_view("({'\"").find(next) != kNone);
      const bool process = (c == '<' || c == '>') && next == '(' && i == begin;
      if (quote || process || (c == '(' && !in_test && OpensInWord(begin, i))) {
        const std::optional<uint32_t> end = Skip(i);
        if (!end && process) return i + 1;
        if (!end && c == '(') return i;
        i = end ? *end : i + 1;
        continue;
      }
      if (in_test ? IsShellBlank(c) || c == '\n' || Closes(i) : IsShellMeta(c)) break;
      ++i;
    }
    return std::min(i, text_.size());
  }

  // "]]" as a word of its own.
  bool Closes(size_t i) const {
    return text_.substr(i).starts_with("]]") && (i == 0 || IsShellMeta(text_[i - 1])) &&
           (i + 2 >= text_.size() || IsShellMeta(text_[i + 2]));
  }

  // Whether '(' at `i` belongs to the word: name=( and extended globs.
  bool OpensInWord(size_t begin, size_t i) const {
    if (i == begin) return false;
    const std::string_view word = text_.substr(begin, i - begin);
    if (ShellAssignmentPrefix(word) == word.size()) return true;
    return std::string_view("@?*+").find(word.back()) != kNone ||
           (word.back() == '!' && word.size() > 1);
  }

  void Word() {
    const size_t begin = i_;
    const size_t end = WordEnd(begin, false);
    const std::string_view word = text_.substr(begin, end - begin);
    const char next = ShellCharAt(text_, end);
    if ((next == '<' || next == '>') && std::all_of(word.begin(), word.end(), IsShellDigit)) {
      return Emit(Kind::kDescriptor, begin, end);
    }
    if (redirected_) {  // a target is no word of the command
      redirected_ = false;
      return Emit(Kind::kWord, begin, end);
    }
    if (word == "[[" && command_start_ && Test(begin)) return;
    const bool reserved = IsReserved(word);
    Emit(reserved ? Kind::kReserved : Kind::kWord, begin, end);
    if (reserved) {
      const bool words_follow = word == "for" || word == "select" || word == "case" ||
                                word == "function" || (word == "in" && opener_ != "case");
      StartCommand();
      opener_ = word;
      command_start_ = !words_follow;
    } else {
      ++words_;
      command_start_ = command_start_ && ShellAssignmentPrefix(word) > 0;
    }
  }

  bool IsReserved(std::string_view word) const {
    if (command_start_) {
      return std::find(std::begin(kReserved), std::end(kReserved), word) != std::end(kReserved);
    }
    if (words_ != 1) return false;
    if (opener_ == "for" || opener_ == "select") return word == "in" || word == "do";
    if (opener_ == "case") return word == "in";
    return opener_ == "function" && word == "{";
  }

  // [[ ... ]]: operators and brackets in it are words. False if it has no end.
  bool Test(size_t begin) {
    if (failures_ >= kFailureBudget) return false;
    const size_t first = result_.tokens.size();
    Emit(Kind::kWord, begin, begin + 2);
    while (i_ < text_.size()) {
      if (IsShellBlank(text_[i_]) || text_[i_] == '\n') {
        ++i_;
      } else if (Closes(i_)) {
        Emit(Kind::kWord, i_, i_ + 2);
        command_start_ = false;
        return true;
      } else {
        Emit(Kind::kWord, i_, std::max(i_ + 1, WordEnd(i_, true)));
      }
    }
    ++failures_;
    if (!result_.unterminated) result_.unterminated = static_cast<uint32_t>(begin);
    result_.tokens.resize(first);
    i_ = begin;
    return false;
  }

  std::string_view text_;
  size_t i_ = 0;
  int failures_ = 0;
  bool command_start_ = true;
  bool redirected_ = false;
  int words_ = 0;            // since the last reserved word or operator
  std::string_view opener_;  // the reserved word before them
  std::vector<HeredocDelimiter> pending_;
  ShellTokens result_;
};

}  // namespace

ShellTokens LexShell(std::string_view text) {
  return Lexer(text).Run();
}

uint32_t ShellAssignmentPrefix(std::string_view word) {
  uint32_t i = ShellNameLength(word);
  if (i == 0) return 0;
  if (ShellCharAt(word, i) == '[') {
    const size_t close = word.find(']', i);
    if (close == kNone) return 0;
    i = static_cast<uint32_t>(close) + 1;
  }
  if (ShellCharAt(word, i) == '+') ++i;
  return ShellCharAt(word, i) == '=' ? i + 1 : 0;
}

}  // namespace oakum
