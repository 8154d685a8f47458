#include "analyzer/cli/decode.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

using namespace std::string_literals;  // NOLINT(google-build-using-namespace): texts with NUL bytes

TEST(DecodeTest, Texts) {
  const struct {
    std::string bytes;
    TextKind kind;
    std::string text;
  } cases[] = {
      {"", TextKind::kPlain, ""},
      {"FROM x\r\n", TextKind::kPlain, "FROM x\r\n"},
      {"\xef\xbb\xbf"
       "FROM x",
       TextKind::kPlain,
       "\xef\xbb\xbf"
       "FROM x"},
      {"caf\xe9", TextKind::kPlain, "caf\xe9"},
      {"a\0b"s, TextKind::kBinary, "a\0b"s},
      {"\xff\xfe"
       "F\0R\0"s,
       TextKind::kUtf16, "FR"},
      {"\xfe\xff\0F\0R"s, TextKind::kUtf16, "FR"},
      {"\xff\xfe\xe9\0"s, TextKind::kUtf16, "\xc3\xa9"},
      {"\xff\xfe\x60\x4f"s, TextKind::kUtf16, "\xe4\xbd\xa0"},
      {"\xff\xfe\x3d\xd8\x00\xde"s, TextKind::kUtf16, "\xf0\x9f\x98\x80"},
      {"\xff\xfe\x3d\xd8"s, TextKind::kUtf16, "\xef\xbf\xbd"},
      {"\xff\xfe\x3d\xd8"s
       "A\0"s,
       TextKind::kUtf16,
       "\xef\xbf\xbd"
       "A"},
      {"\xff\xfe"
       "A\0B"s,
       TextKind::kUtf16, "A"},
      {"\xff\xfe\0\0"s, TextKind::kBinary, "\0"s},
      {"\xff\xfe", TextKind::kUtf16, ""},
  };
  for (const auto& c : cases) {
    std::string_view text = c.bytes;
    std::string storage;
    EXPECT_EQ(DecodeText(text, storage), c.kind) << testing::PrintToString(c.bytes);
    EXPECT_EQ(text, c.text) << testing::PrintToString(c.bytes);
  }
}

}  // namespace
}  // namespace oakum
