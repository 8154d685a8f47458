#include "analyzer/cli/dump.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using Json = nlohmann::ordered_json;

Json Dump(Language language, std::string_view text, std::string path = "file") {
  const Source source(std::move(path), std::string(text));
  return Json::parse(DumpText(source, language));
}

// The source of a span.
std::string At(std::string_view text, const Json& span) {
  const auto begin = span.at(0).get<size_t>();
  return std::string(text.substr(begin, span.at(1).get<size_t>() - begin));
}

// "${x}" as a hole in a value, or "-".
std::string HoleOf(const Json& value) {
  std::string shown;
  for (const Json& hole : value.at("holes")) {
    shown += hole.at("kind").get<std::string>() + ":" + hole.at("name").get<std::string>();
    shown += "@" + At(value.at("text").get<std::string>(), hole.at("at"));
    if (hole.contains("default")) shown += "=" + hole["default"]["text"].get<std::string>();
    shown += " ";
  }
  return shown.empty() ? "-" : shown;
}

TEST(Dump, EveryLanguageHasErrors) {
  for (const std::string_view name : DumpLanguages()) {
    const Json json = Dump(LanguageNamed(name), "");
    ASSERT_TRUE(json.is_object()) << name;
    ASSERT_TRUE(json.contains("errors")) << name;
    EXPECT_TRUE(json["errors"].is_array()) << name;
  }
}

TEST(Dump, ErrorsSayWhereTheyAre) {
  struct Case {
    Language language;
    std::string_view text;
    std::string_view where;
  };
  const Case cases[] = {
      {Language::kDockerfile, "FROM x\nENV A=${}\n", "${}"},
      {Language::kIgnoreFile, "a\n!\n", "!"},
      {Language::kIni, "[a]\n???\n", "???"},
      {Language::kJson, "{\"a\": 1} x", "x"},
      {Language::kJson, "{\"a\": }", ""},
      {Language::kJson, "[1,2", ""},
      {Language::kPython, "a = 1\n)\nb = 2\n", ")"},
      {Language::kToml, "a = 1\n=3\n", "=3"},
  };
  for (const Case& c : cases) {
    const Json errors = Dump(c.language, c.text)["errors"];
    ASSERT_EQ(errors.size(), 1u) << c.text;
    EXPECT_NE(errors[0]["message"], "") << c.text;
    EXPECT_EQ(At(c.text, errors[0]["span"]), c.where) << c.text;
  }
}

TEST(Dump, ShellTellsTextFromHoles) {
  const std::string text = "echo '${x}' \"a${x}\" ${x:-de${y}} `ls`\n";
  const Json words = Dump(Language::kShell, text)["script"]["children"][0]["words"];
  ASSERT_EQ(words.size(), 5u);
  EXPECT_EQ(words[1]["text"], "${x}");
  EXPECT_EQ(HoleOf(words[1]), "-");
  EXPECT_EQ(words[2]["text"], "a${x}");
  EXPECT_EQ(HoleOf(words[2]), "environment:x@${x} ");
  EXPECT_EQ(At(text, words[2]["holes"][0]["span"]), "${x}");
  EXPECT_EQ(HoleOf(words[3]), "environment:x@${x}=de${y} ");
  EXPECT_EQ(HoleOf(words[3]["holes"][0]["default"]), "environment:y@${y} ");
  EXPECT_EQ(HoleOf(words[4]), "command:ls@${ls} ");
}

TEST(Dump, IgnoreFilesByTheirReader) {
  const std::string text = ".env\n!/a/b/\n";
  const Json git = Dump(Language::kIgnoreFile, text, "x/.gitignore");
  EXPECT_EQ(git["matcher"], "git");
  ASSERT_EQ(git["patterns"].size(), 2u);
  EXPECT_EQ(git["patterns"][0]["anchored"], false);
  EXPECT_EQ(git["patterns"][1]["negated"], true);
  EXPECT_EQ(git["patterns"][1]["folders_only"], true);
  EXPECT_EQ(At(text, git["patterns"][1]["span"]), "!/a/b/");
  EXPECT_EQ(Dump(Language::kIgnoreFile, text, ".rayignore")["matcher"], "git");

  const Json build = Dump(Language::kIgnoreFile, text, ".dockerignore");
  EXPECT_EQ(build["matcher"], "buildkit");
  ASSERT_EQ(build["patterns"].size(), 2u);
  EXPECT_EQ(build["patterns"][0]["anchored"], true);
  EXPECT_EQ(build["patterns"][1]["text"], "a/b");
  EXPECT_EQ(build["patterns"][1]["negated"], true);
  EXPECT_EQ(At(text, build["patterns"][0]["span"]), ".env");
}

