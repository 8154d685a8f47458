// The names that .pre-commit-hooks.yaml hands on, against those that oakum knows a language for: a
// file that the hook never sees is a silence that nobody can explain.

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "analyzer/model/language.h"

namespace oakum {
namespace {

// The regular expression of `files:`, without the blanks that its verbose mode ignores.
std::string HookPattern() {
  std::ifstream file(std::string(OAKUM_SOURCE_DIR) + "/.pre-commit-hooks.yaml");
  std::stringstream text;
  text << file.rdbuf();
  std::string files = text.str();
  files.erase(0, files.find("(?xi)") + 5);
  files.erase(files.find("require_serial"));
  files.erase(std::remove_if(files.begin(), files.end(), ::isspace), files.end());
  return "(?i)" + files;
}

TEST(Hook, HandsOnEveryNameWithALanguage) {
  const RE2 pattern(HookPattern());
  ASSERT_TRUE(pattern.ok()) << pattern.error();
  for (const char* name : {".aws/config",
                           ".aws/credentials",
                           ".bash_aliases",
                           ".bash_login",
                           ".bash_profile",
                           ".bashrc",
                           ".boto",
                           ".condarc",
                           ".databrickscfg",
                           ".docker/config.json",
                           ".dockercfg",
                           ".dockerconfigjson",
                           ".dvc/config",
                           ".dvc/config.local",
                           ".env",
                           ".env.production",
                           ".envrc",
                           ".git-credentials",
                           ".gitconfig",
                           ".gitmodules",
                           ".kube/config",
                           ".netrc",
                           ".netrc.ci",
                           ".npmrc",
                           ".profile",
                           ".pypirc",
                           ".s3cfg",
                           ".zprofile",
                           ".zshenv",
                           ".zshrc",
                           "_netrc",
                           "condarc",
                           "Containerfile",
                           "Dockerfile",
                           "Dockerfile.gpu",
                           "git-credentials",
                           "GNUmakefile",
                           "justfile",
                           "Justfile",
                           ".justfile",
                           "ci.just",
                           "kubeconfig",
                           "Makefile",
                           "Makefile.ci",
                           "netrc",
                           "pip.conf",
                           "Pipfile",
                           "Pipfile.lock",
                           "poetry.lock",
                           "uv.lock",
                           "guide.adoc",
                           "a.bash",
                           "setup.cfg",
                           "a.containerfile",
                           "a.dockerfile",
                           "prod.env",
                           "a.htm",
                           "a.html",
                           "pip.ini",
                           "a.ipynb",
                           "a.json",
                           "a.ksh",
                           "a.mak",
                           "a.markdown",
                           "README.md",
                           "a.mdx",
                           "a.mk",
                           "my.netrc",
                           "a.py",
                           "a.pyi",
                           "a.rst",
                           "a.sh",
                           "a.toml",
                           "a.yaml",
                           "a.yml",
                           "a.zsh",
                           "docker-bake.hcl",
                           "values.yaml.j2",
                           "netrc.jinja2",
                           ".env.example",
                           "pip.conf.tmpl",
                           "Dockerfile.template",
                           "requirements/base.txt",
                           "requirements.in",
                           ".dockerignore",
                           "gpu.Dockerfile.dockerignore",
                           ".rayignore",
                           ".gitignore"}) {
    EXPECT_NE(LanguageOfPath(name), Language::kUnknown) << name;
    EXPECT_TRUE(RE2::PartialMatch(std::string("team/app/") + name, pattern)) << name;
    EXPECT_TRUE(RE2::PartialMatch(name, pattern)) << name;
  }
}

TEST(Hook, LeavesOtherFilesAlone) {
  const RE2 pattern(HookPattern());
  for (const char* name : {"main.go", "src/lib.rs", "logo.svg", "a.ts", "data.parquet"}) {
    EXPECT_FALSE(RE2::PartialMatch(name, pattern)) << name;
  }
}

}  // namespace
}  // namespace oakum
