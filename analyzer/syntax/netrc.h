// netrc text as its author meant it: entries, macros, comments, and whatever is none of these.
//
// The programs that read a netrc agree on little beyond `machine H login U password P`
// (ray.md 3.1). ParseNetrc() reads the union of what they accept: keywords in any case and any
// order, `user` for `login`, quotes and backslash escapes, comments wherever a keyword may stand,
// values that begin with '#'. It loses no password that some reader would find. What one particular
// reader makes of the same text, down to rejecting it whole, is netrc_reader.h.
//
// The text may come from a file, a here-document, an echo or a Kubernetes Secret: holes stay holes
// and never separate tokens. All spans are bytes of the source. Linear; never fails.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

struct NetrcToken {
  Value value;  // without quotes, escapes applied
  Span span;    // as written, quotes included
  bool quoted = false;
};

struct NetrcEntry {
  bool is_default = false;
  Span keyword;        // `machine` or `default`
  NetrcToken machine;  // empty for `default`
  // The last one of each kind; absent if the keyword or its value is.
  std::optional<NetrcToken> login;
  std::optional<NetrcToken> password;
  std::optional<NetrcToken> account;
  Span span;  // from the keyword to the last token
};

struct NetrcMacro {
  NetrcToken name;
  Span body;
  bool terminated = false;  // by an empty line, as the format asks
};

struct NetrcText {
  std::vector<NetrcEntry> entries;  // in file order
  std::vector<NetrcMacro> macros;
  std::vector<Value> comments;      // from '#' to the end of its line
  std::vector<NetrcToken> unknown;  // where a keyword belongs: misspelt, stray values, whole holes
};

NetrcText ParseNetrc(const Value& text);

}  // namespace oakum
