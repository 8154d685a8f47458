#include "rules/wiring/held_words.h"

#include <fmt/format.h>

namespace oakum {

std::string DescribeHeld(const HeldCredential& credential) {
  switch (credential.kind) {
    case HeldCredential::Kind::kPassword:
      if (credential.detail.empty()) return fmt::format("the value of `{}`", credential.key);
      return fmt::format("`{}` of `{}`", credential.detail, credential.key);
    case HeldCredential::Kind::kNetrc:
      return credential.detail == "default"
                 ? std::string("the default login of a netrc")
                 : fmt::format("the netrc login for {}", credential.detail);
    case HeldCredential::Kind::kUri:
      return credential.detail.empty()
                 ? std::string("a URI with a credential")
                 : fmt::format("a URI with a credential for {}", credential.detail);
    case HeldCredential::Kind::kRegistryLogin:
      return fmt::format("the login for the registry {}", credential.detail);
    case HeldCredential::Kind::kPrivateKey:
      return fmt::format("a private key in `{}`", credential.key);
    case HeldCredential::Kind::kToken:
      return fmt::format("a vendor token ({})", credential.detail);
  }
  return "a credential";
}

std::string HolderName(const HeldCredential& credential) {
  const std::string_view kind = credential.config_map ? "ConfigMap" : "Secret";
  const std::string_view made = credential.generator ? "generated " : "";
  if (credential.holder.empty()) return fmt::format("{}{}", made, kind);
  return fmt::format("{}{} `{}`", made, kind, credential.holder);
}

}  // namespace oakum
