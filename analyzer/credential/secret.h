// The one type that may hold a secret's text.
//
// A Secret cannot be printed, compared, hashed by a container or put into JSON: it offers none of
// that. What may leave oakum comes from Redact() (redact.h) or from Digest(), which is keyed.
//
// Thread-safety: immutable after construction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

class Secret {
 public:
  explicit Secret(Value text) : text_(std::move(text)) {}

  // The bytes of the file it stands in: what an editor underlines and what a snippet masks.
  Span span() const { return text_.ToSource(); }
  bool is_literal() const { return text_.is_literal(); }
  // The holes are names, not secrets.
  const std::vector<Value::PlacedHole>& holes() const { return text_.holes(); }

  // A keyed digest (SipHash-2-4) for fingerprints: without the key a weak password cannot be
  // guessed from it. The same text gives the same digest under the same key.
  uint64_t Digest(std::string_view key) const;

  template <typename Stream>
  friend Stream& operator<<(Stream&, const Secret&) = delete;
  bool operator==(const Secret&) const = delete;

 private:
  Value text_;
};

}  // namespace oakum
