// Whether the literal value of a variable, label or option is a secret, by its name and its text.
//
// A name that says secret makes a plain word suspicious (PASSWORD=postgres) and a generated or
// mixed text certain; without such a name only the exact shape of a vendor token counts. Switches,
// numbers, paths, URIs, references to secret stores and placeholders are none.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

namespace oakum {

enum class NamedSecret {
  kHarmless,
  kPlainWord,  // may be anybody's default: "postgres", "admin123"
  kSecret,     // nothing else is written like that
};

NamedSecret JudgeNamedSecret(std::string_view name, std::string_view text);

// What the name alone says (name_hint.h).
bool NamesSecret(std::string_view name);
bool NamesSecretFile(std::string_view name);     // a path to one
bool NamesCredentialUrl(std::string_view name);  // a URL that often carries one

}  // namespace oakum
