#include "rules/registry/docker_config_shape.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/engine/pull_secrets.h"
#include "analyzer/model/registry_shape.h"

namespace oakum {

namespace {

constexpr std::string_view kConfigType = "kubernetes.io/dockerconfigjson";
constexpr std::string_view kLegacyType = "kubernetes.io/dockercfg";

struct Words {
  std::string message;
  std::string label;
  std::string help;
};

Finding Make(const Rule& rule, const Document& document, Span where, Words words,
             std::string_view anchor) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), where};
  finding.message = std::move(words.message);
  finding.label = std::move(words.label);
  finding.help = std::move(words.help);
  finding.anchor = anchor;
  return finding;
}

bool IsRefreshed(const Document& document, const PullSecret& secret) {
  const std::string path = ToLower(document.path());
  for (std::string_view word : {"refresh", "renew", "rotat", "cron"}) {
    if (path.find(word) != std::string::npos) return true;
  }
  if (secret.origin != PullSecret::Origin::kCommand) return false;
  // What a pod of the cluster runs is there to run again.
  for (const Command& command : document.facts().commands) {
    if (command.host == CommandHost::kContainer && command.span.Contains(secret.span)) return true;
  }
  return false;
}

// Text that is not known, or that stands for something, says nothing about its form.
bool IsKnown(const Value& value) {
  return value.is_literal() && value.text().find_first_of("<>{}$*") == std::string_view::npos &&
         value.text().find("...") == std::string_view::npos;
}

std::optional<Words> JudgeAuth(const RegistryAuth& auth) {
  const std::optional<std::string> decoded = Base64Decode(auth.auth.Trimmed().text());
  const std::string help =
      "write base64 of \"username:password\", or leave `auth` out and give both";
  if (!decoded) {
    return Words{
        "The `auth` of this registry is no base64: docker and the kubelet reject the whole "
        "config and pull without any of its logins.",
        "its auth is no base64", help};
  }
  const size_t colon = decoded->find(':');
  if (colon == std::string::npos) {
    return Words{
        "The `auth` of this registry holds no \"username:password\": docker and the kubelet "
        "reject the whole config and pull without any of its logins.",
        "its auth has no colon", help};
  }
  const bool other_user = IsKnown(auth.username) && !auth.username.empty() &&
                          auth.username.text() != std::string_view(*decoded).substr(0, colon);
  const bool other_password = IsKnown(auth.password) && !auth.password.empty() &&
                              auth.password.text() != std::string_view(*decoded).substr(colon + 1);
  if (!other_user && !other_password) return std::nullopt;
  return Words{
      fmt::format("The `auth` of this registry holds another {} than `{}` beside it. docker "
                  "and the kubelet use `auth` and ignore the other.",
                  other_user ? "user" : "password", other_user ? "username" : "password"),
      "auth says otherwise", "leave one of them out"};
}

std::string_view UserOf(const RegistryAuth& auth, std::string& decoded) {
  if (IsKnown(auth.username) && !auth.username.empty()) return auth.username.text();
  if (!auth.has_auth || !IsKnown(auth.auth)) return "";
  decoded = Base64Decode(auth.auth.Trimmed().text()).value_or("");
  return std::string_view(decoded).substr(0, decoded.find(':'));
}

std::optional<Words> JudgeEntry(const Document& document, const PullSecret& secret,
                                const RegistryAuth& auth) {
  const bool in_cluster = secret.origin != PullSecret::Origin::kFile;
  if (auth.has_auth && IsKnown(auth.auth) && !auth.auth.Trimmed().empty()) {
    if (auto words = JudgeAuth(auth)) return words;
  }
  const bool pair = !auth.username.empty() && !auth.password.empty();
  const bool filled = auth.has_auth && !auth.auth.Trimmed().empty();
  if (in_cluster && !pair && !filled && !auth.has_token) {
    return Words{
        fmt::format("This registry has no login in the Secret: {}. The kubelet calls no "
                    "credential helper of docker's, so it pulls without one.",
                    auth.username.empty() && auth.password.empty()
                        ? "neither `auth` nor `username` and `password`"
                        : "`username` or `password` is missing"),
        "no login",
        "give `username` and `password`: a config.json of a machine with a credential store "
        "holds none"};
  }
  std::string decoded;
  const std::string_view user = UserOf(auth, decoded);
  const std::string_view lifetime = LifetimeOf(user);
  if (in_cluster && !lifetime.empty() && !IsRefreshed(document, secret)) {
    return Words{fmt::format("The password of the user {} expires after {}: pods that start later "
                             "cannot pull with this Secret.",
                             user, lifetime),
                 "a login for this server that expires",
                 "give the nodes' role read access to the registry, or let a CronJob renew the "
                 "Secret"};
  }
  return std::nullopt;
}

void CheckEntries(const Rule& rule, const Document& document, const PullSecret& secret,
                  const Report& report) {
  for (const RegistryAuth& auth : secret.auths) {
    std::optional<Words> words = JudgeEntry(document, secret, auth);
    if (!words) continue;
    Finding finding = Make(rule, document, auth.server.ToSource(), *std::move(words),
                           "login of a registry in a docker config");
    for (const Value* value : {&auth.password, &auth.auth}) {
      if (!value->empty()) finding.secrets.push_back({&document.source(), value->ToSource()});
    }
    report(std::move(finding));
  }
}

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
  std::optional<Words> words;
  Span where = secret.span;
  if (config || type == kLegacyType) {
    if (secret.key != wanted) {
      if (!secret.key_span.empty()) where = secret.key_span;
      words = Words{fmt::format("A Secret of type {} must hold the key {}: the API server rejects "
                                "this one.",
                                type, wanted),
                    fmt::format("not {}", wanted), fmt::format("name the key {}", wanted)};
    } else if (!secret.is_json) {
      words = Words{
          "The API server rejects this Secret: `data` takes base64 of the JSON object, and "
          "`stringData` the object as it is.",
          "the other way round", "move the key to the other of `data` and `stringData`"};
      where = secret.key_span;
    } else if (placed.content != nullptr && placed.content->known &&
               placed.content->has_auths != config) {
      words =
          Words{config ? "The kubelet finds no login here: under .dockerconfigjson the registries "
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
    words = Words{
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
    report(Make(rule, *placed.document, where, *std::move(words), "type and key of a pull secret"));
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
      CheckEntries(rule, *document, secret, report);
    }
  }
}

}  // namespace oakum
