// `RUN --mount=...`: every option with its default and its order rule (dockerfile.md 1.9).
//
// Values are expanded with the stage's variables, as BuildKit does when it runs the instruction; a
// variable that is not known becomes a hole. Defaults that depend on other options are filled in by
// the accessors, so what a user wrote stays apart from what BuildKit makes of it.
//
// Thread-safety: pure functions; a DockerMount is a plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_word.h"

namespace oakum {

enum class DockerMountType { kBind, kCache, kTmpfs, kSecret, kSsh };

// One `key=value` of the list.
struct DockerMountOption {
  std::string key;  // lower case, aliases resolved: target, source, readonly, readwrite
  bool has_value = false;
  Value value;  // expanded
  Span span;    // the whole option
};

struct DockerMount {
  DockerMountType type = DockerMountType::kBind;
  std::vector<DockerMountOption> options;  // in order
  Span span;                               // the value of the flag
  bool read_only = true;
  bool required = false;
  std::optional<uint32_t> mode;
  std::optional<uint32_t> uid;
  std::optional<uint32_t> gid;

  // The last option of this key, or null.
  const DockerMountOption* Option(std::string_view key) const;
  Value Get(std::string_view key) const;

  // A secret's id: id=, source=, or the base name of the target.
  Value SecretId() const;
  // Where the content appears, before a relative path is joined to WORKDIR; none for a secret that
  // is an environment variable only. A secret's default is /run/secrets/ and the id's base name.
  std::optional<Value> Target() const;
  // The environment variable a secret is given as, if any.
  std::optional<Value> Env() const;
  // Secrets: 0400. Caches: 0755. Agent sockets: 0600.
  uint32_t EffectiveMode() const;
  // What BuildKit takes for `key` when it is not written; none if this type has no such option, or
  // if it does without. The build context is called "context", the empty image "scratch".
  std::optional<Value> Default(std::string_view key) const;
};

// REQUIRES: `flag` is a `--mount` flag. Errors are recorded and what could be read is returned.
DockerMount ParseDockerMount(const DockerFlag& flag, char escape,
                             const DockerVariableLookup& lookup, std::vector<DockerError>& errors);

}  // namespace oakum
