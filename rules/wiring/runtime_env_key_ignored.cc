// OAK524: a key of a runtime_env that Ray ignores, where its name promises protection.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/runtime_env.h"

namespace oakum {

namespace {

// Parts of names, without separators: what somebody expects such a key to hide or leave out.
constexpr std::string_view kSecretWords[] = {
    "secret",  "credential", "netrc",   "token", "password", "redact", "mask",   "sensitive",
    "private", "envfrom",    "encrypt", "vault", "bearer",   "auth",   "dotenv", "envfile"};
constexpr std::string_view kExcludeWords[] = {"exclude", "ignore", "excluded"};

template <size_t N>
bool HasAny(const std::string_view (&words)[N], std::string_view key) {
  return std::any_of(std::begin(words), std::end(words),
                     [key](std::string_view word) { return key.find(word) != key.npos; });
}

std::string Letters(std::string_view key) {
  std::string letters;
  for (char c : key) {
    if (IsAlnum(c)) letters += ToLower(c);
  }
  return letters;
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvKey& key : env.unknown) {
      const std::string letters = Letters(key.name);
      const bool secret = HasAny(kSecretWords, letters);
      const bool exclude = HasAny(kExcludeWords, letters);
      if ((!secret && !exclude) || !reported.insert(key.span).second) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.where = {&document.source(), key.span};
      finding.message = fmt::format(
          "Ray knows no runtime_env field `{}`: it logs a warning and ignores the key.", key.name);
      if (key.name == "secret_env_vars") {
        finding.message +=
            " The proposal of this field was never merged; what stands under it is "
            "neither set nor hidden, and is logged with the rest of the runtime_env.";
      } else if (exclude) {
        finding.message += " What it names is uploaded with the working_dir.";
      } else {
        finding.message +=
            " What stands under it has no effect, and is logged with the rest of "
            "the runtime_env.";
      }
      finding.label = "ignored";
      finding.help =
          exclude ? "write `excludes`, a list of patterns as in .gitignore"
                  : "give the nodes the secret (a secretKeyRef of the Ray container) and refer to "
                    "it in env_vars as \"${NAME}\"";
      finding.anchor = fmt::format("runtime_env/{}", key.name);
      report(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule kRuntimeEnvKeyIgnored = {
    .code = "OAK524",
    .name = "runtime-env-key-ignored",
    .severity = Severity::kWarning,
    .summary = "A runtime_env key that promises protection is one that Ray ignores.",
    .check_document = Check,
};

}  // namespace oakum
