#include "analyzer/model/docker_scope.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

DockerScope ScopeAfter(std::string_view text) {
  DockerScope scope('\\');
  for (const DockerInstruction& each :
       ParseDockerfile(MappedText::Verbatim(text, 0)).instructions) {
    if (each.keyword == DockerKeyword::kEnv) scope.SetEnv(each);
  }
  return scope;
}

TEST(DockerScope, FillsInWhatIsKnown) {
  const DockerScope scope = ScopeAfter("FROM x\nENV A=a\nENV B=$A/b C=${D}c\n");
  EXPECT_EQ(scope.Find("B")->value->Describe(), "a/b");
  EXPECT_EQ(scope.Find("C")->value->Describe(), "c");
}

TEST(DockerScope, WhatIsKnownToBeEmptyIsNoReference) {
  const DockerScope scope = ScopeAfter("FROM x\nENV A= B=b\n");
  const auto refer = [&scope](std::string_view word) {
    return scope.Refer(MappedText::Verbatim(word, 0)).Describe();
  };
  EXPECT_EQ(refer("u:$A@h"), "u:@h");
  EXPECT_EQ(refer("u:${A:-d}$1$@h"), "u:dh");
  EXPECT_EQ(refer("u:$B$C"), "u:${B}${C}");
}

// Without a bound the last value would have 2^60 bytes.
TEST(DockerScope, ValuesThatDoubleStayBounded) {
  std::string text = "FROM x\nENV A=a B=$C$C\n";
  for (int i = 0; i < 60; ++i) text += "ENV A=$A$A B=${B}x$B\n";
  const DockerScope scope = ScopeAfter(text);
  for (const char* name : {"A", "B"}) {
    EXPECT_LE(scope.Find(name)->value->size(), 16u << 10) << name;
    EXPECT_FALSE(scope.Find(name)->value->empty()) << name;
  }
}

}  // namespace
}  // namespace oakum
