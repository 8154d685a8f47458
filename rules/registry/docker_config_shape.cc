#include "rules/registry/docker_config_shape.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/pull_secrets.h"
#include "rules/registry/docker_login_shape.h"

namespace oakum {

namespace {

constexpr std::string_view kConfigType = "kubernetes.io/dockerconfigjson";
constexpr std::string_view kLegacyType = "kubernetes.io/dockercfg";

bool IsUsed(const PlacedPullSecret& placed, const std::vector<PullSecretUse>& uses) {
  return std::any_of(uses.begin(), uses.end(),
                     [&placed](const PullSecretUse& use) { return Uses(use, placed); });
}

// The kubelet reads `.dockerconfigjson` of one type and `.dockercfg` of another, and passes over
// any other Secret.
void CheckSecret(const Rule& rule, const PlacedPullSecret& placed,
                 const std::vector<PullSecretUse>& uses, const Report& report) {
  const PullSecret& secret = *placed.secret;
  if (!secret.type.is_literal()) return;
  const std::string_view type = secret.type.text();
  const bool config = type == kConfigType;
  const std::string_view wanted = type == kLegacyType ? ".dockercfg" : ".dockerconfigjson";
  std::optional<ShapeWords> words;
  Span where = secret.span;
  if (config || type == kLegacyType) {
    if (secret.key != wanted) {
      if (!secret.key_span.empty()) where = secret.key_span;
      words =
          ShapeWords{fmt::format("A Secret of type {} must hold the key {}: the API server rejects "
                                 "this one.",
                                 type, wanted),
                     fmt::format("not {}", wanted), fmt::format("name the key {}", wanted)};
    } else if (!secret.is_json) {
      words = ShapeWords{
          "The API server rejects this Secret: `data` takes base64 of the JSON object, and "
          "`stringData` the object as it is.",
          "the other way round", "move the key to the other of `data` and `stringData`"};
      where = secret.key_span;
    } else if (secret.broken) {
      words = ShapeWords{
          fmt::format("The API server rejects this Secret: the text under {} is not valid JSON.",
                      wanted),
          "not valid JSON", "complete the JSON object: {\"auths\": {\"SERVER\": {...}}}"};
      where = secret.key_span;
    } else if (placed.content != nullptr && placed.content->known &&
               placed.content->has_auths != config) {
      words = ShapeWords{
          config ? "The kubelet finds no login here: under .dockerconfigjson the registries "
                   "belong into `auths`."
                 : "The kubelet finds no login here: under .dockercfg the registries stand "
                   "without `auths`.",
          config ? "no auths" : "has auths",
          config ? "write {\"auths\": {\"SERVER\": {...}}}"
                 : "use the type kubernetes.io/dockerconfigjson"};
      where = secret.key_span;
    }
  } else if ((secret.key == ".dockerconfigjson" || secret.key == "config.json") &&
             IsUsed(placed, uses)) {
    where = secret.type_span.empty() ? secret.key_span : secret.type_span;
    words = ShapeWords{
        fmt::format("The kubelet passes over this pull secret: it takes only the types {} and "
                    "{}, and this one is {}.",
                    kConfigType, kLegacyType, type.empty() ? "Opaque" : type),
        "not a pull secret's type",
        secret.origin == PullSecret::Origin::kCommand
            ? "add --type=kubernetes.io/dockerconfigjson"
            : "write `type: kubernetes.io/dockerconfigjson`, with the key "
              ".dockerconfigjson"};
  }
  if (words) {
    report(MakeShapeFinding(rule, {&placed.document->source(), where}, *std::move(words),
                            "type and key of a pull secret"));
  }
}

}  // namespace

void CheckDockerConfigs(const Rule& rule, const Project& project, const Report& report) {
  const std::vector<PullSecretUse> uses = PullSecretUsesOf(project);
  for (const PlacedPullSecret& placed : PullSecretsOf(project)) {
    CheckSecret(rule, placed, uses, report);
  }
  for (const auto& document : project.documents()) {
    for (const PullSecret& secret : document->facts().pull_secrets) {
      CheckDockerLogins(rule, *document, secret, report);
    }
  }
}

}  // namespace oakum
