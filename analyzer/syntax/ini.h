// Files of `[section]` and `key = value` as CPython's RawConfigParser reads them: pip.conf,
// pip.ini, .pypirc, setup.cfg, .aws/credentials, .condarc's old form.
//
// Nothing is interpolated: `%X%` and `${X}` are text, which is why a token "from the environment"
// in a pip.conf is sent literally (ray.md 4.3). Sources: CPython Lib/configparser.py (delimiters
// `=` and
// `:`, comment lines, values that go on in deeper indented lines, empty lines inside them), pip
// _internal/configuration.py (key names).
//
// All spans are bytes of the source. Linear; never fails: a line that belongs nowhere is an error
// in the list, although the tool would refuse the file.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"

namespace oakum {

struct IniEntry {
  Value section;    // as written, without brackets; empty before the first
  std::string key;  // lower case
  // Trimmed; the lines of a multi-line value are joined by one newline, without their indentation
  // and without comment lines.
  Value value;
  Span key_span;
  Span span;  // key and value
};

struct IniText {
  std::vector<IniEntry> entries;  // in file order, repeated keys included
  std::vector<Error> errors;
};

IniText ParseIni(const Value& text);

}  // namespace oakum
