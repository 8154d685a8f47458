// What installers make of a variable in a URL that they read: some fill it in, some send it as it
// stands, which the host refuses (ray.md 4.3).
//
// pip fills in nothing in its configuration and on its command line, and `${NAME}` (braces, upper
// case) in requirements; uv fills that form in wherever a URL stands; Poetry nothing in
// pyproject.toml.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/model/language.h"
#include "analyzer/model/uri_use.h"

namespace oakum {

// A reference that no shell, template or language of the file has filled in. The name is a part of
// the value it was found in.
struct VariableReference {
  enum class Form { kBraces, kBare, kPercent } form = Form::kBare;
  std::string_view name;

  bool IsUpper() const;
};

// The reference that the value is, if it is one and nothing else.
std::optional<VariableReference> VariableReferenceIn(const Value& value);

// Where an installer reads a text without filling in what a shell or pip would.
enum class UriReader { kNone, kPipConfig, kRequirements, kCommandLine, kPoetry };

bool IsPipConfig(std::string_view path);

// `path` and `language`: of the file that the URL stands in. `written`: the file that a command
// writes it to; empty if there is none.
UriReader ReaderOf(const UriUse& use, std::string_view path, Language language,
                   std::string_view written);

bool IsSentLiterally(UriReader reader, const VariableReference& reference,
                     std::string_view consumer);

}  // namespace oakum
