// Files of one `KEY=VALUE` a line: .env and .npmrc.
//
// .env: `export` in front, `KEY: VALUE`, comments; 'single' quotes are raw, "double" quotes take
// escapes, variables and line breaks, a bare value ends at ` #` (compose-go dotenv, python-dotenv,
// npm dotenv agree so far). .npmrc: npm's ini: comments with ';' and '#', quotes, `${X}` filled in
// by npm when it runs (deferred).
//
// All spans are bytes of the source. Linear; never fails: other lines are passed over.
// Thread-safety: pure functions; plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/value.h"

namespace oakum {

struct KeyValue {
  std::string key;
  Value value;  // without quotes, references as holes
  Span key_span;
  Span span;  // key and value
};

std::vector<KeyValue> ParseDotenv(const Value& text);
std::vector<KeyValue> ParseNpmrc(const Value& text);

}  // namespace oakum
