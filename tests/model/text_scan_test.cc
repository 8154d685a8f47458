#include "analyzer/model/text_scan.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/credential/sample_tokens.h"

namespace oakum {
namespace {

Facts Scan(const Source& source, Language language = Language::kDocument) {
  Facts facts;
  ScanText(source, language, facts);
  return facts;
}

std::vector<std::string> Families(const std::string& text) {
  const Source source("f", ExpandSampleTokens(text));
  std::vector<std::string> families;
  for (const TokenMatch& token : Scan(source).tokens) families.emplace_back(token.family);
  return families;
}

TEST(ScanTextTest, Tokens) {
  using List = std::vector<std::string>;
  EXPECT_EQ(Families("# @@token:hf@@\n{{{ @@token:github-pat@@"),
            (List{"Hugging Face token", "GitHub personal access token"}));
  EXPECT_EQ(Families("id = @@token:aws-key-id@@\nsecret = @@token:aws-secret-key@@\n"),
            (List{"AWS secret access key"}));
  EXPECT_EQ(Families("secret: '@@token:aws-secret-key@@', id: '@@token:aws-key-id@@'"),
            (List{"AWS secret access key"}));
  EXPECT_EQ(Families("id = @@token:aws-key-id@@\nsha1 = 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
            (List{"AWS access key ID"}));
  EXPECT_EQ(Families("no token"), List());
}

TEST(ScanTextTest, LiteralUris) {
  const Source source(
      "f", ExpandSampleTokens(
               "a https://u:hunter2@h.io/x\nb https://u:$P@h.io/\n"
               "c 'redis://:hunter2@h' https://@@token:gitlab-pat@@@h.io/ https://h.io/@x/y?z=1"));
  const Facts facts = Scan(source);
  ASSERT_EQ(facts.uris.size(), 3u);
  EXPECT_EQ(facts.uris[0].uri.password.ToSource(), (Span{12, 19}));
  EXPECT_EQ(facts.uris[1].uri.scheme, "redis");
  EXPECT_EQ(facts.uris[2].uri.LiteralHost(), "h.io");
  EXPECT_TRUE(Scan(source, Language::kUnknown).uris.empty());
}

TEST(ScanTextTest, LeavesWhatAFrontEndFound) {
  const Source source("f", "a https://u:hunter2@h.io/x https://u:hunter3@h.io/y");
  Facts facts;
  UriUse use;
  use.uri = *ParseUri(Value(source.body().Slice({2, 26})));
  use.role = UriRole::kIndex;
  use.span = {2, 26};
  facts.uris.push_back(use);
  ScanText(source, Language::kShell, facts);
  ASSERT_EQ(facts.uris.size(), 2u);
  EXPECT_EQ(facts.uris[1].uri.password.text(), "hunter3");
}

TEST(ScanTextTest, AnySize) {
  for (const std::string& text :
       {std::string(), std::string("://"), std::string("a://"), std::string("://@"),
        std::string(100000, '@') + "://" + std::string(100000, 'x') + "@h"}) {
    const Source source("f", text);
    Scan(source);
  }
}

}  // namespace
}  // namespace oakum
