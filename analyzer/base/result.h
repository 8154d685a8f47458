// Failure as a value: what went wrong, and which bytes are to blame when that is known.
//
// Result<T> crosses every module edge of oakum. Exceptions of third-party libraries are caught in
// the one function that calls them and become an Error there. A message names files, keys and
// positions, never the text of a value, which may be a secret.
//
//   Result<Config> config = ParseConfig(text);
//   if (!config) return tl::unexpected(config.error());
#pragma once

#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "analyzer/base/span.h"

namespace oakum {

struct Error {
  std::string message;       // one sentence without a final period
  std::optional<Span> span;  // in the text that was being read, if any
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> Failure(std::string message, std::optional<Span> span = {}) {
  return tl::unexpected<Error>(Error{std::move(message), span});
}

}  // namespace oakum
