#include "analyzer/credential/secret.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/base/siphash.h"
#include "tests/credential/value_text.h"

namespace oakum {
namespace {

// The first vectors of the reference implementation: key 00 01 ... 0f, message 00 01 ... of the
// length that is the index.
const uint64_t kVectors[] = {
    0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d,
    0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137,
    0x93f5f5799a932462, 0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7,
    0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5,
};

TEST(SipHashTest, ReferenceVectors) {
  std::string key;
  for (char i = 0; i < 16; ++i) key += i;
  std::string message;
  for (uint64_t expected : kVectors) {
    EXPECT_EQ(SipHash(SipKeyOf(key), message), expected) << message.size();
    message += static_cast<char>(message.size());
  }
}

TEST(SecretTest, DigestDependsOnTextAndKey) {
  const Secret one(HolesOf("hunter2"));
  EXPECT_EQ(one.Digest("k"), Secret(HolesOf("hunter2")).Digest("k"));
  EXPECT_NE(one.Digest("k"), one.Digest("l"));
  EXPECT_NE(one.Digest("k"), Secret(HolesOf("hunter3")).Digest("k"));
  EXPECT_NE(Secret(HolesOf("${A}")).Digest("k"), Secret(HolesOf("${B}")).Digest("k"));
  EXPECT_EQ(Secret(HolesOf("x${A}")).span(), (Span{0, 5}));
}

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <typename T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};

TEST(SecretTest, CannotBePrintedOrCompared) {
  static_assert(!Printable<Secret>);
  static_assert(!Comparable<Secret>);
}

}  // namespace
}  // namespace oakum
