#include "analyzer/syntax/makefile.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

std::string Show(const Makefile& makefile) {
  std::string out;
  const auto add = [&out](const std::string& text) {
    if (!out.empty()) out += " | ";
    out += text;
  };
  for (const MakeVariable& variable : makefile.variables) {
    add(std::string(variable.exported ? "export " : "") + (variable.conditional ? "?" : "") +
        variable.name + (variable.append ? "+" : "") + (variable.command ? "!" : "") + "=" +
        variable.value.Describe());
  }
  for (const Value& script : makefile.scripts) add("{" + script.Describe() + "}");
  return out;
}

struct Case {
  const char* text;
  const char* shown;
};

constexpr Case kCases[] = {
    {"", ""},
    {"A = b\nB:=c # d\nC ?= e\nD += f\nE ::= g", "A=b | B=c | C=e | D+=f | E=g"},
    {"export A = b\nexport B\noverride C = d", "export A=b | C=d"},
    {"V != cat version", "V!=cat version"},
    {"A = b \\\n    c\\\n  d\nE = f", "A=b c d | E=f"},
    {"# A = b \\\n still\nC = d", "C=d"},
    {"A = x\\#y # z", "A=x\\#y"},
    {"all:\n\techo a\n\techo b\n", "{echo a\n} | {echo b\n}"},
    {"all: dep\n\t@-echo a\n", "{echo a\n}"},
    {"a/x: b\n\techo $@ $<\n", "{echo a/x ${<}\n}"},
    {"a: b\n\techo a\nb:\n\techo b\nb: a\n", "{echo b\n} | {echo a\n}"},
    {"a b:\n\techo $@\n", "{echo ${@}\n}"},
    {"$(F):\n\techo > $@\n", "{echo > ${F}\n}"},
    {"all: d/x/f d/y/f e/f; true\nd/%/f: d\n\techo $@ $*\n",
     "{echo d/x/f x\n} | {echo d/y/f y\n} | {true}"},
    {"d/%/f:\n\techo $@\n", "{echo ${@}\n}"},
    {"all:\n\techo a \\\n\t  b\n\tc", "{echo a \\\n  b\n} | {c}"},
    {"all: ; echo a\n\techo b", "{echo a} | {echo b}"},
    {"all:\n\techo $$HOME $(TAG) ${X} $@ $$(cat f)", "{echo $HOME ${TAG} ${X} all $(cat f)}"},
    {"all:\n\techo $(shell cat f) $(call run,x)", "{echo ${cat f} ${call run,x}}"},
    {"all:\n\n# note\n\techo a\nA = b\n\techo c", "A=b | {echo a\n}"},
    {"ifdef X\nA = b\nelse\nA = c\nendif\nB = d", "?A=b | ?A=c | B=d"},
    {"ifeq ($(X),1)\nall:\n\techo a\nendif", "{echo a\n}"},
    {"all: A = b\nall: export B := c\n\techo d", "?A=b | export ?B=c"},
    {"define RC\nmachine h\nendef\nA = b", "RC=machine h\n | A=b"},
    {".ONESHELL:\nall:\n\tcd x\n\techo a\nother:\n\techo b\n", "{cd x\necho a\n} | {echo b\n}"},
    {".RECIPEPREFIX = >\nall:\n>echo a\n", "{echo a\n}"},
    {"%.o: %.c\n\tcc $< -o $@", "{cc ${<} -o ${@}}"},
    {"a b: c | d\n\tx", "{x}"},
    {"\techo no rule", ""},
    {"all:\n\techo $(open", "{echo $(open}"},
    {"include x.mk\n-include y.mk\nvpath %.c src", ""},
    {"$(VAR): x\n\ty", "{y}"},
    {"A = b\r\nall:\r\n\techo a\r\n", "A=b | {echo a\r\n}"},
};

TEST(Makefile, ReadsVariablesAndScripts) {
  for (const Case& each : kCases) {
    EXPECT_EQ(Show(ParseMakefile(MappedText::Verbatim(each.text, 0))), each.shown) << each.text;
  }
}

TEST(Makefile, SpansAreThoseOfTheFile) {
  const std::string text = "all:\n\techo $$A \\\n\t  $(TOKEN)\n";
  const Makefile makefile = ParseMakefile(MappedText::Verbatim(text, 0));
  ASSERT_EQ(makefile.scripts.size(), 1u);
  ASSERT_EQ(makefile.scripts[0].holes().size(), 1u);
  const Span span = makefile.scripts[0].holes()[0].hole.span;
  EXPECT_EQ(text.substr(span.begin, span.size()), "$(TOKEN)");
}

}  // namespace
}  // namespace oakum
