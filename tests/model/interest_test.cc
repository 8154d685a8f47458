#include "analyzer/model/interest.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(InterestTest, Texts) {
  const struct {
    Language language;
    const char* text;
    bool matters;
  } cases[] = {
      {Language::kDockerfile, "FROM x\n", true},
      {Language::kUnknown, "package main\n", false},
      // An image may copy it to where a tool reads its credentials.
      {Language::kUnknown, "see https://user:pw@example.com/a", true},
      {Language::kDocument, "see https://example.com/a", false},
      {Language::kDocument, "see https://user:pw@example.com/a", true},
      {Language::kDocument, "see https://conda.example.com/t/abc/x", true},
      {Language::kDocument, "https://example.com\nmail me@example.com", false},
      {Language::kDocument, "https://example.com/?sig=x", true},
      {Language::kDocument, "https://example.com/?v=1&X-API-Key=x", true},
      {Language::kDocument, "https://example.com/?%74oken=x", true},
      {Language::kDocument, "https://example.com/a?{SAS}", true},
      {Language::kDocument, "https://example.com/a?view=net-6.0&v=1#auth", false},
      {Language::kDocument, "https://example.com/a_%28b%29", false},
      {Language::kDocument, "https://example.com/@someone/post", false},
      {Language::kDocument, "https://user:p/w@example.com/a", true},
      {Language::kDocument, "https://$USER:$PASSWORD@example.com/a", true},
      {Language::kDocument, "https://$HOST/a", false},
      {Language::kYaml, "rules:\n- message: https://$HOST/a secret\n", false},
      {Language::kPython, "'https://%s/a' % host", true},
      {Language::kDocument, "https://pypi.fury.io/abc/me/", true},
      {Language::kYaml, "a: b\n", false},
      {Language::kYaml, "rules:\n- message: a secret token in code\n", false},
      {Language::kYaml, "rules:\n- {'apiVersion' : v1, secret: a}\n", true},
      {Language::kYaml, "? jobs\n: {a: {token: b}}\n", true},
      {Language::kYaml, "rules:\n- message: https://user:pw@example.com/a\n", true},
      {Language::kYaml, "defaultMode: 400\n", true},
      {Language::kYaml, "apiVersion: v1\nkind: CustomResourceDefinition\nsecret: mode\n", false},
      {Language::kYaml, "---\nkind: CustomResourceDefinition\nsecret: mode\n", false},
      {Language::kYaml, "---\nkind: CustomResourceDefinition\n---\napiVersion: v1\nsecret: mode\n",
       true},
      {Language::kJson, "{\"auths\": {}}", true},
      {Language::kJson, "{\"a\": 1}", false},
      {Language::kPython, "print(1)\n", false},
      {Language::kPython, "ray.init(runtime_env={})\n", true},
      {Language::kYaml, "", false},
  };
  for (const auto& c : cases) EXPECT_EQ(MayMatter(c.language, c.text), c.matters) << c.text;
}

}  // namespace
}  // namespace oakum
