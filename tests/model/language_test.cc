#include "analyzer/model/language.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

struct PathCase {
  const char* path;
  Language language;
};

TEST(LanguageTest, Paths) {
  const PathCase cases[] = {
      {"Dockerfile", Language::kDockerfile},
      {"docker/Dockerfile.gpu", Language::kDockerfile},
      {"Dockerfile.py", Language::kDockerfile},
      {"dockerfile.py", Language::kPython},
      {"dockerfile.go", Language::kUnknown},
      {"dockerfile.gpu", Language::kDockerfile},
      {"Dockerfile.md", Language::kDocument},
      {"Dockerfile.j2", Language::kDockerfile},
      {"Containerfile", Language::kDockerfile},
      {"images/ray.Dockerfile", Language::kDockerfile},
      {"ray.containerfile", Language::kDockerfile},
      {"Dockerfile.dockerignore", Language::kIgnoreFile},
      {"Dockerfile.ignore", Language::kUnknown},
      {".dockerignore", Language::kIgnoreFile},
      {".rayignore", Language::kIgnoreFile},
      {".npmignore", Language::kUnknown},
      {"justfile", Language::kJustfile},
      {"ops/Justfile", Language::kJustfile},
      {".justfile", Language::kJustfile},
      {"ci.just", Language::kJustfile},
      {"a/.netrc", Language::kNetrc},
      {"_netrc", Language::kNetrc},
      {"ci.netrc", Language::kNetrc},
      {".netrc.example", Language::kNetrc},
      {"netrc.py", Language::kPython},
      {".netrc.ci", Language::kNetrc},
      {".env", Language::kDotenv},
      {".env.production", Language::kDotenv},
      {"prod.env", Language::kDotenv},
      {".envrc", Language::kShell},
      {"requirements.txt", Language::kRequirements},
      {"dev-requirements.txt", Language::kRequirements},
      {"requirements/base.txt", Language::kRequirements},
      {"constraints-3.11.txt", Language::kRequirements},
      {"requirements.py", Language::kPython},
      {"notes.txt", Language::kUnknown},
      {"pip.conf", Language::kIni},
      {"etc/pip.ini", Language::kIni},
      {".pypirc", Language::kIni},
      {"home/.aws/credentials", Language::kIni},
      {"credentials", Language::kUnknown},
      {".condarc", Language::kYaml},
      {"values.yaml.tpl", Language::kYaml},
      {"Pipfile", Language::kToml},
      {"Pipfile.lock", Language::kJson},
      {"job.ipynb", Language::kNotebook},
      {".docker/config.json", Language::kJson},
      {"README.md", Language::kDocument},
      {"main.go", Language::kUnknown},
      {"netrc", Language::kNetrc},
      {"", Language::kUnknown},
      {"dir/", Language::kUnknown},
  };
  for (const PathCase& c : cases) {
    EXPECT_EQ(LanguageName(LanguageOfPath(c.path)), LanguageName(c.language)) << c.path;
  }
}

TEST(LanguageTest, FirstLine) {
  const PathCase cases[] = {
      {"#!/bin/sh\n", Language::kShell},
      {"#! /usr/bin/env -S bash -e\n", Language::kShell},
      {"#!/usr/bin/env python3.11\r\n", Language::kPython},
      {"#!/usr/bin/env A=b zsh", Language::kShell},
      {"#!/usr/bin/perl\n", Language::kUnknown},
      {"#!", Language::kUnknown},
      {"#!/usr/bin/env\n", Language::kUnknown},
      {"", Language::kUnknown},
  };
  for (const PathCase& c : cases) {
    EXPECT_EQ(LanguageName(LanguageOf("entrypoint", c.path)), LanguageName(c.language)) << c.path;
  }
  EXPECT_EQ(LanguageOf("a.yaml", "#!/bin/sh\n"), Language::kYaml);
}

TEST(LanguageTest, NamesRoundTrip) {
  for (int i = 0; i <= static_cast<int>(Language::kDocument); ++i) {
    const auto language = static_cast<Language>(i);
    EXPECT_EQ(LanguageNamed(LanguageName(language)), language);
  }
  EXPECT_EQ(LanguageNamed("cobol"), Language::kUnknown);
}

}  // namespace
}  // namespace oakum
