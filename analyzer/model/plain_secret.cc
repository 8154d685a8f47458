#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/placeholder_words.h"
#include "analyzer/credential/token.h"
#include "analyzer/model/held_credential.h"

namespace oakum {

namespace {

re2::StringPiece Piece(std::string_view text) {
  return {text.data(), text.size()};
}

// What a product sets up for everybody, and its documentation says so.
constexpr std::string_view kDefaults[] = {
    "admin",      "airflow", "elastic",  "grafana",       "guest",    "minio", "minio123",
    "minioadmin", "mysql",   "postgres", "prom-operator", "rabbitmq", "redis", "root",
};

// Ray's own default, under which an exposed Redis is found and taken over: no placeholder.
constexpr std::string_view kRayRedisPassword = "5241590000000000";

bool IsSwitch(std::string_view text) {
  constexpr std::string_view kSwitches[] = {"true", "false", "yes",      "no",     "on",
                                            "off",  "none",  "disabled", "enabled"};
  const std::string lower = ToLower(text);
  return std::find(std::begin(kSwitches), std::end(kSwitches), lower) != std::end(kSwitches);
}

bool IsSmallNumber(std::string_view text) {
  return text.size() <= 3 && std::all_of(text.begin(), text.end(), IsDigit);
}

// Names that as often hold the name of a Secret, or a mode, as a secret: AUTH, DB_SECRET.
// CLIENT_SECRET and its like are none.
bool IsVagueName(std::string_view name) {
  static const RE2 kVague(R"((?i)(?:^|.*[^a-z])(?:secrets?|auth|credentials?|creds?|pat|pass))");
  static const RE2 kExact(
      R"((?i).*(?:client|app|jwt|session|webhook|signing|cookie|consumer|shared|encryption|hmac)"
      R"(|api|oauth|access|django|flask|nextauth|auth|login)[-_.]?(?:secrets?|pass))");
  // secretName aside, dbSecret and existingSecret end in a hump.
  static const RE2 kHump(R"(.*[a-z](?:Secret|Auth|Credentials?))");
  if (RE2::FullMatch(Piece(name), kExact)) return false;
  return RE2::FullMatch(Piece(name), kVague) || RE2::FullMatch(Piece(name), kHump);
}

// "prod-pg-creds", "ldap": a word or the name of an object.
bool IsObjectName(std::string_view text) {
  static const RE2 kName(R"([a-z][a-z_]*|[a-z0-9]+(?:[-.][a-z0-9]+)+)");
  return RE2::FullMatch(Piece(text), kName) && !LooksLikeToken(text);
}

// A password among the parts of a connection string.
bool HasSecretSegment(std::string_view text) {
  static const RE2 kSegment(
      R"((?i)(?:^|[;\s])(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*([^;\s"']+))");
  re2::StringPiece rest = Piece(text), secret;
  while (RE2::FindAndConsume(&rest, kSegment, &secret)) {
    const std::string_view found(secret.data(), secret.size());
    if (!IsPlaceholder(found) && !found.starts_with('$')) return true;
  }
  return false;
}

}  // namespace

bool IsSecretReference(std::string_view value) {
  static const RE2 kReference(
      R"((?i)(?:arn:|vault:|bao:|op://|ref\+|secretref|gcp-sm|sm://|awssm|awsps|ssm:|akv|azkv|)"
      R"(@microsoft\.keyvault|ENC\[|env:|file:|berglas://|kms:|k8s:|secret://|secrets?:|)"
      R"(projects/[^/]+/secrets/).*)");
  static const RE2 kPath(R"((?:~|\.{1,2})?(?:/[\w.@-]+)+/?)");
  if (RE2::FullMatch(Piece(value), kReference)) return true;
  return value.size() < 200 && RE2::FullMatch(Piece(value), kPath) && !LooksLikeToken(value);
}

PlainSecret JudgePlainSecret(std::string_view name, const Value& value) {
  const Value trimmed = value.Trimmed();
  const std::string_view text = trimmed.text();
  if (text.empty()) return PlainSecret::kNone;
  for (const TokenMatch& token : FindTokens(text)) {
    // A key ID names an account; the secret is the other half.
    if (!token.family.ends_with("access key ID")) return PlainSecret::kReal;
  }
  if (!trimmed.is_literal()) return PlainSecret::kNone;
  // A URI's credential is the URI's business.
  if (text.find("://") != text.npos || IsSecretReference(text)) return PlainSecret::kNone;
  if (HintOf(name) != NameHint::kSecret) {
    return HasSecretSegment(text) ? PlainSecret::kReal : PlainSecret::kNone;
  }
  if (IsSwitch(text) || IsSmallNumber(text)) return PlainSecret::kNone;
  if (text == kRayRedisPassword) return PlainSecret::kReal;
  if (IsVagueName(name) && IsObjectName(text)) return PlainSecret::kNone;
  if (std::find(std::begin(kDefaults), std::end(kDefaults), text) != std::end(kDefaults)) {
    return PlainSecret::kWellKnown;
  }
  return ClassifySecret(trimmed) == SecretKind::kLiteral ? PlainSecret::kReal : PlainSecret::kNone;
}

}  // namespace oakum
