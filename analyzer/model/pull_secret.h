// Logins in docker's config.json format, wherever a tree keeps one: docker's own file, a Kubernetes
// Secret that the kubelet pulls images with, a kubectl command that makes such a Secret.
//
// docker and the kubelet look a registry up in `auths` by rules of their own (docker_auth.h), and
// neither says anything when no key fits: the pull is anonymous. The kubelet besides takes no
// Secret but one of the right type under the right key (kubernetes pkg/credentialprovider/secrets),
// and knows nothing of the credential helpers that docker calls.
//
// Thread-safety: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

// A member of `auths`.
struct RegistryAuth {
  Value server;  // its key
  Value username;
  Value password;
  Value auth;  // base64 of "username:password"
  bool has_auth = false;
  bool has_token = false;  // identitytoken or registrytoken
  Span span;               // of its value
};

struct PullSecret {
  enum class Origin {
    kFile,     // a config.json or .dockerconfigjson of the tree
    kObject,   // a Secret manifest or generator
    kCommand,  // kubectl create secret
  };

  Origin origin = Origin::kFile;
  std::string name;        // of the Secret
  std::string name_space;  // empty if it is not known, too
  std::string file;     // whose content it takes (`--from-file`, `files:`); empty if it stands here
  Value type;           // "kubernetes.io/dockerconfigjson"; empty if none is given
  Span type_span;       // empty if there is no type
  std::string key;      // ".dockerconfigjson"
  Span key_span;        // for a command the argument
  bool known = false;   // whether `auths` is all there is; false: filled in elsewhere, or no JSON
  bool is_json = true;  // the text that stands here is a JSON object
  bool broken = false;  // it begins as one, and is not valid JSON
  bool has_auths = false;    // an `auths` member; else the members are those of the old .dockercfg
  bool has_helpers = false;  // credsStore or credHelpers
  std::vector<RegistryAuth> auths;
  Span span;  // the name, else the content
};

// A ServiceAccount that a command gives pull secrets: `kubectl patch serviceaccount NAME -p
// '{"imagePullSecrets": ...}'`, `oc secrets link NAME SECRET --for=pull`.
struct PatchedAccount {
  std::string name;        // empty if it is not known
  std::string name_space;  // likewise
};

std::optional<PatchedAccount> PatchedAccountOf(const Command& command);

struct Facts;
class DataTree;
struct KubernetesObject;
struct YamlNode;

// What a Secret of this type and key means to the kubelet.
bool IsDockerConfigKey(std::string_view key);

// Fills in `auths` and what goes with it from the text of a config.json.
void ReadDockerConfig(const Value& json, PullSecret& secret);

// A docker config.json, or a file of the same shape under another name.
void LowerDockerConfig(const Source& source, Facts& facts);

// The pull secret in a Secret manifest, if it is one by type or key; `data` is decoded.
void LowerPullSecret(const YamlNode& object, Facts& facts);

// An entry of kustomize's secretGenerator.
void LowerPullSecretGenerator(const YamlNode& generator, Facts& facts);

// `kubectl create secret docker-registry|generic` among facts.commands.
void CollectPullSecretCommands(Facts& facts);

}  // namespace oakum
