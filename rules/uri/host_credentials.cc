#include "rules/uri/host_credentials.h"

#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"
#include "analyzer/model/netrc_text.h"
#include "rules/wiring/netrc_entry.h"

namespace oakum {

HostCredentials::HostCredentials(const Project& project) {
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const NetrcContent& netrc : facts.netrcs) Netrc(*document, netrc);
    for (const Setting& setting : facts.settings) {
      // The agent of a node reads them; its environment is not a runtime_env's.
      if (setting.scope == SettingScope::kRuntimeEnv) continue;
      Ray(setting.name, {&document->source(), setting.name_span});
    }
    for (const KubernetesObject& object : facts.kubernetes) Pods(*document, object);
    for (const UriUse& use : facts.uris) Reference(*document, use);
  }
}

bool HostCredential::IsReadBy(std::string_view tool) const {
  if (reader.empty() || ToLower(reader) == ToLower(tool)) return true;
  // uv reads requirements files as well, pip runs git for repositories, and pipenv runs pip.
  if (reader == "pip") return tool == "uv" || tool == "git";
  return ToLower(reader) == "pipenv" && tool == "pip";
}

const HostCredential* HostCredentials::For(const std::string& host) const {
  const auto at = by_host_.find(host);
  if (at != by_host_.end()) return &at->second.front();
  return for_all_ ? &*for_all_ : nullptr;
}

const HostCredential* HostCredentials::For(const std::string& host, std::string_view tool) const {
  if (const auto at = by_host_.find(host); at != by_host_.end()) {
    for (const HostCredential& held : at->second) {
      if (held.IsReadBy(tool)) return &held;
    }
  }
  return for_all_ ? &*for_all_ : nullptr;
}

const HostCredential* HostCredentials::InUrl(const std::string& host, std::string_view tool,
                                             const Document& document) const {
  const auto at = in_urls_.find(host);
  if (at == in_urls_.end()) return nullptr;
  const HostCredential* first = nullptr;
  for (const HostCredential& held : at->second) {
    if (!held.IsReadBy(tool)) continue;
    if (held.where.source == &document.source()) return &held;
    if (first == nullptr) first = &held;
  }
  return first;
}

// A sample shows what a login looks like and is none.
void HostCredentials::Netrc(const Document& document, const NetrcContent& content) {
  if (content.origin == NetrcOrigin::kFile && IsNetrcSample(document)) return;
  for (const NetrcEntry& entry : content.netrc.entries) {
    if (!entry.password || entry.password->value.empty()) continue;
    if (ClassifySecret(entry.password->value) == SecretKind::kPlaceholder) continue;
    if (entry.login && entry.login->value.text() == "anonymous") continue;
    const Location where{&document.source(), entry.keyword};
    if (entry.is_default) {
      if (!for_all_) for_all_ = HostCredential{where, "the login of the netrc entry `default`", {}};
    } else if (entry.machine.value.is_literal()) {
      const std::string host = ToLower(entry.machine.value.text());
      by_host_[host].push_back({where, fmt::format("the login that a netrc has for {}", host), {}});
    }
  }
}

void HostCredentials::Pods(const Document& document, const KubernetesObject& object) {
  for (const PodTemplate& pod : object.pods) {
    for (const Container& container : pod.containers) {
      for (const EnvVar& variable : container.env) {
        Ray(variable.name, {&document.source(), variable.name_span});
      }
    }
  }
}

void HostCredentials::Ray(const std::string& name, const Location& where) {
  if (name == "RAY_RUNTIME_ENV_BEARER_TOKEN" && !bearer_) {
    bearer_ = HostCredential{where, "the bearer token of RAY_RUNTIME_ENV_BEARER_TOKEN", {}};
  }
  if (name == "NETRC" && !netrc_) {
    netrc_ = HostCredential{where, "the login that the file in NETRC has", {}};
  }
}

// `https://${USER}:${TOKEN}@host` of a requirements file: the installer has them for that host.
void HostCredentials::Reference(const Document& document, const UriUse& use) {
  const std::string host = use.uri.LiteralHost();
  if (host.empty()) return;
  for (const UriCredential& credential : CredentialsIn(use.uri)) {
    if (credential.kind != SecretKind::kDeferred) continue;
    HostCredential held{{&document.source(), credential.secret.ToSource()},
                        fmt::format("the credential for {}", host),
                        use.consumer};
    in_urls_[host].push_back(held);
    by_host_[host].push_back(std::move(held));
  }
}

}  // namespace oakum
