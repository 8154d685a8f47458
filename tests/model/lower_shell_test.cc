#include "analyzer/model/lower_shell.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/derive.h"

namespace oakum {
namespace {

Facts Lower(std::string_view text, CommandHost host = CommandHost::kScript) {
  Facts facts;
  LowerShellText(Value(MappedText::Verbatim(text, 0)), host, facts);
  return facts;
}

std::string Commands(std::string_view text) {
  std::string out;
  for (const Command& command : Lower(text).commands) {
    if (!out.empty()) out += "; ";
    if (command.conditional) out += "?";
    if (command.captured) out += "$";
    if (command.sudo) out += "#";
    for (const Assignment& assignment : command.environment) {
      out += assignment.name + "=" + assignment.value.Describe() + " ";
    }
    for (size_t i = 0; i < command.argv.size(); ++i) {
      out += (i > 0 ? " " : "") + command.argv[i].Describe();
    }
    if (command.stdout_to >= 0) out += " |" + std::to_string(command.stdout_to);
    if (command.stdin_from >= 0) out += " <" + std::to_string(command.stdin_from);
    for (const Redirection& r : command.redirections) out += " >" + r.target.Describe();
  }
  return out;
}

TEST(LowerShellTest, WrappersComeOff) {
  EXPECT_EQ(Commands("sudo -u ray pip install x"), "pip install x");
  EXPECT_EQ(Commands("sudo -E A=b env -u C D=e nice -n 5 time -p pip install x"),
            "#A=b D=e pip install x");
  EXPECT_EQ(Commands("timeout -s KILL 30 nohup pip x"), "pip x");
  EXPECT_EQ(Commands("find . | xargs -n 1 -I{} rm {}"), "find . |1; rm {} <0");
  EXPECT_EQ(Commands("bash -lc 'pip install x && echo \"$Y\"'"), "pip install x; echo ${Y}");
  EXPECT_EQ(Commands("bash -eo pipefail -c 'a | b'"), "a |1; b <0");
  EXPECT_EQ(Commands("sh -c 'sh -c \"a b\"'"), "a b");
  EXPECT_EQ(Commands("su -c 'a b' ray; su - ray -c c"), "a b; c");
  EXPECT_EQ(Commands("eval a \"b c\""), "a b c");
  EXPECT_EQ(Commands("python3.11 -u -m pip install x; python -m pip.__main__ y"),
            "pip install x; pip.__main__ y");
  EXPECT_EQ(Commands("uv run --with z pip install x; poetry run pip y; conda run -n e pip z"),
            "uv run --with z; pip install x; pip y; pip z");
  EXPECT_EQ(Commands("uv run -i u x | tee f"), "uv run -i u |2; x |2; tee f <1");
  EXPECT_EQ(Commands("\"$V/bin/pip\" x; \"$V\"/bin/python -m pip y; $V z"),
            "${V}/bin/pip x; pip y; ${V} z");
  EXPECT_EQ(Commands("uv pip install x"), "uv pip install x");
  EXPECT_EQ(Commands("ray job submit --working-dir . -- pip install x"),
            "ray job submit --working-dir .; pip install x");
  EXPECT_EQ(Commands("bash script.sh; command -v pip; exec pip x; sudo -i"),
            "bash script.sh; command -v pip; pip x; sudo -i");
  EXPECT_EQ(Commands("bash <<'E'\npip install x\nE"), "pip install x; bash >pip install x\n");
}

TEST(LowerShellTest, StructureShows) {
  EXPECT_EQ(Commands("if a; then b; else c; fi; d || e; for i in x; do f; done"),
            "a; ?b; ?c; d; ?e; ?f");
  EXPECT_EQ(Commands("f() { pip install x; }; f"), "pip install x; f");
  EXPECT_EQ(Commands("echo $(cat f) | tee g"), "$cat f; echo ${cat f} |2; tee g <1");
  EXPECT_EQ(Commands("{ echo a; echo b; } > f"), "echo a >f; echo b >f");
  EXPECT_EQ(Commands("(echo a; echo b) | tee f"), "echo a |2; echo b |2; tee f <1");
}

TEST(LowerShellTest, VariablesTheScriptFixedAreFilledIn) {
  EXPECT_EQ(Commands("X=a; Y=\"$X/b\"; pip $Y '$Y' ${Z:-c}"), "pip a/b $Y ${Z}");
  EXPECT_EQ(Commands("ARGS=\"-i u\"; pip $ARGS \"$ARGS\""), "pip -i u -i u");
  EXPECT_EQ(Commands("X=a; if b; then X=c; d $X; fi; e $X"), "b; ?d c; e ${X}");
  EXPECT_EQ(Commands("X=a; for X in 1 2; do b $X; done; c $X"), "?b ${X}; c ${X}");
  EXPECT_EQ(Commands("X=a; while b $X; do X=c; done"), "?b ${X}");
  EXPECT_EQ(Commands("X=a; (X=b; c $X); d $X"), "c b; d a");
  EXPECT_EQ(Commands("X=a; X+=b; c $X; unset X; d $X"), "c ab; unset X; d ${X}");
  EXPECT_EQ(Commands("X=$(a); b $X"), "$a; b ${a}");
  EXPECT_EQ(Commands("[ -n \"$X\" ] || X=a; b $X"), "[ -n ${X} ]; b ${X}");
}

TEST(LowerShellTest, DefaultsAreKept) {
  for (const char* script : {": ${X:=d}; b $X", ": \"${X:=d}\"; b $X", "b ${X:-d}", "b ${X-d}"}) {
    const Facts facts = Lower(script);
    const Hole* hole = facts.commands.back().argv.back().OnlyHole();
    ASSERT_TRUE(hole && hole->fallback) << script;
    EXPECT_EQ(hole->fallback->text(), "d") << script;
  }
  EXPECT_EQ(Commands("X=a; : ${X:=d}; b $X"), ": a; b a");
}

struct UriCase {
  std::string_view script;
  std::string_view expected;  // role consumer setting, one a URI
};

std::string Uris(const Facts& facts) {
  static constexpr const char* kRoles[] = {"ray", "index", "req", "git", "proxy", "other"};
  std::string out;
  for (const UriUse& use : facts.uris) {
    if (!out.empty()) out += "; ";
    out += std::string(kRoles[static_cast<int>(use.role)]) + " " + use.consumer + " " +
           use.setting + " " + use.uri.host.Describe();
  }
  return out;
}

TEST(DeriveTest, RolesOfArguments) {
  const UriCase cases[] = {
      {"pip install -i https://u:p@h/s x", "index pip -i h"},
      {"pip3.11 install -ihttps://u:p@h/s x", "index pip -i h"},
      {"pip install -qi https://u:p@h/s x", "index pip -i h"},
      {"pip install --index-url=https://u:p@h/s", "index pip --index-url h"},
      {"pip --proxy http://p install --extra-index-url https://h x",
       "proxy pip --proxy p; index pip --extra-index-url h"},
      {"pip install 'x @ https://h/x.whl' git+https://g/x.git@main -e git+https://e/y#egg=y",
       "req pip  h; req pip  g; req pip -e e"},
      {"pip install -r https://h/r.txt", "other pip -r h"},
      {"pip config set global.index-url https://h", "index pip global.index-url h"},
      {"pip config --user set install.proxy http://h", "proxy pip install.proxy h"},
      {"uv pip install --index-url https://h x", "index uv --index-url h"},
      {"uv add --index corp=https://h x", "index uv --index h"},
      {"uv --directory d pip install git+https://h/x", "req uv  h"},
      {"uv sync --default-index https://h", "index uv --default-index h"},
      {"poetry source add corp https://h", "index Poetry  h"},
      {"poetry config repositories.corp https://h", "index Poetry repositories.corp h"},
      {"pipenv install --pypi-mirror https://h x", "index Pipenv --pypi-mirror h"},
      {"pdm config pypi.url https://h", "index PDM pypi.url h"},
      {"conda install -c https://h/t/T/c x", "index conda -c h"},
      {"conda config --add channels https://h/t/T/c", "index conda channels h"},
      {"git clone https://u:p@h/x.git d", "git git  h"},
      {"git -C d remote set-url origin https://h/x", "git git  h"},
      {"git config --global url.https://t@h/.insteadOf https://h/",
       "git git  h; git git insteadOf h"},
      {"git -c url.https://t@h/.insteadOf=https://i/ clone https://i/x",
       "git git -c h; git git -c i; git git  i"},
      {"git config --global http.proxy http://h", "proxy git http.proxy h"},
      {"curl -fsSL -x http://p -o f https://h/x", "proxy curl -x p; other curl  h"},
      {"wget -q --header 'A: b' https://h", "other wget  h"},
      {"npm config set registry=https://h", "other npm registry h"},
      {"docker build --build-arg PIP_INDEX_URL=https://h .", "index pip PIP_INDEX_URL h"},
      {"docker run -e PIP_INDEX_URL=https://h i", "index pip PIP_INDEX_URL h"},
      {"PIP_INDEX_URL=https://h pip install x", "index pip PIP_INDEX_URL h"},
      {"export PIP_EXTRA_INDEX_URL='https://a https://b'",
       "index pip PIP_EXTRA_INDEX_URL a; index pip PIP_EXTRA_INDEX_URL b"},
      {"export https_proxy=http://u:p@h:3128", "proxy HTTP clients https_proxy h"},
      {"foo --url https://h", "other foo  h"},
      {"echo \"index-url = https://h\" > pip.conf", "index pip index-url h"},
      {"cat > pip.conf <<E\n[global]\nextra-index-url=https://h/s\nE",
       "index pip extra-index-url h"},
      {"pip install -i ${URL:-https://u:p@h}", "index pip -i h"},
      {"pip install --target https x", ""},
      {"U=https://u:p@h; pip install -i $U", "index pip -i h"},
      {"A='-i https://u:p@h'; pip install $A x", "index pip -i h"},
  };
  for (const UriCase& c : cases) EXPECT_EQ(Uris(Lower(c.script)), c.expected) << c.script;
}

TEST(DeriveTest, SinksAndOrigins) {
  const std::string text = "T=s3cr3t\npip install -i \"https://u:$T@h\"";
  const Facts facts = Lower(text, CommandHost::kCi);
  ASSERT_EQ(facts.uris.size(), 1u);
  const UriUse& use = facts.uris[0];
  EXPECT_EQ(use.sink, UriSink::kCi);
  ASSERT_EQ(use.origins.size(), 1u);
  EXPECT_EQ(use.origins[0], (Span{0, 8}));
  EXPECT_TRUE(use.uri.password.is_literal());
  EXPECT_EQ(use.uri.password.ToSource(), (Span{2, 8}));

  EXPECT_EQ(Lower("pip install -i https://u:p@h", CommandHost::kImageBuild).uris[0].sink,
            UriSink::kImage);
  EXPECT_EQ(Lower("pip install -i https://u:$P@h", CommandHost::kImageBuild).uris[0].sink,
            UriSink::kCommandLine);
  EXPECT_EQ(Lower("pip config list --index-url https://u:$P@h").uris[0].sink,
            UriSink::kCommandLine);
  EXPECT_EQ(Lower("pip config set global.index-url https://u:$P@h").uris[0].sink,
            UriSink::kWrittenFile);
  EXPECT_EQ(Lower("export PIP_INDEX_URL=https://u:$P@h").uris[0].sink, UriSink::kProgram);

  Facts image;
  Setting arg;
  arg.name = "P";
  arg.span = {0, 1};
  arg.scope = SettingScope::kBuildArg;
  image.settings.push_back(arg);
  LowerShellText(Value(MappedText::Verbatim("pip install -i https://u:$P@h", 10)),
                 CommandHost::kImageBuild, image);
  EXPECT_EQ(image.uris[0].sink, UriSink::kImage);
  EXPECT_EQ(image.uris[0].origins, (std::vector<Span>{{0, 1}}));
}

TEST(DeriveTest, KeysOfFilesAndVariables) {
  const auto derive = [](std::string_view name, std::string_view value, SettingScope scope,
                         std::string_view kind) {
    Setting setting;
    setting.name = name;
    setting.value = Value(MappedText::Verbatim(value, 0));
    setting.span = {0, static_cast<uint32_t>(value.size())};
    setting.scope = scope;
    setting.file_kind = kind;
    Facts facts;
    DeriveFromSetting(setting, facts);
    return Uris(facts);
  };
  EXPECT_EQ(derive("global.index-url", "https://h", SettingScope::kFile, "pip.conf"),
            "index pip global.index-url h");
  EXPECT_EQ(
      derive("global.extra_index_url", "https://a\n https://b", SettingScope::kFile, "pip.conf"),
      "index pip global.extra_index_url a; index pip global.extra_index_url b");
  EXPECT_EQ(derive("PIP_INDEX_URL", "https://h", SettingScope::kImageEnv, ""),
            "index pip PIP_INDEX_URL h");
  EXPECT_EQ(derive("DATABASE_URL", "postgres://u:p@h/d", SettingScope::kCompose, ""),
            "other  DATABASE_URL h");
}

TEST(LowerShellTest, ParametersOfFunctions) {
  const auto argv = [](std::string_view calls, std::string_view body = "curl \"$1\" \"$2\"") {
    static std::string script;
    script = "f() { " + std::string(body) + "; }\n" + std::string(calls);
    std::string shown;
    for (const Command& command : Lower(script).commands) {
      if (command.Program() != "curl") continue;
      for (const Value& word : command.argv) shown += word.Describe() + " ";
    }
    return shown;
  };
  EXPECT_EQ(argv("f a b"), "curl a b ");
  EXPECT_EQ(argv("f a \"$X\""), "curl a ${X} ");
  EXPECT_EQ(argv("f a b\nf a c"), "curl a ${2} ");
  EXPECT_EQ(argv("f a b\nf"), "curl ${1} ${2} ");
  EXPECT_EQ(argv("f a $X b"), "curl a ${2} ");  // may be none or several
  EXPECT_EQ(argv("f \"$@\" b"), "curl ${1} ${2} ");
  EXPECT_EQ(argv("f a b", "shift; curl $1 $2"), "curl ${1} ${2} ");
  EXPECT_EQ(argv("true"), "curl ${1} ${2} ");
  EXPECT_EQ(argv("g() { f a b; }\ng"), "curl a b ");
  EXPECT_EQ(argv("f a b; curl $1"), "curl a b curl ${1} ");
}

}  // namespace
}  // namespace oakum
