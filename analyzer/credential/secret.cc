#include "analyzer/credential/secret.h"

#include "analyzer/base/siphash.h"

namespace oakum {

uint64_t Secret::Digest(std::string_view key) const {
  return SipHash(SipKeyOf(key), text_.is_literal() ? text_.text() : text_.Describe());
}

}  // namespace oakum
