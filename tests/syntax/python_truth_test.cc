// Folding against the interpreter: what PythonModule makes of a snippet, with its holes filled from
// a fixed environment, is what CPython assembles.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/syntax/python.h"

namespace oakum {
namespace {

constexpr std::string_view kPrelude =
    "import os, json\nfrom os import environ, getenv\nfrom os import environ as env\n";

// Ways to come by a text.
const std::vector<std::string> kOperands = {
    "'lit'",
    "\"q'uote\"",
    "os.environ['TOKEN']",
    "env['TOKEN']",
    "os.getenv('TOKEN')",
    "environ.get('TOKEN', 'x')",
    "os.environ.get('MISSING_ONE', 'fallback')",
    "TOKEN",
    "cfg['token']",
    "helper('a')",
    "('p' 'q')",
    "r'\\d'",
    "'\\u00e9\\n'",
    "str(TOKEN)",
    "TOKEN.strip()",
    "Settings.token",
};

// Ways to put $ into a longer text.
const std::vector<std::string> kAssemblers = {
    "f'https://{$}@h/x.zip'",      "f'{$!r}'",
    "f'{$!s}-{{b}}-{8080}'",       "'https://' + $ + '@h'",
    "'https://%s@h/%%' % $",       "'%s:%s@%d' % ('u', $, 8080)",
    "'%(t)s@h' % {'t': $}",        "'{}@{}'.format($, 'h')",
    "'{t}@{0}'.format('h', t=$)",  "'/'.join(['a', $, 'b'])",
    "os.path.join('a', $)",        "dict(a=$)['a']",
    "{**{'a': 'x'}, 'a': $}['a']", "[$, 'z'][0] + 'y'",
    "(lambda t: 'u:' + t)($)",     "json.loads(json.dumps({'a': $}))['a']",
};

// Whole programs.
const std::vector<std::string> kPrograms = {
    "result = 'a' 'b' \"c\"",
    "result = '''x\\\ny'''",
    "result = \"\\x41\\101\\t\\q\\\\\"",
    "result = rb'\\x41'",
    "result = b'\\x41\\u0041'",
    "result = '\\U0001F600'",
    "result = f'{\"nested\"}' f'{1}{2.5}'",
    "x = 'v'\nresult = f'{x=}'",
    "x = 'v'\nresult = f'{x:>5}|{x:<5}|{x:^5}|{x:*^7}|{x:.0}|{7:03d}|{7:>4}'",
    "result = '%5s|%-5s|%05d|%.2s' % ('a', 'b', 42, 'xyz')",
    "result = '{:>5}|{:<4}|{!r}'.format('a', 'b', 'c')",
    "result = '{0[k]}-{a[1]}'.format({'k': 'v'}, a=['x', 'y'])",
    "a = 'x'\na += 'y'\na = a + 'z'\nresult = a",
    "d = {}\nd['a'] = '1'\nd.update({'b': '2'})\nd.update(c='3')\nresult = d['a'] + d['b'] + "
    "d['c']",
    "d = {'a': {'b': '1'}}\nd['a']['c'] = '2'\nd['a'].update(d='3')\nresult = "
    "''.join(d['a'].values())",
    "d = dict({'a': '1'}, b='2')\nresult = d.get('a') + d.get('z', 'zz') + d['b']",
    "d = {'a': '1'} | {'b': '2'}\nd |= {'c': '3'}\nresult = d['a'] + d['b'] + d['c']",
    "l = ['a']\nl.append('b')\nl.extend(['c'])\nl += ['d']\nresult = '-'.join(l)",
    "result = ' a '.strip() + 'b/'.rstrip('/') + '/c'.lstrip('/') + 'D'.lower() + 'e'.upper()",
    "result = 'https://h'.replace('https://', f'https://{TOKEN}@')",
    "result = 'git+x'.removeprefix('git+') + 'a.git'.removesuffix('.git')",
    "def f(a, b='2', *rest, c='3', **more):\n    return a + b + c + more['d']\nresult = f('1', "
    "d='4')",
    "def f(**kw):\n    return kw['x']\nresult = f(x='v')",
    "def f():\n    e = {'a': TOKEN}\n    if True:\n        e['a'] = 'w'\n    return e\nresult = "
    "f()['a']",
    "def outer(t):\n    def inner():\n        return t + '!'\n    return inner()\nresult = "
    "outer('x')",
    "if os.environ.get('TOKEN'):\n    x = 'yes'\nelse:\n    x = 'no'\nresult = x",
    "x = 'none'\ntry:\n    x = os.environ['TOKEN']\nexcept KeyError:\n    x = 'missing'\nresult = "
    "x",
    "x = None\nresult = x or 'default'",
    "x = '' or TOKEN\nresult = x",
    "result = 'a' if TOKEN else 'b'",
    "a, (b) = 'x', 'y'\nresult = a + b",
    "class C:\n    base = 'https://h'\n    url = base + '/x'\nresult = C.url",
    "class C:\n    def __init__(self, t):\n        self.u = 'u' + t\nresult = C('1').u",
    "class C:\n    p = 'p'\n    def m(self, x):\n        return self.p + x\nresult = C().m('1')",
    "class C:\n    t = TOKEN\n    @property\n    def u(self):\n        return 'u' + self.t\n"
    "result = C().u",
    "from urllib.parse import urlunparse\n"
    "result = urlunparse(('https', 'u:' + TOKEN + '@h', '/x', '', '', ''))",
    "from urllib.parse import urlparse\np = urlparse('https://h/x?y=1')\n"
    "result = p._replace(netloc=f'u:{TOKEN}@{p.netloc}').geturl() + p.scheme + p.hostname",
    "from urllib.parse import urlsplit, urlunsplit\n"
    "result = urlunsplit(urlsplit('https://h/x')._replace(netloc='u@h'))",
    "from urllib.parse import urlencode\nresult = '?' + urlencode({'a': 'x', 'b': 'y'})",
    "import string\n"
    "result = string.Template('$$ $u:${t}@h').substitute(u='me', t=TOKEN)",
    "from string import Template\nresult = Template('$a-$b').safe_substitute({'a': '1', 'b': '2'})",
    "import argparse\nparser = argparse.ArgumentParser()\n"
    "parser.add_argument('--the-url', '-u', default='https://h')\n"
    "parser.add_argument('--other', dest='name', default='n')\n"
    "args, rest = parser.parse_known_args([])\nresult = args.the_url + args.name",
    "import dataclasses\n@dataclasses.dataclass\nclass C:\n    a: str = "
    "dataclasses.field(default='x')\n"
    "    b: list = dataclasses.field(default_factory=lambda: ['y'])\nresult = C().a + C().b[0]",
    "m = {'a': 'x', 'b': TOKEN}\nk = 'ab'[1]\nresult = m[k]",
    "x = 'a'\ndef f():\n    return x\nx = 'b'\nresult = f()",
    "result = [n + '.zip' for n in ['only']][0]",
    "for n in ['last']:\n    result = n + '!'",
    "result = '{}'.format('{}') + '{{}}'.format() + '%%' % ()",
    "u, p = 'me', os.environ['TOKEN']\nresult = 'https://{u}:{p}@h'.format(u=u, p=p)",
    "url = 'https://{user}@h'\nresult = url.format(**{'user': TOKEN})",
    "parts = ('a', 'b')\nresult = '%s-%s' % parts",
    "result = 'x' \\\n  'y'",
    "x: str = 'typed'\nresult = x",
    "if (w := 'walrus'):\n    result = w",
    "result = ('a'\n          # comment\n          'b')",
};

std::vector<std::string> Snippets() {
  std::vector<std::string> snippets;
  for (const std::string& operand : kOperands) {
    for (std::string assembler : kAssemblers) {
      const bool quoted = assembler.starts_with("f'") && operand.find('\'') != std::string::npos;
      std::string code =
          "TOKEN = os.environ['TOKEN']\ncfg = {'token': TOKEN}\n"
          "def helper(x):\n    return x + TOKEN\n"
          "class Settings:\n    token = TOKEN\n";
      if (quoted) code += "value = " + operand + "\n";  // no quotes inside an f-string before 3.12
      assembler.replace(assembler.find('$'), 1, quoted ? "value" : operand);
      snippets.push_back(code + "result = " + assembler);
    }
  }
  for (const std::string& program : kPrograms) {
    snippets.push_back("TOKEN = os.environ['TOKEN']\n" + program);
  }
  return snippets;
}

std::string Hex(std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (unsigned char c : text) {
    hex += kDigits[c >> 4];
    hex += kDigits[c & 15];
  }
  return hex;
}

std::string Unhex(std::string_view hex) {
  std::string text;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    text += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return text;
}

// What the interpreter makes of each snippet, one hexadecimal line a snippet; empty if it cannot
// run.
std::vector<std::string> Interpreted(const std::vector<std::string>& snippets) {
  const std::string path = testing::TempDir() + "oakum_python_truth.py";
  std::ofstream script(path);
  script << "import os\nos.environ.clear()\nos.environ['TOKEN'] = 'env-TOKEN'\nfor code in [\n";
  for (const std::string& snippet : snippets) {
    script << "  bytes.fromhex('" << Hex(std::string(kPrelude) + snippet) << "').decode(),\n";
  }
  script << "]:\n  scope = {}\n  try:\n    exec(code, scope)\n    r = scope['result']\n"
            "    print((r if isinstance(r, bytes) else r.encode('utf-8')).hex())\n"
            "  except Exception as e:\n    print('error', repr(e))\n";
  script.close();
  std::vector<std::string> lines;
  FILE* output = popen(("python3 -W ignore " + path + " 2>/dev/null").c_str(), "r");
  if (!output) return lines;
  std::string line;
  for (int c = std::fgetc(output); c != EOF; c = std::fgetc(output)) {
    if (c != '\n') {
      line += static_cast<char>(c);
    } else {
      lines.push_back(std::move(line));
      line.clear();
    }
  }
  pclose(output);
  std::remove(path.c_str());
  return lines;
}

std::string Filled(const Value& value) {
  std::string text;
  for (uint32_t i = 0; i < value.size(); ++i) {
    const Hole* hole = value.HoleAt(i);
    if (!hole) {
      text += value.text()[i];
    } else if (hole->origin == HoleOrigin::kEnvironment && hole->name == "TOKEN") {
      text += "env-TOKEN";
    } else {
      text += "<" + hole->name + ">";
    }
  }
  return text;
}

// Every result that folding gives for the name `result` at the end.
std::vector<std::string> Folded(const std::string& snippet) {
  const std::string code = std::string(kPrelude) + snippet + "\nuse(result)\n";
  PythonModule module(Value(MappedText::Verbatim(code, 0)));
  std::vector<std::string> folded;
  for (SyntaxTree::Id id = 0; id < module.tree().size(); ++id) {
    if (!module.tree().Is(id, "call") || module.TextOf(id) != "use(result)") continue;
    const PyObject call = module.CallOf(id);
    for (PyId value : call.items.at(0).values) {
      folded.push_back(Filled(module[value].value));
    }
  }
  return folded;
}

TEST(PythonTruth, FoldsToWhatTheInterpreterAssembles) {
  const std::vector<std::string> snippets = Snippets();
  const std::vector<std::string> truth = Interpreted(snippets);
  if (truth.empty()) GTEST_SKIP() << "python3 is not there: folding was not compared with it";
  ASSERT_EQ(truth.size(), snippets.size());
  ASSERT_GE(snippets.size(), 200u);
  for (size_t i = 0; i < snippets.size(); ++i) {
    ASSERT_FALSE(truth[i].starts_with("error")) << snippets[i] << "\n" << truth[i];
    const std::vector<std::string> folded = Folded(snippets[i]);
    const std::string expected = Unhex(truth[i]);
    EXPECT_NE(std::find(folded.begin(), folded.end(), expected), folded.end())
        << snippets[i] << "\ninterpreter: " << expected
        << "\nfolding: " << (folded.empty() ? "nothing" : folded.front());
  }
}

}  // namespace
}  // namespace oakum
