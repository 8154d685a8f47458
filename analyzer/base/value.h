// A symbolic string: literal text with holes that something else fills in.
//
// Every front end lowers its own strings to Values: a shell word, a Dockerfile word, an f-string or
// `+` chain after folding, a GitHub expression, a Helm template, a requirements line. Which
// `${...}` is a hole, a deferred reference or plain text is decided there, once, by the language
// that owns the text; everything downstream (URI parser, option tables, netrc reader,
// classification) reads Values and never sees a host language again.
//
// A Value is a MappedText in which each hole takes up exactly one byte, kHoleByte, plus the list of
// holes by position. Parsers can therefore scan text() like any string, a hole is never a
// delimiter, and slices and spans work as in MappedText. A literal byte equal to kHoleByte is not a
// hole: ask HoleAt().
//
//   value.text() == "https://u:\x1a@host/x"     with holes() == {{10, {"TOKEN", ...}}}
//
// Thread-safety: immutable after construction, so safe to share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/span.h"

namespace oakum {

class Value;

// Where a hole's text comes from.
enum class HoleOrigin {
  kEnvironment,   // an environment or shell variable
  kBuildArg,      // a Dockerfile ARG
  kBuildEnv,      // a Dockerfile ENV
  kCiSecret,      // ${{ secrets.X }} and its like: known to be a secret
  kCiExpression,  // any other CI expression (github.sha, inputs.x, env.X)
  kTemplate,      // Helm, Jinja, envsubst: {{ .Values.x }}
  kExpression,    // a program's expression that folding could not resolve
  kCommand,       // $(command) or backticks
  kPrompt,        // asked of a person: input(), getpass()
  kUnknown,
};

// When the hole is filled relative to the program that consumes the text (rules.md, "Value kinds").
enum class FillTime {
  kInterpolated,  // before the consumer sees the text: it records the resolved value
  kDeferred,      // only by the last consumer: what is stored and logged is the reference
};

struct Hole {
  std::string name;  // variable, secret or dotted expression; the command's text for kCommand
  HoleOrigin origin = HoleOrigin::kUnknown;
  FillTime when = FillTime::kInterpolated;
  Span span;  // the reference in the source, delimiters included (`${TOKEN}`)
  // What is used when the variable is unset: ${X:-default}, os.getenv("X", "default"). May be null.
  std::shared_ptr<const Value> fallback;
};

class Value {
 public:
  static constexpr char kHoleByte = '\x1a';

  struct PlacedHole {
    uint32_t position = 0;  // in text()
    Hole hole;
  };

  class Builder;

  Value() = default;
  // A literal.
  explicit Value(MappedText text) : text_(std::move(text)) {}

  // Literal text with kHoleByte in place of each hole.
  std::string_view text() const { return text_.text(); }
  const MappedText& mapped() const { return text_; }
  uint32_t size() const { return text_.size(); }
  bool empty() const { return text_.empty(); }

  bool is_literal() const { return holes_.empty(); }
  const std::vector<PlacedHole>& holes() const { return holes_; }
  // The hole at this position of text(), or null.
  const Hole* HoleAt(uint32_t position) const;
  // The hole if the value is one hole and nothing else, else null.
  const Hole* OnlyHole() const;
  bool HasHole(HoleOrigin origin) const;
  bool AllDeferred() const;  // at least one hole, and every hole is deferred

  // The holes of this value put back into `part`, a text that was decoded from mapped() by another
  // front end (a JSON string in a shell word): each kHoleByte of `part` that came from a hole's
  // span is that hole again.
  Value Restore(const MappedText& part) const;

  Value Slice(Span range) const;  // in text() offsets, clamped
  Value Slice(uint32_t begin) const { return Slice({begin, size()}); }
  Value Trimmed() const;  // without literal ASCII blanks at either end

  // Source bytes of text() [begin, end). A hole maps to its whole reference.
  Span ToSource(Span range) const { return text_.ToSource(range); }
  Span ToSource() const { return text_.ToSource(); }

  // Text for a message: holes as ${name}. It may hold a secret: only for values that are known not
  // to (names, paths, hosts). Credentials go through Redact().
  std::string Describe() const;

 private:
  MappedText text_;
  std::vector<PlacedHole> holes_;  // by position
};

class Value::Builder {
 public:
  void Append(const MappedText& literal) { text_.Append(literal); }
  void AppendVerbatim(std::string_view text, uint32_t source_begin) {
    text_.AppendVerbatim(text, source_begin);
  }
  void AppendDecoded(std::string_view text, Span source) { text_.AppendDecoded(text, source); }
  void Append(Hole hole);
  void Append(const Value& value);

  bool empty() const { return text_.size() == 0; }
  uint32_t size() const { return text_.size(); }
  Value Build() &&;

 private:
  MappedText::Builder text_;
  std::vector<PlacedHole> holes_;
};

}  // namespace oakum
