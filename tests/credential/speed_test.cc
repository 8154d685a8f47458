// Inputs that would cost quadratic time if anything searched backwards or twice.

#include <chrono>
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

TEST(LinearTimeTest, HostileInputs) {
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
    const std::string text = Repeat(piece, 1 << 16);
    const auto start = std::chrono::steady_clock::now();
    FindUris(Value(MappedText::Verbatim(text, 0)));
    FindTokens(text);
    SensitiveRanges(text);
    const auto spent = std::chrono::steady_clock::now() - start;
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 4.0) << piece;
  }
}

}  // namespace
}  // namespace oakum
