#include "analyzer/syntax/justfile.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

std::string Show(const Justfile& justfile) {
  std::string out;
  const auto add = [&out](const std::string& text) {
    if (!out.empty()) out += " | ";
    out += text;
  };
  if (!justfile.shell.empty()) add("shell " + justfile.shell);
  for (const JustVariable& variable : justfile.variables) {
    add((variable.exported ? "export " : "") + variable.name + "=" + variable.value.Describe());
  }
  for (const JustRecipe& recipe : justfile.recipes) {
    std::string shown = recipe.interpreter;
    for (const JustVariable& parameter : recipe.parameters) {
      shown += "<" + std::string(parameter.exported ? "$" : "") + parameter.name + "=" +
               parameter.value.Describe() + ">";
    }
    for (const Value& script : recipe.scripts) shown += "{" + script.Describe() + "}";
    add(shown);
  }
  for (const Value& command : justfile.commands) add("`" + command.Describe() + "`");
  return out;
}

struct Case {
  const char* text;
  const char* shown;
};

constexpr Case kCases[] = {
    {"", ""},
    {"a := 'b'\nexport c := \"d\"", "a=b | export c=d"},
    {"a := 'b' + \"c\" / 'd' # e\nf := a + 'g'", "a=bc/d | f=${a}g"},
    {"a := \"x\\n\\t\\\"\\u{41}\\\\\"", "a=x\n\t\"A\\"},
    {"a := 'x\\n'", "a=x\\n"},
    {"a := '''\n  b\n    c\n'''", "a=b\n  c\n"},
    {"a := x'~/$B-${C:-d}'", "a=~/${B}-${C}"},
    {"a := f'b{{c}}'", "a=b${c}"},
    {"a := `git rev-parse {{b}}`", "a=${command} | `git rev-parse ${b}`"},
    {"a := env('T')\nb := env_var_or_default(\"U\", 'v')", "a=${T} | b=${U}"},
    {"a := if b == 'c' { 'd' } else if e != f { 'g' } else { 'h' }\ni := 'j'", "a=${if} | i=j"},
    {"a := trim('b') + quote(c) + os()", "a=b'${c}'${os()}"},
    {"a := (\n  'b' +\n  'c'\n)\nd := 'e'", "a=bc | d=e"},
    {"a := shell('cat ' + 'f')", "a=${cat f} | `cat f`"},
    {"set export\na := 'b'", "export a=b"},
    {"set shell := ['/bin/bash', '-uc']\na:\n  b", "shell bash | {b}"},
    {"set dotenv-load := true\nset := 'a'", "set=a"},
    {"a:\n    echo b\n    @-echo c\n", "{echo b\n}{echo c\n}"},
    {"a:\n  echo \\\n    b\n  c", "{echo \\\n  b\n}{c}"},
    {"a: b (c 'd')\n  x\n\n  y\ne:\n  z", "{x\n}{y\n} | {z}"},
    {"# x\n@a b $c *d e='f' g=(h + 'i'): j\n  k {{b}} $c",
     "<b=><$c=><d=><e=f><g=${h}i>{k ${b} $c}"},
    {"a:\n  echo {{ b + 'c' }} {{{{d}} $(e)", "{echo ${b}c {{d}} $(e)}"},
    {"a:\n  echo {{ b ? c }} {{d", "{echo ${b ? c} {{d}"},
    {"a:\n  #!/usr/bin/env -S bash -eu\n  if x; then\n    y\n  fi\n",
     "bash{#!/usr/bin/env -S bash -eu\nif x; then\n  y\nfi\n}"},
    {"[script('python3')]\na:\n  import b\n  c\n", "python3{import b\nc\n}"},
    {"[private]\n[no-cd]\na:\n  b\n", "{b\n}"},
    {"alias a := b\nimport 'c.just'\nmod d\nexport := 'e'", "export=e"},
    {"a:\r\n  b\r\n", "{b\r\n}"},
    {"a :=\nb:\n\tc", "a= | {c}"},
    {"a := 'open\nb:\n", "a="},
    {"a b c\n  d", ""},
};

TEST(Justfile, ReadsVariablesAndRecipes) {
  for (const Case& each : kCases) {
    EXPECT_EQ(Show(ParseJustfile(MappedText::Verbatim(each.text, 0))), each.shown) << each.text;
  }
}

TEST(Justfile, SpansAreThoseOfTheFile) {
  const std::string text = "a := \"\\\"b\"\nc t:\n    echo x \\\n      {{t}}\n";
  const Justfile justfile = ParseJustfile(MappedText::Verbatim(text, 0));
  ASSERT_EQ(justfile.variables.size(), 1u);
  const Span value = justfile.variables[0].value.ToSource();
  EXPECT_EQ(text.substr(value.begin, value.size()), "\\\"b");
  ASSERT_EQ(justfile.recipes.size(), 1u);
  ASSERT_EQ(justfile.recipes[0].scripts.size(), 1u);
  const Value& script = justfile.recipes[0].scripts[0];
  ASSERT_EQ(script.holes().size(), 1u);
  const Span hole = script.holes()[0].hole.span;
  EXPECT_EQ(text.substr(hole.begin, hole.size()), "t");
}

}  // namespace
}  // namespace oakum
