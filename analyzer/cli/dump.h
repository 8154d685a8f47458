// `oakum dump`: what a front end understood of a file, as JSON with spans ([begin, end] in bytes).
//
// The shapes that all have in common are in dump_value.h; every dump has "errors", a list.
//
// For people who write front ends and rules. It shows the file's own text, secrets included, and is
// the one part of oakum that does. One function a language, in dump_<language>.cc; the table that
// picks it is in dump.cc.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "analyzer/base/source.h"
#include "analyzer/model/language.h"

namespace oakum {

using DumpFunction = nlohmann::ordered_json (*)(const Source&);

nlohmann::ordered_json DumpDockerfile(const Source& source);
nlohmann::ordered_json DumpHcl(const Source& source);
nlohmann::ordered_json DumpIgnoreFile(const Source& source);
nlohmann::ordered_json DumpIni(const Source& source);
nlohmann::ordered_json DumpJson(const Source& source);
nlohmann::ordered_json DumpJustfile(const Source& source);
nlohmann::ordered_json DumpMakefile(const Source& source);
nlohmann::ordered_json DumpNetrc(const Source& source);
nlohmann::ordered_json DumpNotebook(const Source& source);
nlohmann::ordered_json DumpPython(const Source& source);
nlohmann::ordered_json DumpRequirements(const Source& source);
nlohmann::ordered_json DumpShell(const Source& source);
nlohmann::ordered_json DumpToml(const Source& source);
nlohmann::ordered_json DumpYaml(const Source& source);

// The names of all languages, as LANGUAGE on the command line has them.
std::vector<std::string_view> DumpLanguages();

// The function of a language; null if it has none of its own.
DumpFunction DumpFunctionOf(Language language);

// What the model made of a file: commands, settings, URIs, notices. For languages without a
// function of their own.
nlohmann::ordered_json DumpFacts(const Source& source, Language language);

// The JSON text that is printed, with a line end. Bytes that are no UTF-8 become U+FFFD.
std::string DumpText(const Source& source, Language language);

}  // namespace oakum
