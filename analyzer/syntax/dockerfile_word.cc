#include "analyzer/syntax/dockerfile_word.h"

#include <memory>
#include <string>
#include <utility>

#include "analyzer/syntax/dockerfile_pattern.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

constexpr int kMaxDepth = 64;

bool IsSpecialName(char32_t rune) {
  return rune < 0x80 &&
         std::string_view("@*#?-$!0").find(static_cast<char>(rune)) != std::string_view::npos;
}

// Splits what the lexer emits at blanks that come from outside quotes.
class WordCollector {
 public:
  void AddRaw(const Value& text) {
    current_.Append(text);
    in_word_ = true;
  }

  void AddSplit(const Value& text) {
    uint32_t begin = 0;  // of what is not added yet
    for (uint32_t at = 0; at < text.size();) {
      const Rune rune = DecodeRune(text.text(), at);
      if (IsGoSpace(rune.value)) {
        if (begin < at) AddRaw(text.Slice({begin, at}));
        if (in_word_ && !current_.empty()) Flush();
        begin = at + rune.size;
      }
      at += rune.size;
    }
    if (begin < text.size()) AddRaw(text.Slice(begin));
  }

  // The lexer has one buffer for all levels: a nested `${x:-y}` forgets the word it stands in.
  void Forget() { current_ = {}; }

  std::vector<Value> Take() {
    if (!current_.empty()) Flush();
    return std::move(words_);
  }

 private:
  void Flush() {
    words_.push_back(std::exchange(current_, {}).Build());
    in_word_ = false;
  }

  Value::Builder current_;
  bool in_word_ = false;
  std::vector<Value> words_;
};

class Lexer {
 public:
  Lexer(const MappedText& word, const DockerWordOptions& options,
        const DockerVariableLookup& lookup)
      : word_(word),
        text_(word.text()),
        options_(options),
        lookup_(lookup),
        raw_escapes_(options.raw_escapes) {}

  bool Run() {
    std::optional<Value> result = ReadUntil(0, options_.raw_escapes, &words_);
    if (!result) return false;
    result_ = *std::move(result);
    return true;
  }

  Error error() const { return {error_, word_.ToSource(error_at_)}; }
  Value result() && { return std::move(result_); }
  std::vector<Value> words() && { return words_.Take(); }

 private:
  bool AtEnd() const { return at_ >= text_.size(); }
  char32_t Peek() const { return DecodeRune(text_, at_).value; }  // 0 at the end
  // Takes the next character.
  Value Next() {
    const uint32_t begin = at_;
    at_ += DecodeRune(text_, at_).size;
    return Literal(begin, at_);
  }
  // Takes the characters that mean themselves, up to one that may not.
  Value NextPlain(char32_t stop) {
    const uint32_t begin = at_;
    while (!AtEnd() && !IsSpecial(text_[at_]) &&
           (stop == 0 || text_[at_] != static_cast<char>(stop))) {
      ++at_;
    }
    return Literal(begin, at_);
  }
  bool IsSpecial(char c) const {
    return c == '\'' || c == '"' || c == '$' || c == '<' || c == options_.escape;
  }
  Value Literal(uint32_t begin, uint32_t end) const { return Value(word_.Slice({begin, end})); }
  // What begins at `begin` and was read up to here is to blame.
  std::nullopt_t Fail(std::string message, uint32_t begin) {
    error_ = std::move(message);
    error_at_ = {begin, at_};
    return std::nullopt;
  }

  // Up to `stop`, which is taken too, or to the end if `stop` is 0.
  std::optional<Value> ReadUntil(char32_t stop, bool raw_escapes, WordCollector* words) {
    const uint32_t begin = at_;
    if (++depth_ > kMaxDepth) return Fail("substitutions are nested too deeply", begin);
    const bool outer_escapes = std::exchange(raw_escapes_, raw_escapes);
    if (!words) words_.Forget();
    Value::Builder result;
    while (!AtEnd()) {
      const char32_t c = Peek();
      if (stop != 0 && c == stop) {
        Next();
        raw_escapes_ = outer_escapes;
        --depth_;
        return std::move(result).Build();
      }
      const bool plain = !IsSpecial(text_[at_]);
      std::optional<Value> piece = plain ? NextPlain(stop) : ReadPiece(c);
      if (!piece) return std::nullopt;
      result.Append(*piece);
      if (!words) continue;
      if (c == '\'' || c == '"' || c == '<' || c == static_cast<char32_t>(options_.escape)) {
        words->AddRaw(*piece);
      } else {
        words->AddSplit(*piece);
      }
    }
    if (stop != 0) return Fail("a substitution has no end", begin);
    return std::move(result).Build();
  }