TEST(Dump, PythonNamesImportsAndCalls) {
  const std::string text =
      "from os import path as p\n"
      "A = 'x'\n"
      "B = f'{A}y'\n"
      "if p:\n    C = 1\nelse:\n    C = 'two'\n"
      "class K:\n    u = B\n    def m(self): self.v = A\n"
      "def g(): return A\n"
      "use(g(), k=C)\n";
  const Json json = Dump(Language::kPython, text);
  ASSERT_EQ(json["imports"].size(), 1u);
  EXPECT_EQ(json["imports"][0]["name"], "p");
  EXPECT_EQ(json["imports"][0]["imported"], "os.path");
  std::string names;
  for (const Json& name : json["names"]) {
    names += name["scope"].get<std::string>() + "/" + name["name"].get<std::string>() + "=";
    EXPECT_FALSE(At(text, name["places"][0]).empty());
    for (const Json& value : name["values"]) {
      names += value.contains("value") ? value["value"]["text"].get<std::string>()
                                       : value["kind"].get<std::string>();
      names += ",";
    }
    names += " ";
  }
  EXPECT_EQ(names,
            "/A=x, /B=xy, /C=1,two, /K=class, K/u=xy, K/m=function, K.m/self=${self}, K/self.v=x, "
            "/g=function, ");
  ASSERT_EQ(json["calls"].size(), 2u);
  EXPECT_EQ(json["calls"][0]["callee"], "use");
  EXPECT_EQ(json["calls"][0]["arguments"][0]["values"][0]["value"]["text"], "x");
  EXPECT_EQ(json["calls"][0]["arguments"][1]["name"]["text"], "k");
  EXPECT_EQ(json["calls"][0]["arguments"][1]["values"].size(), 2u);
  EXPECT_EQ(At(text, json["calls"][0]["span"]), "use(g(), k=C)");
  EXPECT_EQ(json["errors"], Json::array());
}

TEST(Dump, NotebookCells) {
  const std::string text =
      R"({"cells": [{"cell_type": "markdown", "source": "# T"},)"
      R"( {"cell_type": "code", "source": ["!pip install {x}\n", "%env A=b\n", "%time\n", "x = 1"]}]})";
  const Json json = Dump(Language::kNotebook, text);
  ASSERT_EQ(json["cells"].size(), 2u);
  EXPECT_EQ(json["cells"][0]["type"], "markdown");
  EXPECT_EQ(At(text, json["cells"][0]["text"]["span"]), "# T");
  const Json code = json["cells"][1];
  EXPECT_EQ(code["python"]["text"], "pass\npass\npass\nx = 1\n");
  EXPECT_EQ(code["scripts"][0]["text"], "pip install ${x}");
  EXPECT_EQ(HoleOf(code["scripts"][0]), "expression:x@${x} ");
  EXPECT_EQ(At(text, code["variables"][0]["value"]["span"]), "b");
  EXPECT_EQ(code["other_magics"][0]["text"], "%time");
  EXPECT_EQ(json["program"]["names"][0]["name"], "x");
}

TEST(Dump, MountsWithTheirDefaults) {
  const std::string text =
      "FROM x\nRUN --mount=type=cache,target=/c,uid=7,ro --mount=type=secret,id=a true\n";
  const Json mounts = Dump(Language::kDockerfile, text)["instructions"][1]["mounts"];
  ASSERT_EQ(mounts.size(), 2u);
  for (const char* key : {"from", "source", "target", "id", "env", "mode", "uid", "gid", "sharing",
                          "size", "read_only", "required"}) {
    for (const Json& mount : mounts) {
      ASSERT_TRUE(mount.contains(key)) << key;
      EXPECT_TRUE(mount[key].contains("value")) << key;
      EXPECT_TRUE(mount[key]["written"].is_boolean()) << key;
    }
  }
  EXPECT_EQ(mounts[0]["uid"]["value"]["text"], "7");
  EXPECT_EQ(mounts[0]["uid"]["written"], true);
  EXPECT_EQ(At(text, mounts[0]["uid"]["span"]), "uid=7");
  EXPECT_EQ(mounts[0]["mode"]["value"]["text"], "0755");
  EXPECT_EQ(mounts[0]["mode"]["written"], false);
  EXPECT_EQ(mounts[0]["read_only"]["value"], true);
  EXPECT_EQ(mounts[0]["required"]["value"], nullptr);
  EXPECT_EQ(mounts[1]["target"]["value"]["text"], "/run/secrets/a");
  EXPECT_EQ(mounts[1]["required"]["value"], false);
}

TEST(Dump, DockerWordsHaveTheirHoles) {
  const Json json = Dump(Language::kDockerfile, "FROM x\nENV A='$B' C=\"${D:-e}\"\n");
  const Json pairs = json["instructions"][1]["pairs"];
  EXPECT_EQ(HoleOf(pairs[0]["value"]["expanded"]), "-");
  EXPECT_EQ(HoleOf(pairs[1]["value"]["expanded"]), "build-arg:D@${D}=e ");
}

TEST(Dump, KeysHaveSpans) {
  struct Case {
    Language language;
    std::string_view text;
  };
  const Case cases[] = {{Language::kJson, R"({"key": {"b": [1]}})"},
                        {Language::kToml, "key = 1\n"},
                        {Language::kToml, "[key]\nb = 1\n"},
                        {Language::kHcl, "key = \"v\"\n"}};
  for (const Case& c : cases) {
    const Json key = Dump(c.language, c.text)["root"]["items"][0]["key"];
    EXPECT_EQ(key["text"], "key") << c.text;
    EXPECT_EQ(At(c.text, key["span"]), "key") << c.text;
  }
}

}  // namespace
}  // namespace oakum
