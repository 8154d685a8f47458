#include "rules/registry/docker_login_shape.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/model/registry_shape.h"

namespace oakum {

namespace {

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

std::optional<ShapeWords> JudgeAuth(const RegistryAuth& auth) {
  const std::optional<std::string> decoded = Base64Decode(auth.auth.Trimmed().text());
  const std::string help =
      "write base64 of \"username:password\", or leave `auth` out and give both";
  if (!decoded) {
    return ShapeWords{
        "The `auth` of this registry is no base64: docker and the kubelet reject the whole "
        "config and pull without any of its logins.",
        "its auth is no base64", help};
  }
  const size_t colon = decoded->find(':');
  if (colon == std::string::npos) {
    return ShapeWords{
        "The `auth` of this registry holds no \"username:password\": docker and the kubelet "
        "reject the whole config and pull without any of its logins.",
        "its auth has no colon", help};
  }
  const bool other_user = IsKnown(auth.username) && !auth.username.empty() &&
                          auth.username.text() != std::string_view(*decoded).substr(0, colon);
  const bool other_password = IsKnown(auth.password) && !auth.password.empty() &&
                              auth.password.text() != std::string_view(*decoded).substr(colon + 1);
  if (!other_user && !other_password) return std::nullopt;
  return ShapeWords{
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

std::optional<ShapeWords> JudgeEntry(const Document& document, const PullSecret& secret,
                                     const RegistryAuth& auth) {
  const bool in_cluster = secret.origin != PullSecret::Origin::kFile;
  if (auth.has_auth && IsKnown(auth.auth) && !auth.auth.Trimmed().empty()) {
    if (auto words = JudgeAuth(auth)) return words;
  }
  const bool pair = !auth.username.empty() && !auth.password.empty();
  const bool filled = auth.has_auth && !auth.auth.Trimmed().empty();
  if (in_cluster && !pair && !filled && !auth.has_token) {
    return ShapeWords{
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
    return ShapeWords{
        fmt::format("The password of the user {} expires after {}: pods that start later "
                    "cannot pull with this Secret.",
                    user, lifetime),
        "a login for this server that expires",
        "give the nodes' role read access to the registry, or let a CronJob renew the "
        "Secret"};
  }
  return std::nullopt;
}

}  // namespace

Finding MakeShapeFinding(const Rule& rule, Location where, ShapeWords words,
                         std::string_view anchor) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = where;
  finding.message = std::move(words.message);
  finding.label = std::move(words.label);
  finding.help = std::move(words.help);
  finding.anchor = anchor;
  return finding;
}

void CheckDockerLogins(const Rule& rule, const Document& document, const PullSecret& secret,
                       const Report& report) {
  for (const RegistryAuth& auth : secret.auths) {
    std::optional<ShapeWords> words = JudgeEntry(document, secret, auth);
    if (!words) continue;
    Finding finding = MakeShapeFinding(rule, {&document.source(), auth.server.ToSource()},
                                       *std::move(words), "login of a registry in a docker config");
    for (const Value* value : {&auth.password, &auth.auth}) {
      if (!value->empty()) finding.secrets.push_back({&document.source(), value->ToSource()});
    }
    report(std::move(finding));
  }
}

}  // namespace oakum