  std::optional<Value> ReadPiece(char32_t c) {
    if (c == '\'' && !options_.skip_quotes) return ReadSingleQuoted();
    if (c == '"' && !options_.skip_quotes) return ReadDoubleQuoted();
    if (c == '$') return ReadDollar();
    if (c == '<') return ReadHeredocMark();
    if (c != static_cast<char32_t>(options_.escape)) return Next();
    const Value mark = Next();
    Value::Builder piece;
    if (raw_escapes_) piece.Append(mark);
    piece.Append(Next());
    return std::move(piece).Build();
  }

  std::optional<Value> ReadSingleQuoted() {
    const uint32_t begin = at_++;
    const size_t end = text_.find('\'', at_);
    if (end == text_.npos) {
      at_ = static_cast<uint32_t>(text_.size());
      return Fail("a single quote is not closed", begin);
    }
    at_ = static_cast<uint32_t>(end) + 1;
    return options_.raw_quotes ? Literal(begin, at_) : Literal(begin + 1, at_ - 1);
  }

  std::optional<Value> ReadDoubleQuoted() {
    const uint32_t begin = at_;
    Value::Builder result;
    const Value open = Next();
    if (options_.raw_quotes) result.Append(open);
    while (!AtEnd()) {
      const char32_t c = Peek();
      if (c == '"') {
        const Value close = Next();
        if (options_.raw_quotes) result.Append(close);
        return std::move(result).Build();
      }
      if (c == '$') {
        std::optional<Value> value = ReadDollar();
        if (!value) return std::nullopt;
        result.Append(*value);
        continue;
      }
      if (!IsSpecial(text_[at_])) {
        result.Append(NextPlain(0));
        continue;
      }
      Value piece = Next();
      if (c == static_cast<char32_t>(options_.escape)) {
        if (raw_escapes_) result.Append(piece);
        if (AtEnd()) break;
        // Of what else follows the escape character stays, and raw text has it twice.
        if (Peek() == '"' || Peek() == '$' || Peek() == c) piece = Next();
      }
      result.Append(piece);
    }
    return Fail("a double quote is not closed", begin);
  }

  // `<<` and the blanks behind it belong together, so that `<< EOF` is one word.
  Value ReadHeredocMark() {
    const uint32_t begin = at_++;
    if (Peek() != '<') return Literal(begin, at_);
    ++at_;
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\r') ++at_;
    return Literal(begin, at_);
  }

  std::string_view ReadName() {
    const uint32_t begin = at_;
    if (!AtEnd() && IsGoDigit(Peek())) {
      while (!AtEnd() && IsGoDigit(Peek())) ++at_;
    } else if (!AtEnd() && IsSpecialName(Peek())) {
      ++at_;
    } else {
      while (!AtEnd() && (IsGoLetter(Peek()) || IsGoDigit(Peek()) || Peek() == '_')) Next();
    }
    return text_.substr(begin, at_ - begin);
  }

  std::optional<Value> ReadDollar() {
    const uint32_t begin = at_++;
    if (AtEnd() || Peek() != '{') {
      const std::string_view name = ReadName();
      if (name.empty()) return Literal(begin, at_);
      std::optional<Value> value = lookup_(name, word_.ToSource({begin, at_}));
      if (value) return value;
      return options_.keep_unset ? Literal(begin, at_) : Value();
    }
    ++at_;
    if (AtEnd()) return Fail("a substitution has no end", begin);
    if (Peek() == '{' || Peek() == '}' || Peek() == ':') {
      Next();
      return Fail("a substitution is malformed", begin);
    }
    const std::string name(ReadName());
    if (AtEnd()) return Fail("a substitution has no end", begin);
    const uint32_t modifier_begin = at_;
    char32_t modifier = Peek();
    Next();
    if (modifier == '}') return Plain(name, begin);
    const bool colon = modifier == ':';
    if (colon) {
      modifier = AtEnd() ? 0 : Peek();
      if (!AtEnd()) Next();
    }
    if (modifier == '/' && !colon) return ReadReplacement(name, begin);
    const bool trims = modifier == '#' || modifier == '%';
    if (trims && colon) return Fail("a substitution has an unsupported modifier", begin);
    if (!colon && !trims && modifier != '+' && modifier != '-' && modifier != '?') {
      return Fail("a substitution has an unsupported modifier", begin);
    }
    const std::string modifiers(text_.substr(modifier_begin, at_ - modifier_begin));
    std::optional<Value> word = ReadUntil('}', trims, nullptr);
    if (!word) return std::nullopt;
    return Modify(name, begin, modifiers, modifier, *word);
  }

  std::optional<Value> Plain(const std::string& name, uint32_t begin) {
    std::optional<Value> value = lookup_(name, word_.ToSource({begin, at_}));
    if (value) return value;
    return options_.keep_unset ? Literal(begin, at_) : Value();
  }

