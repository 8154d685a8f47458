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
      {Language::kDocument, "https://u:it's@example.com/", true},
      // What is put together from several strings, and what is not.
      {Language::kPython, "x = \"https://u:\" + \"pw\" + \"@example.com\"", true},
      {Language::kPython, "x = \"https://u:\" \"pw\" \"@example.com\"", true},
      {Language::kPython, "x = ('https://u:hun'\n     'ter2@example.com')", true},
      {Language::kPython, "x = 'https://u' + ':' + P + f'@{HOST}'", true},
      {Language::kPython, "x = ''.join(['https://u:', P, '@example.com'])", true},
      {Language::kPython, "x = 'https://u:pw\\\n@example.com'", true},
      {Language::kPython, "x = 'https://example.com' + path", false},
      {Language::kPython, "get('https://example.com:80', 'a')\n@fixture\n", false},
      {Language::kPython, "x = ['https://a.example', 'https://b.example', 'me@c.example']", false},
      {Language::kNotebook, "\"x = \\\"https://u:\\\" + \\\"pw\\\" + \\\"@h.io\\\"\\n\"", true},
      {Language::kNotebook, "\"x = \\\"https://example.com\\\"\\n\",\n\"@ray.remote\\n\"", false},
      // What is written with escapes.
      {Language::kJson, R"({"a": "https:\/\/u:pw@example.com"})", true},
      {Language::kJson, R"({"a": "https:\/\/example.com\/@b"})", false},
      {Language::kJson, R"({"a": "https:\u002f\u002Fu:pw@example.com"})", true},
      {Language::kJson, R"({"a": "https://u:p\"w@example.com"})", true},
      {Language::kJson, R"({"a": "https://u:pw\u0040example.com"})", true},
      {Language::kJson, R"({"a": "https://h.io/?a=1\u0026token=b"})", true},
      {Language::kJson, R"({"a": "https://h.io\n", "b": "me@h.io"})", false},
      {Language::kToml, "a = \"https://u:\\\n  pw@example.com\"", true},
      {Language::kToml, R"(a = "https:\u002f/u:pw@example.com")", true},
      {Language::kYaml, R"(a: "https:\/\/u:pw@example.com")", true},
      {Language::kYaml, R"(a: "https:\x2f/u:pw@example.com")", true},
      {Language::kYaml, "a: 'https://u:it''s@example.com'", true},
      {Language::kYaml, R"(pattern: https?:\/\/([a-z]+:[a-z]+)@example)", false},
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
