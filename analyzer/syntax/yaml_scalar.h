// The exact bytes behind every YAML scalar.
//
// yaml-cpp says where a scalar starts and what it means, never where it ends or which source bytes
// gave which part of it. This reads the scalar again, by YAML 1.2 section 7 and 8 as yaml-cpp 0.7
// implements them, and yields a Value whose every byte maps to the source: quotes, escapes, line
// folding, block indentation and chomping included. What it reads is compared with what the parser
// decoded; when they differ the parser's text is kept and the whole of it maps to the scalar's
// first line, so a span can be coarse but a value is never wrong.
//
// Offsets are bytes of the input's text(), which may itself be decoded from something else (a block
// scalar that holds YAML); holes of the input are holes of the scalar.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

enum class YamlStyle : uint8_t {
  kPlain,
  kSingleQuoted,
  kDoubleQuoted,
  kLiteral,  // |
  kFolded,   // >
  kBlock,    // a collection by indentation
  kFlow,     // a collection in brackets
};

struct YamlScalar {
  Value value;
  Span range;  // in the input's text: quotes or block header included, without the last line break
  uint32_t next =
      0;  // where reading goes on: after `range` and, for block scalars, its line breaks
  YamlStyle style = YamlStyle::kPlain;
  bool exact = true;  // every byte of `value` is mapped to its own source
};

// The scalar at `begin`, which the parser decoded to `decoded`. REQUIRES: node properties (`&a`,
// `!t`) have been skipped.
YamlScalar MapYamlScalar(const Value& input, uint32_t begin, std::string_view decoded);

// The same without a parser's word for it, for text that no parser accepts.
// A quoted scalar at `begin`; none if its quote is never closed.
std::optional<YamlScalar> ReadYamlQuoted(const Value& input, uint32_t begin);
// A block scalar whose header is at `begin`, in a collection at column `parent` (-1: none).
YamlScalar ReadYamlBlock(const Value& input, uint32_t begin, int parent);

// `begin` after any anchors and tags, and the blanks and comments behind them.
uint32_t SkipYamlProperties(std::string_view text, uint32_t begin);

}  // namespace oakum
