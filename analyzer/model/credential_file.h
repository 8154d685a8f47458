// What a path alone says about a file: whether it is one of the files that tools keep credentials
// in.
//
// Names come from the tools' own documentation (ray.md 4.6): netrc as requests, pip, curl and Ray
// read it, .pypirc, .npmrc, pip.conf, git's credential store, Docker's, AWS's and Kubernetes'
// client configuration, ssh keys, .env. Some of them always hold a credential when they exist;
// others are as often harmless (a pip.conf that names a mirror), so a rule looks inside or stays
// silent.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace oakum {

enum class CredentialFileKind {
  kNetrc,           // .netrc, _netrc, netrc, deploy.netrc
  kPypirc,          // .pypirc
  kGitCredentials,  // .git-credentials, git/credentials
  kSshKey,          // id_rsa and its kin, not the .pub half
  kAwsCredentials,  // .aws/credentials
  kCloudKey,        // gcloud's application_default_credentials.json
  kToolToken,       // a token kept bare: huggingface/token
  kPoetryAuth,      // pypoetry/auth.toml
  kDockerConfig,    // .docker/config.json, .dockercfg, .dockerconfigjson
  kKubeconfig,      // .kube/config, kubeconfig
  kNpmrc,           // .npmrc, .yarnrc.yml
  kPipConfig,       // pip.conf, pip.ini
  kCondarc,         // .condarc
  kDotenv,          // .env, .env.production; not .env.example
};

struct CredentialFile {
  CredentialFileKind kind = CredentialFileKind::kNetrc;
  // For messages, with its article left out: "netrc file", "SSH private key". Static storage.
  std::string_view description;
  // The name alone means a credential. Otherwise the file can be harmless: read it or stay silent.
  bool certain = false;
};

// By the last segments of `path`, which may be relative, absolute or start with `~`. Samples and
// templates (.example, .sample, .template, .tpl, .j2, .dist) are none. `path` must be literal text.
std::optional<CredentialFile> CredentialFileAt(std::string_view path);

// Whether a word of a command's text is such a path, by a name that alone means a credential.
bool NamesCredentialFile(std::string_view command);

}  // namespace oakum
