// What one particular program makes of a netrc text.
//
// requests (and with it Ray, pip, poetry, twine) reads through CPython's netrc module, which was
// rewritten in 3.11 and rejects a file whole at the first token it does not know; curl, wget and uv
// each have their own parser. The differences (ray.md 3.1) decide whether a credential is used at
// all, so every reader is imitated token by token: CPython Lib/netrc.py and Lib/shlex.py of 3.10
// and of 3.11, curl lib/netrc.c, wget src/netrc.c, uv crates/uv-netrc. Rejection by any of them is
// silent in use: the request goes out without a login.
//
// Thread-safety: pure functions; plain values. Linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"

namespace oakum {

enum class NetrcReader {
  kPython310,  // CPython up to 3.10
  kPython311,  // CPython from 3.11
  kCurl,
  kWget,
  kUv,
};

struct NetrcLogin {
  bool is_default = false;
  Value machine;
  // Absent where the file gives none; the reader may still use the entry.
  std::optional<Value> login;
  std::optional<Value> password;
  std::optional<Value> account;
};

struct NetrcReading {
  // The whole file is refused: why (without any value) and at which token.
  std::optional<Error> rejected;
  // A hole stands where a keyword belongs, so what follows depends on its text.
  bool uncertain = false;
  std::vector<NetrcLogin> entries;  // in file order; none if rejected
};

NetrcReading ReadNetrcAs(NetrcReader reader, const Value& text);

// The entry this reader uses for `host`, or null: last or first wins, `default` last, by position
// or never, upper case distinguished or not. Entries whose machine has a hole are passed over.
const NetrcLogin* FindLogin(NetrcReader reader, const NetrcReading& reading, std::string_view host);

}  // namespace oakum
