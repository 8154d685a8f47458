#include "analyzer/model/registry_shape.h"

#include <algorithm>
#include <array>

#include "analyzer/base/ascii.h"

namespace oakum {

namespace {

constexpr auto kFields = std::to_array<std::string_view>({"username", "password", "server"});

struct Synonym {
  std::string_view written;  // lower case
  std::string_view field;
};

constexpr auto kSynonyms = std::to_array<Synonym>({
    {"user", "username"},
    {"user_name", "username"},
    {"login", "username"},
    {"docker_username", "username"},
    {"registry_username", "username"},
    {"pass", "password"},
    {"passwd", "password"},
    {"token", "password"},
    {"access_token", "password"},
    {"docker_password", "password"},
    {"registry_password", "password"},
    {"registry", "server"},
    {"registry_server", "server"},
    {"registry_url", "server"},
    {"serveraddress", "server"},
    {"server_address", "server"},
    {"docker_server", "server"},
    {"host", "server"},
    {"hostname", "server"},
    {"url", "server"},
});

// What only logins of something else have.
constexpr auto kForeign = std::to_array<std::string_view>({
    "port",
    "dbname",
    "database",
    "db",
    "engine",
    "driver",
    "dbinstanceidentifier",
    "dbclusteridentifier",
    "masterarn",
    "schema",
    "client_id",
    "client_secret",
    "auths",
    "account",
    "warehouse",
    "role",
    "sslmode",
    "bucket",
    "scope",
    "grant_type",
});

std::string Normal(std::string_view key) {
  std::string text = ToLower(key);
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

// The field that a key is, or stands for; empty for any other key.
std::string_view FieldOf(std::string_view key) {
  const std::string text = Normal(key);
  for (std::string_view field : kFields) {
    if (text == field) return field;
  }
  for (const Synonym& synonym : kSynonyms) {
    if (text == synonym.written) return synonym.field;
  }
  return "";
}

const RegistryField* Find(const std::vector<RegistryField>& fields, std::string_view key) {
  for (const RegistryField& field : fields) {
    if (field.key.text() == key) return &field;
  }
  return nullptr;
}

void CheckField(const RegistrySecret& secret, std::string_view name,
                std::vector<LoginProblem>& out) {
  const RegistryField* field = Find(secret.fields, name);
  if (field != nullptr) {
    if (!field->is_text) {
      // A value that a program or a template fills in is not known to be anything else.
      if (field->value.is_literal() && !field->value.empty()) {
        out.push_back({ShapeProblem::kNotText, std::string(name), "", field->span});
      }
    } else if (field->value.Trimmed().empty()) {
      out.push_back({ShapeProblem::kEmpty, std::string(name), "", field->span});
    }
    return;
  }
  for (const RegistryField& other : secret.fields) {
    if (FieldOf(other.key.text()) != name) continue;
    out.push_back({ShapeProblem::kMisnamed, std::string(name), std::string(other.key.text()),
                   other.key.ToSource()});
    return;
  }
  out.push_back({ShapeProblem::kMissing, std::string(name), "", {}});
}

}  // namespace

LoginShape ShapeOf(const std::vector<RegistryField>& fields) {
  constexpr size_t kMost = 6;
  if (fields.size() > kMost) return LoginShape::kOther;
  bool user = false;
  bool password = false;
  bool server = false;
  bool exact = true;
  for (const RegistryField& field : fields) {
    const std::string key = Normal(field.key.text());
    if (std::find(kForeign.begin(), kForeign.end(), key) != kForeign.end()) {
      return LoginShape::kOther;
    }
    const std::string_view name = FieldOf(key);
    user |= name == "username";
    password |= name == "password";
    server |= name == "server";
    exact &= field.key.text() == name || key == "email";
  }
  const RegistryField* host = Find(fields, "server");
  if (exact && host != nullptr && (host->is_text || !host->value.is_literal()) &&
      (user || password)) {
    return LoginShape::kLogin;
  }
  return user + password + server >= 2 && password ? LoginShape::kLike : LoginShape::kOther;
}

std::vector<LoginProblem> ProblemsOf(const RegistrySecret& secret) {
  std::vector<LoginProblem> problems;
  for (std::string_view name : kFields) CheckField(secret, name, problems);
  std::stable_sort(
      problems.begin(), problems.end(),
      [](const LoginProblem& a, const LoginProblem& b) { return a.problem < b.problem; });
  if (!LifetimeOf(secret.username.is_literal() ? secret.username.text() : "").empty()) {
    problems.push_back({ShapeProblem::kShortLived, "username", "", secret.username.ToSource()});
  }
  for (const RegistryField& field : secret.fields) {
    if (FieldOf(field.key.text()).empty()) {
      problems.push_back(
          {ShapeProblem::kExtra, "", std::string(field.key.text()), field.key.ToSource()});
    }
  }
  return problems;
}

std::string_view LifetimeOf(std::string_view username) {
  if (username == "AWS") return "12 hours";
  if (username == "oauth2accesstoken") return "one hour";
  if (username == "00000000-0000-0000-0000-000000000000") return "three hours";
  return "";
}

}  // namespace oakum
