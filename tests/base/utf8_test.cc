#include "analyzer/base/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(Utf8, WhetherAllOfATextIsValid) {
  const struct {
    std::string text;
    bool valid;
  } kCases[] = {
      {"", true},
      {"plain text of more than eight bytes", true},
      {"\xef\xbb\xbfwith a mark", true},
      {"caf\xc3\xa9", true},
      {"12345678\xf0\x9f\x9a\xa2", true},
      {"caf\xe9", false},
      {"caf\xe9 and some more", false},
      {"1234567\xc3", false},       // cut off
      {"\xc0\xaf", false},          // overlong
      {"\xed\xa0\x80", false},      // a surrogate
      {"\xf4\x90\x80\x80", false},  // beyond Unicode
      {"eight   \xff", false},
  };
  for (const auto& c : kCases) EXPECT_EQ(IsUtf8(c.text), c.valid) << testing::PrintToString(c.text);
}

}  // namespace
}  // namespace oakum
