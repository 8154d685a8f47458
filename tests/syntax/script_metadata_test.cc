// The metadata block of a Python script: where it begins and ends, and which bytes it points at.

#include "analyzer/syntax/script_metadata.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

Value Text(const std::string& text) {
  return Value(MappedText::Verbatim(text, 0));
}

TEST(ScriptMetadata, IsFoundAsThePepFindsIt) {
  struct {
    std::string text;
    const char* shown;
  } const cases[] = {
      {"# /// script\n# a = 1\n# ///\n", "a = 1\n"},
      {"#!/usr/bin/env python\n\n# /// script\r\n# a = [\r\n#   1,\r\n#\r\n# ]\r\n# ///\r\nx = 1\n",
       "a = [\n  1,\n\n]\n"},
      // The last end before a line of another kind.
      {"# /// script\n# a = 1\n# ///\n# b = 2\n# ///\nx\n# ///\n", "a = 1\n///\nb = 2\n"},
      {"# /// script\n# a = 1\nx = 1\n# ///\n", ""},
      {"# /// script\n#a = 1\n# ///\n", ""},
      {"# /// pyproject\n# a = 1\n# ///\n", ""},
      {"  # /// script\n  # a = 1\n  # ///\n", ""},
      {"# /// script", ""},
      {"", ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(ScriptMetadata(Text(c.text)).Describe(), c.shown);
  }
}

TEST(ScriptMetadata, KeepsItsPlaces) {
  const std::string text = "import x\n# /// script\n# a = 1\n# bc = 2\n# ///\n";
  const Value toml = ScriptMetadata(Text(text));
  const uint32_t at = static_cast<uint32_t>(toml.text().find("bc"));
  const Span source = toml.ToSource({at, at + 2});
  EXPECT_EQ(text.substr(source.begin, source.size()), "bc");
}

}  // namespace
}  // namespace oakum
