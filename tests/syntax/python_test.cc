#include "analyzer/syntax/python.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

// What the argument of the last use(...) call folds to: alternatives separated by " | ".
std::string Folded(std::string_view code) {
  PythonModule module(Value(MappedText::Verbatim(code, 0)));
  std::string shown = "no call";
  for (SyntaxTree::Id id = 0; id < module.tree().size(); ++id) {
    if (!module.tree().Is(id, "call") ||
        module.QualifiedName(module.tree().Child(id, "function")) != "use") {
      continue;
    }
    const PyObject call = module.CallOf(id);
    if (call.items.empty()) continue;
    shown.clear();
    for (PyId value : call.items.at(0).values) {
      if (!shown.empty()) shown += " | ";
      const PyObject& object = module[value];
      shown += object.kind == PyKind::kMap || object.kind == PyKind::kList
                   ? "container"
                   : object.value.Describe();
    }
  }
  return shown;
}

struct Case {
  std::string_view code;
  std::string_view folded;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Folded(c.code), c.folded) << c.code;
}

TEST(Python, FoldsLiterals) {
  Check({
      {R"(use("a" "b" 'c'))", "abc"},
      {R"(use("a" + 'b' + """c"""))", "abc"},
      {R"(use("\x41\u00e9\n\101\q"))", "A\xc3\xa9\nA\\q"},
      {R"(use(r"\x41"))", "\\x41"},
      {R"(use(b"\xff"))", "\xff"},
      {"use(\"\"\"a\\\nb\"\"\")", "ab"},
      {R"(use(("https://u:p"
      "@h")))",
       "https://u:p@h"},
  });
}

TEST(Python, FoldsFormatting) {
  Check({
      {R"(t = "T"; use(f"https://{t}@h/{{x}}"))", "https://T@h/{x}"},
      {R"(t = "T"; use(f"{t!r} {t:>3} {8:03d} {t=}"))", "'T'   T 008 t='T'"},
      {R"(use("https://%s:%s@h/%%" % ("u", "p")))", "https://u:p@h/%"},
      {R"(use("%(u)s@h" % {"u": "me"}))", "me@h"},
      {R"(use("%d-%s" % (8, "x")))", "8-x"},
      {R"(use("{}:{}@{host}".format("u", "p", host="h")))", "u:p@h"},
      {R"(use("{1}{0}{{}}".format("a", "b")))", "ba{}"},
      {R"(use("{a[k]}".format(a={"k": "v"})))", "v"},
      {R"(use("{c.x}".format(c=cfg)))", "${cfg.x}"},
      {R"(use("/".join(["a", "b"]) + "".join(("c", "d"))))", "a/bcd"},
      {R"(use(" x ".strip() + "AB".lower() + "a-b".replace("-", "+")))", "xaba+b"},
  });
}

TEST(Python, NamesHolesAfterTheirExpressions) {
  Check({
      {"import os\nuse('https://' + os.environ['TOKEN'] + '@h')", "https://${TOKEN}@h"},
      {"import os as o\nuse(f'{o.getenv(\"T\")}@h')", "${T}@h"},
      {"from os import environ\nuse(environ['T'])", "${T}"},
      {"from os import getenv as g\nuse(g('T', 'd'))", "${T} | d"},
      {"import getpass\nuse(f'x{getpass.getpass()}')", "x${getpass.getpass}"},
      {"use(f'{cfg.token}@h')", "${cfg.token}@h"},
      {"use(f'{load(\"secret\")}')", "${load()}"},
      {"use(f'{data[\"token\"]}')", "${data.token}"},
      {"from settings import TOKEN\nuse('x' + TOKEN)", "x${settings.TOKEN}"},
      {"use(f'{a if b else c}')", "${a} | ${c}"},
  });
}

TEST(Python, FollowsAssignmentsInTextOrder) {
  Check({
      {"x = 'a'\nx = 'b'\nuse(x)\nx = 'c'", "b"},
      {"x = 'a'\nx += 'b'\nuse(x)", "ab"},
      {"x = 'a'\ndef f():\n  use(x)\nx = 'b'", "b"},
      {"def f():\n  x = 'in'\n  use(x)\nx = 'out'", "in"},
      {"x, y = 'a', 'b'\nuse(y)", "b"},
      {"a = b = 'v'\nuse(a + b)", "vv"},
      {"if (n := 'w'):\n  use(n)", "w"},
      {"class C:\n  URL = 'u'\nuse(C.URL)", "u"},
      {"class C:\n  def __init__(self):\n    self.t = 'T'\n  def go(self):\n    use(self.t)", "T"},
      {"import os\nx = os.environ\nuse(x['A'])", "${A}"},
      {"for u in ['a', 'b']:\n  use(u)", "a | b"},
      {"use([f'{n}.zip' for n in ('a', 'b')][0])", "a.zip | b.zip"},
  });
}

TEST(Python, KeepsEveryBranch) {
  Check({
      {"if c:\n  x = 'a'\nelse:\n  x = 'b'\nuse(x)", "a | b"},
      {"x = 'z'\nif c:\n  x = 'a'\nuse(x)", "z | a"},
      {"x = 'z'\nif c:\n  x = 'a'\nelif d:\n  x = 'b'\nelse:\n  x = 'c'\nuse(x)", "a | b | c"},
      {"if c:\n  x = 'a'\nelse:\n  x = 'b'\n  use(x)", "b"},
      {"try:\n  x = 'a'\nexcept E:\n  x = 'b'\nuse(x)", "a | b"},
      {"use('a' if c else 'b')", "a | b"},
      {"import os\nuse(os.environ.get('X') or 'd')", "${X} | d"},
      {"t = 'a' if c else 'b'\nuse(f'<{t}>')", "<a> | <b>"},
  });
}

TEST(Python, FoldsHelperFunctions) {
  Check({
      {"def url(tok):\n  return f'https://{tok}@h'\nuse(url('T'))", "https://T@h"},
      {"def url(tok, host='h'):\n  base = 'https://' + tok\n  return base + '@' + "
       "host\nuse(url(tok='T'))",
       "https://T@h"},
      {"import os\ndef t():\n  return os.environ['T']\nuse(f'{t()}@h')", "${T}@h"},
      {"url = lambda t: t + '!'\nuse(url('a'))", "a!"},
      {"def go(url):\n  use(url)\ngo('given')", "given"},
      {"def go(url='dflt'):\n  use(url)", "dflt | ${url}"},
      {"def go(url):\n  use(url)", "${url}"},
      {"def f(x):\n  return f(x) + 'a'\nuse(f('b'))", "${f()}aaaaaa"},
      {"class A:\n  def u(self, t):\n    return 'u' + t\n  def go(self):\n    use(self.u('1'))",
       "u1"},
  });
}

TEST(Python, BuildsDictsAndLists) {
  Check({
      {"d = {'a': '1'}\nd['b'] = '2'\nuse(d['a'] + d['b'])", "12"},
      {"d = {}\nd.update({'a': '1'})\nd.update(b='2')\nuse(d['a'] + d['b'])", "12"},
      {"b = {'a': '1'}\nd = {**b, 'c': '3'}\nuse(d['a'] + d['c'])", "13"},
      {"d = dict(a='1') | {'a': '2'}\nuse(d['a'])", "2"},
      {"d = {'x': {}}\nd['x']['y'] = 'v'\nuse(d['x']['y'])", "v"},
      {"d = {'x': {}}\nd['x'].update(y='v')\nuse(d['x']['y'])", "v"},
      {"d = {'a': '1'}\nif c:\n  d['a'] = '2'\nuse(d['a'])", "1 | 2"},
      {"l = ['a']\nl.append('b')\nl += ['c']\nuse(''.join(l))", "abc"},
      {"def env():\n  e = {'k': 'v'}\n  e['l'] = 'w'\n  return e\nuse(env()['l'])", "w"},
      {"import json\nuse(json.loads(json.dumps({'k': 'v'}))['k'])", "v"},
  });
}

TEST(Python, AHoleStandsWhereItIsAssembled) {
  const std::string code = "import os\nt = os.environ['T']\nuse(f'https://{t}@h')\n";
  PythonModule module(Value(MappedText::Verbatim(code, 0)));
  SyntaxTree::Id call = SyntaxTree::kNone;
  for (SyntaxTree::Id id = 0; id < module.tree().size(); ++id) {
    if (module.tree().Is(id, "call")) call = id;
  }
  const PyObject use = module.CallOf(call);
  const Value& value = module[use.items[0].values[0]].value;
  const Span hole = value.holes().at(0).hole.span;
  EXPECT_EQ(code.substr(hole.begin, hole.size()), "{t}");
  const std::vector<Span> origins = module.OriginsOf(value);
  ASSERT_EQ(origins.size(), 1u);
  EXPECT_EQ(code.substr(origins[0].begin, origins[0].size()), "os.environ['T']");
}

TEST(Python, SurvivesTextThatLacksWhatTheGrammarPromises) {
  for (std::string_view code :
       {" .()", ".a()", "x = ", "f(*)", "f(**)", "{: 1}", "lambda", "use(", "%s % ", "d[] = 1",
        "a.update(", "f'{}'", "import", "from x import", "def (:", "class :"}) {
    Folded(code);
    Folded("use(" + std::string(code) + ")\nuse(x)");
  }
}

TEST(Python, SurvivesHostileText) {
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "(";
  Folded("use(" + nested);
  std::string sum = "x = 'a'";
  for (int i = 0; i < 10'000; ++i) sum += " + 'b'";
  EXPECT_EQ(Folded(sum + "\nuse(x)").size(), 10'001u);
  std::string doubling = "x = 'ab'\n";
  for (int i = 0; i < 200; ++i) doubling += "x = x + x\n";
  Folded(doubling + "use(x)");
  std::string calls = "def f(a):\n  return f(f(a)) + f(a)\n";
  for (int i = 0; i < 50; ++i) calls += "f('x')\n";
  Folded(calls + "use(f('y'))");
}

}  // namespace
}  // namespace oakum
