// What the rules on a runtime_env's variables say alike: which of them hold secrets, where Ray
// copies them, and what an editor underlines.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/credential/classify.h"
#include "analyzer/model/runtime_env.h"

namespace oakum {

// kLiteral, kInterpolated, or none if the variable holds no secret. A URI's credential is the
// concern of the rules on URIs.
std::optional<SecretKind> SecretIn(const RuntimeEnvVariable& variable);

// Whether text under a name is a secret. A short word is the default of a development set-up.
bool IsSecretText(std::string_view name, std::string_view text);

// Whether the shell of KubeRay's submitter Pod fills it in.
bool FilledBySubmitter(const RuntimeEnv& env, const Value& value);

// What of a runtime_env is a credential that Ray gets to see, for a message: "`HF_TOKEN`", "a URI
// with a credential". Empty if there is none.
std::string CredentialOf(const RuntimeEnv& env);

// Where the values of env_vars are readable, by how the runtime_env gets to Ray. Sentences.
std::string WhereEnvVarsGo(const RuntimeEnv& env);

// The value's own text, on one line: an assembled one gives the part that stands together, or its
// first reference.
Span PrimarySpanOf(const Value& value, std::string_view text);

}  // namespace oakum
