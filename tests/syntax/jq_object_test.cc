#include "analyzer/syntax/jq_object.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

Value Text(std::string_view text) {
  return Value(MappedText::Verbatim(text, 0));
}

std::string Object(std::string_view filter) {
  const std::vector<JqVariable> variables = {
      {"user", Text("bot")}, {"quoted", Text("a\"b\\c")}, {"n", Text("3"), true}};
  const std::optional<Value> text = JqObject(Text(filter), variables);
  return text ? text->Describe() : "none";
}

TEST(JqObject, BuildsJson) {
  struct {
    const char* filter;
    const char* json;
  } const cases[] = {
      {"{username: $user}", R"({"username":"bot"})"},
      {"{$user}", R"({"user":"bot"})"},
      {"{user}", R"({"user":"${user}"})"},
      {"{\"server\": \"ghcr.io\", n: $n}", R"({"server":"ghcr.io","n":3})"},
      {"{a: $quoted}", R"({"a":"a\"b\\c"})"},
      {"{a: env.TOKEN, b: $ENV.KEY}", R"({"a":"${TOKEN}","b":"${KEY}"})"},
      {"{a: ($user | ascii_upcase), b: 1}", R"({"a":"${($user | ascii_upcase)}","b":1})"},
      {"{a: \"x-\\($user)-\\(.b)\"}", R"({"a":"x-bot-${.b}"})"},
      {"{auths: {\"ghcr.io\": {username: $user}}}", R"({"auths":{"ghcr.io":{"username":"bot"}}})"},
      {"\n  {\n    a: 1, # why\n    b: true\n  } | tostring\n", R"({"a":1,"b":true})"},
      {"{a: \"un,{closed}\", b: null}", R"({"a":"un,{closed}","b":null})"},
      {"{}", "{}"},
      {".", "none"},
      {"{", "none"},
      {"{a: ", "none"},
      {"{(\"a\"): 1}", "none"},
      {"{a b}", "none"},
      {"[{a: 1}]", "none"},
      {"", "none"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.filter);
    EXPECT_EQ(Object(c.filter), c.json);
  }
}

TEST(JqObject, KeepsTheSpansOfItsVariables) {
  const std::string script = "jq --arg s ghcr.io '{server: $s}'";
  const Value all = Text(script);
  const Value server = all.Slice({11, 18});
  const std::optional<Value> text = JqObject(all.Slice({20, 32}), {{"s", server}});
  ASSERT_TRUE(text);
  const size_t at = text->text().find("ghcr.io");
  const Span span = text->ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(at + 7)});
  EXPECT_EQ(span, (Span{11, 18}));
}

TEST(JqObject, GivesUpOnDeepNesting) {
  std::string filter;
  for (int i = 0; i < 100000; ++i) filter += "{a:";
  EXPECT_FALSE(JqObject(Text(filter), {}));
}

}  // namespace
}  // namespace oakum
