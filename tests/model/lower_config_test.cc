// What config files say about URIs: role, consumer and exact bytes.

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"

namespace oakum {
namespace {

std::string Uris(const std::string& path, const std::string& text) {
  const Source source(path, text);
  const Facts facts = BuildFacts(source, LanguageOfPath(path));
  std::string out;
  for (const UriUse& use : facts.uris) {
    static constexpr const char* kRoles[] = {"ray", "index", "requirement",
                                             "git", "proxy", "other"};
    if (!out.empty()) out += "\n";
    out += std::string(kRoles[static_cast<int>(use.role)]) + " " + use.consumer + " " +
           use.setting + " " + use.uri.whole.Describe();
    if (use.uri.whole.AllDeferred()) out += " deferred";
    if (use.uri.whole.is_literal()) {
      EXPECT_EQ(text.substr(use.span.begin, use.span.size()), use.uri.whole.text());
    }
  }
  return out;
}

TEST(LowerConfig, Pip) {
  EXPECT_EQ(Uris("pip.conf",
                 "[global]\nindex_url = https://u:p@h/simple\nextra-index-url =\n  https://a/s\n"
                 "  https://b/s\nproxy = http://p:3128\ntrusted-host = h\n"),
            "index pip index-url https://u:p@h/simple\n"
            "index pip extra-index-url https://a/s\n"
            "index pip extra-index-url https://b/s\n"
            "proxy pip proxy http://p:3128");
  EXPECT_EQ(Uris("pip.conf", "[global]\nindex-url = https://${TOKEN}@h/simple\n"),
            "index pip index-url https://${TOKEN}@h/simple");
}

TEST(LowerConfig, Tox) {
  EXPECT_EQ(Uris("tox.ini",
                 "[testenv]\nsetenv =\n  A = b\n  PIP_INDEX_URL = https://u:{env:T:x}@h/s\n"
                 "deps =\n  pytest\n  -r r.txt\n  -i https://u:p@i/s\n"
                 "[testenv:b]\ncommands =\n  pip download \\\n    -i \"https://u:{env:T}@j/s\" c\n"
                 "  - python -m build\n[gh]\nsetenv = PIP_INDEX_URL = https://u:p@k/s\n"),
            "index pip PIP_INDEX_URL https://u:${T}@h/s\n"
            "index pip --index-url https://u:p@i/s\n"
            "index pip -i https://u:${T}@j/s\n"
            "other  setenv https://u:p@k/s");
}

TEST(LowerConfig, Requirements) {
  EXPECT_EQ(Uris("requirements.txt",
                 "-i https://${U}:${P}@h/s --trusted-host h\n"
                 "pkg @ https://u:p@h/x.whl\n-e git+https://t@h/r#egg=r\n-r https://h/base.txt\n"),
            "index pip --index-url https://${U}:${P}@h/s deferred\n"
            "requirement pip  https://u:p@h/x.whl\n"
            "requirement pip --editable git+https://t@h/r#egg=r\n"
            "other pip --requirement https://h/base.txt");
}

TEST(LowerConfig, Toml) {
  EXPECT_EQ(Uris("pyproject.toml",
                 "[project]\ndependencies = [\"a @ https://u:p@h/a.whl\", \"b>1\"]\n"
                 "urls = { Home = \"https://h\" }\n"
                 "[[tool.uv.index]]\nname = \"x\"\nurl = \"https://u:p@h/s\"\n"
                 "[tool.uv.sources]\na = { git = \"https://t@h/a\" }\n"
                 "[[tool.poetry.source]]\nurl = \"https://h/p\"\n"
                 "[tool.poetry.group.dev.dependencies]\nc = { url = \"https://h/c.whl\" }\n"
                 "[[tool.pdm.source]]\nurl = \"https://${U}:${P}@h/s\"\n"
                 "[dependency-groups]\ndev = [\"d @ git+https://h/d\"]\n"),
            "requirement pip  https://u:p@h/a.whl\n"
            "other  project.urls.Home https://h\n"
            "index uv tool.uv.index.url https://u:p@h/s\n"
            "requirement uv tool.uv.sources.a.git https://t@h/a\n"
            "index poetry tool.poetry.source.url https://h/p\n"
            "requirement poetry tool.poetry.group.dev.dependencies.c.url https://h/c.whl\n"
            "index pdm tool.pdm.source.url https://${U}:${P}@h/s deferred\n"
            "requirement pip  git+https://h/d");
  EXPECT_EQ(Uris("uv.toml", "extra-index-url = [\"https://u:p@h/s\"]\n"),
            "index uv extra-index-url https://u:p@h/s");
  EXPECT_EQ(
      Uris("Pipfile",
           "[[source]]\nurl = \"https://$U:${P}@h/s\"\n[packages]\na = {git = \"https://h/a\"}\n"),
      "index pipenv source.url https://${U}:${P}@h/s deferred\n"
      "requirement pipenv packages.a.git https://h/a");
}

TEST(LowerConfig, Others) {
  EXPECT_EQ(Uris(".npmrc", "registry=https://h/npm/\n//h/npm/:_authToken=${T}\nproxy=http://p:1\n"),
            "index npm registry https://h/npm/\nproxy npm proxy http://p:1");
  EXPECT_EQ(Uris(".git-credentials", "https://u:p@h\nhttps://v:q@i\n"),
            "git git credential https://u:p@h\ngit git credential https://v:q@i");
  EXPECT_EQ(Uris(".pypirc", "[r]\nrepository = https://h/r\nusername = u\npassword = p\n"),
            "index twine repository https://h/r");
  EXPECT_EQ(Uris(".gitconfig", "[url \"https://t@h/\"]\n\tinsteadOf = https://h/\n"),
            "git git insteadOf https://t@h/\ngit git insteadof https://h/");
  EXPECT_EQ(
      Uris("environment.yml",
           "channels:\n  - https://h/t/$TOK/c\n  - conda-forge\ndependencies:\n  - python=3.11\n"
           "  - pip:\n      - -i https://u:p@h/s\n      - a @ https://h/a.whl\n"),
      "index conda channels https://h/t/${TOK}/c deferred\n"
      "index pip --index-url https://u:p@h/s\n"
      "requirement pip  https://h/a.whl");
  EXPECT_EQ(
      Uris(".condarc", "channel_alias: https://u:p@h/\nproxy_servers:\n  https: http://p:1\n"),
      "index conda channel_alias https://u:p@h/\nproxy conda proxy_servers http://p:1");
}

TEST(LowerConfig, Dotenv) {
  const std::string uris = Uris(".env", "PIP_INDEX_URL=https://u:p@h/s\nDEBUG=1\n");
  EXPECT_NE(uris.find("https://u:p@h/s"), std::string::npos);
}

TEST(NetrcText, FilesTemplatesAndManifests) {
  const Source file(".netrc", "machine h login u password p\n");
  const Facts plain = BuildFacts(file, Language::kNetrc);
  ASSERT_EQ(plain.netrcs.size(), 1u);
  EXPECT_EQ(plain.netrcs[0].origin, NetrcOrigin::kFile);

  const Source pattern("x.netrc.j2", "machine {{ host }} login u password {{ token }}\n");
  const Facts templated = BuildFacts(pattern, Language::kNetrc);
  ASSERT_EQ(templated.netrcs[0].netrc.entries.size(), 1u);
  EXPECT_NE(templated.netrcs[0].netrc.entries[0].password->value.OnlyHole(), nullptr);

  const Source manifest(
      "secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: n}\nstringData:\n"
      "  .netrc: |\n    machine h\n      login u\n      password p\n  other: x\n");
  const Facts secret = BuildFacts(manifest, Language::kYaml);
  ASSERT_EQ(secret.netrcs.size(), 1u);
  EXPECT_EQ(secret.netrcs[0].origin, NetrcOrigin::kManifest);
  EXPECT_EQ(secret.netrcs[0].path, ".netrc");
  const NetrcEntry& entry = secret.netrcs[0].netrc.entries.at(0);
  const Span password = entry.password->span;
  EXPECT_EQ(manifest.text().substr(password.begin, password.size()), "p");
}

}  // namespace
}  // namespace oakum