  std::optional<Value> Modify(const std::string& name, uint32_t begin, const std::string& modifiers,
                              char32_t modifier, const Value& word) {
    const Span reference = word_.ToSource({begin, at_});
    std::optional<Value> value = lookup_(name, reference);
    if (!value && options_.keep_unset) return Kept("${" + name + modifiers, {&word}, reference);
    const bool missing = !value || (modifiers[0] == ':' && value->empty());
    switch (modifier) {
      case '-':
        return missing ? word : WithFallback(*value, word);
      case '+':
        return missing ? Value() : word;
      case '?':
        if (missing) return Fail("a variable that must be set is not", begin);
        return value;
      case '#':
      case '%':
        return Trim(value.value_or(Value()), modifier == '%', word, reference, begin);
      default:
        return Fail("a substitution has an unsupported modifier", begin);
    }
  }

  std::optional<Value> Trim(const Value& value, bool suffix, const Value& word, Span reference,
                            uint32_t begin) {
    std::string_view pattern = word.text();
    const bool longest = pattern.starts_with(suffix ? '%' : '#');
    if (longest) pattern.remove_prefix(1);
    if (!value.is_literal() || !word.is_literal()) return Opaque(value, word, reference);
    const Result<Span> kept = suffix ? TrimDockerSuffix(value.text(), pattern, longest)
                                     : TrimDockerPrefix(value.text(), pattern, longest);
    if (!kept) return Fail(kept.error().message, begin);
    return value.Slice(*kept);
  }

  std::optional<Value> ReadReplacement(const std::string& name, uint32_t begin) {
    const bool all = Peek() == '/';
    if (all) Next();
    const std::optional<Value> pattern = ReadUntil('/', true, nullptr);
    if (!pattern) return std::nullopt;
    const std::optional<Value> replacement = ReadUntil('}', true, nullptr);
    if (!replacement) return std::nullopt;
    const Span reference = word_.ToSource({begin, at_});
    const std::optional<Value> value = lookup_(name, reference);
    if (!value && options_.keep_unset) {
      const Value slash(MappedText::Synthetic("/", reference));
      return Kept("${" + name + "/", {&*pattern, &slash, &*replacement}, reference);
    }
    if (!value) return Value();
    if (!value->is_literal() || !pattern->is_literal() || !replacement->is_literal()) {
      return Opaque(*value, *replacement, reference);
    }
    Result<std::string> replaced =
        ReplaceDockerPattern(value->text(), pattern->text(), replacement->text(), all);
    if (!replaced) return Fail(replaced.error().message, begin);
    return Value(MappedText::Synthetic(*std::move(replaced), reference));
  }

  // A reference that stays, put together again.
  Value Kept(const std::string& head, std::initializer_list<const Value*> parts, Span reference) {
    Value::Builder builder;
    builder.AppendDecoded(head, reference);
    for (const Value* part : parts) builder.Append(*part);
    builder.AppendDecoded("}", reference);
    return std::move(builder).Build();
  }

  // The value of a hole whose text an operator changes in a way that cannot be known.
  static Value Opaque(const Value& value, const Value& other, Span reference) {
    Hole hole = value.is_literal() ? other.holes().front().hole : value.holes().front().hole;
    hole.span = reference;
    hole.fallback = nullptr;
    Value::Builder builder;
    builder.Append(std::move(hole));
    return std::move(builder).Build();
  }

  static Value WithFallback(const Value& value, const Value& word) {
    const Hole* only = value.OnlyHole();
    if (!only) return value;
    Hole hole = *only;
    hole.fallback = std::make_shared<const Value>(word);
    Value::Builder builder;
    builder.Append(std::move(hole));
    return std::move(builder).Build();
  }

  const MappedText& word_;
  const std::string_view text_;
  const DockerWordOptions& options_;
  const DockerVariableLookup& lookup_;
  bool raw_escapes_;
  uint32_t at_ = 0;
  int depth_ = 0;
  std::string error_;
  Span error_at_;  // in text_
  Value result_;
  WordCollector words_;
};

}  // namespace

Result<Value> ExpandDockerWord(const MappedText& word, const DockerWordOptions& options,
                               const DockerVariableLookup& lookup) {
  Lexer lexer(word, options, lookup);
  if (!lexer.Run()) return tl::unexpected(lexer.error());
  return std::move(lexer).result();
}

Result<std::vector<Value>> SplitDockerWords(const MappedText& text,
                                            const DockerWordOptions& options,
                                            const DockerVariableLookup& lookup) {
  Lexer lexer(text, options, lookup);
  if (!lexer.Run()) return tl::unexpected(lexer.error());
  return std::move(lexer).words();
}

DockerVariableLookup ReferenceLookup(HoleOrigin origin) {
  return [origin](std::string_view name, Span reference) -> std::optional<Value> {
    Value::Builder builder;
    builder.Append(Hole{std::string(name), origin, FillTime::kInterpolated, reference, nullptr});
    return std::move(builder).Build();
  };
}

}  // namespace oakum
