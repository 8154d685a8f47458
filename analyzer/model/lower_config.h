// Config files of installers and their like, to settings and URIs.
//
// Every key becomes a Setting of scope kFile (kDotenv for .env), so rules can ask for a password
// that is no URI; the keys that name an index, a channel, a remote or a proxy become UriUses of
// that role (ray.md 4.1), every other URI one of role kOther.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/base/source.h"
#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"

namespace oakum {

class DataTree;

// `path` says which tool's file it is.
void LowerIniText(const Value& text, std::string_view path, Facts& facts);
void LowerNpmrcText(const Value& text, Facts& facts);
void LowerGitCredentials(const Source& source, Facts& facts);
void LowerDotenv(const Source& source, Facts& facts);
void LowerRequirements(const Source& source, Facts& facts);

// pyproject.toml, uv.toml, Pipfile, pdm.toml, poetry's files, and any other TOML; the metadata of
// the Python script at `path`.
void LowerTomlText(const Value& text, std::string_view path, Facts& facts);

// .condarc and environment.yml: channels, proxies, the nested pip list.
void LowerConda(const DataTree& tree, Facts& facts);

}  // namespace oakum
