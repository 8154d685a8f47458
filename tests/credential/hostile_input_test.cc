// Inputs that would cost quadratic time if anything searched backwards or twice: the suite would
// not end within its timeout (tests/CMakeLists.txt).

#include <string>

#include <gtest/gtest.h>

#include "analyzer/credential/redact.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"

namespace oakum {
namespace {

std::string Repeat(std::string_view piece, size_t size) {
  std::string text;
  while (text.size() < size) text += piece;
  return text;
}

TEST(HostileInputTest, Ends) {
  for (std::string_view piece : {"a://",
                                 "a://b:c@",
                                 "://",
                                 "a://b@",
                                 "@",
                                 "(",
                                 "a://[",
                                 "a://((((",
                                 "%41",
                                 "ghp_",
                                 "sk-",
                                 "sk-proj-aaaa",
                                 "cmVmdGtu",
                                 "password",
                                 "password=",
                                 "password=\"",
                                 "machine password ",
                                 "login -p",
                                 "token: |\n",
                                 "-----BEGIN PRIVATE KEY-----\n",
                                 "a://b:c/d@",
                                 "Authorization: Basic ",
                                 "-u a:",
                                 "{{",
                                 "x"}) {
    const std::string text = Repeat(piece, 1 << 17);
    const Value value(MappedText::Verbatim(text, 0));
    for (const Uri& uri : FindUris(value)) EXPECT_LE(uri.whole.text().size(), text.size());
    for (const TokenMatch& token : FindTokens(text)) EXPECT_LE(token.range.end, text.size());
    for (const Span range : SensitiveRanges(text)) EXPECT_LE(range.end, text.size());
  }
}

}  // namespace
}  // namespace oakum
