// Which reader a file has. The language table is the one place that knows file names: a new
// language is one enumerator here and one line there.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

namespace oakum {

enum class Language {
  kUnknown,  // only the token-level scan reads it
  kDockerfile,
  kShell,
  kPython,
  kHcl,  // docker-bake.hcl
  kJustfile,
  kMakefile,
  kNotebook,  // .ipynb
  kJson,
  kYaml,  // told apart further by content: Kubernetes, compose, workflows, Ray, Anyscale
  kToml,
  kIni,  // pip.conf, .pypirc, setup.cfg, .aws/credentials
  kNpmrc,
  kRequirements,  // requirements and constraints files of pip
  kNetrc,
  kGitCredentials,
  kDotenv,
  kIgnoreFile,  // .dockerignore, .gitignore, .rayignore
  kDocument,    // Markdown, reStructuredText, HTML: prose about code
};

// By name and path alone; `path` has '/' separators.
Language LanguageOfPath(std::string_view path);

// Whether the name is that of a program's source in a language that oakum does not read: it is no
// variant of a Dockerfile (dockerfile.go), and nobody copies it to where a credential file belongs.
bool IsOtherProgram(std::string_view path);

// By name, and by the first line for files whose name says nothing (`#!/bin/sh`).
Language LanguageOf(std::string_view path, std::string_view text);
// The same for who has asked LanguageOfPath(path) already: it is asked of every file of a tree.
Language LanguageOf(Language by_path, std::string_view path, std::string_view text);

// The name used on the command line ("dockerfile", "shell", "yaml"), and back.
std::string_view LanguageName(Language language);
Language LanguageNamed(std::string_view name);  // kUnknown if there is none

}  // namespace oakum
