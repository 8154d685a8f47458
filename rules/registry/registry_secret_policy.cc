// OAK409: an AWS policy that lets more read a registry login, or do more with it, than needed.

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/policy_attachment.h"

namespace oakum {

namespace {

constexpr auto kTellingNames = std::to_array<std::string_view>(
    {"registry", "docker", "netrc", "anyscale", "cluster_node", "cluster-node", "ghcr", "jfrog",
     "quay", "harbor", "imagepull", "image-pull", "image_pull", "artifactory"});

// "ray" as a word: xray and array are none.
bool HasRay(std::string_view lower) {
  for (size_t at = lower.find("ray"); at != lower.npos; at = lower.find("ray", at + 1)) {
    const bool begins = at == 0 || !IsAlpha(lower[at - 1]);
    const bool ends = at + 3 == lower.size() || !IsAlpha(lower[at + 3]);
    if (begins && ends) return true;
  }
  return false;
}

bool Tells(std::string_view name) {
  const std::string lower = ToLower(name);
  return HasRay(lower) ||
         std::any_of(kTellingNames.begin(), kTellingNames.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool IsNodeRole(std::string_view principal) {
  return principal.find("cluster_node_role") != principal.npos ||
         principal.find("ray-autoscaler") != principal.npos;
}

bool IsEveryone(std::string_view principal) {
  return principal == "*" || principal == "arn:aws:iam::*:root";
}

// An account as a whole, a person, or, beside the node role, any other role.
bool IsBeyondNodes(const Value& principal, bool has_node_role) {
  const std::string_view text = principal.text();
  const bool account = text.size() == 12 && std::all_of(text.begin(), text.end(), IsDigit);
  if (account || text.ends_with(":root") || text.find(":user/") != text.npos) return true;
  return has_node_role && text.find(":role/") != text.npos && !IsNodeRole(text);
}

bool IsReading(std::string_view action) {
  const std::string lower = ToLower(action);
  for (std::string_view verb : {"get", "describe", "list", "batchget"}) {
    if (lower.starts_with("secretsmanager:" + std::string(verb))) return true;
  }
  return !lower.starts_with("secretsmanager:") && lower != "*";
}

// What has no resource of its own to be limited to.
bool NeedsEveryResource(const PolicyStatement& statement) {
  return std::all_of(statement.actions.begin(), statement.actions.end(), [](const Value& action) {
    const std::string lower = ToLower(action.text());
    return lower == "secretsmanager:listsecrets" || lower == "secretsmanager:getrandompassword" ||
           lower == "secretsmanager:createsecret" || !lower.starts_with("secretsmanager:");
  });
}

// "*", or an ARN whose name part is one star.
bool IsEverySecret(const Value& resource) {
  const std::string_view text = resource.text();
  return resource.is_literal() &&
         (text == "*" ||
          (text.find(":secretsmanager:") != text.npos && text.ends_with(":secret:*")) ||
          text == "arn:aws:secretsmanager:*" || text.ends_with(":secretsmanager:*:*:*"));
}

struct Words {
  Severity severity = Severity::kWarning;
  const Value* where = nullptr;
  std::string message;
  std::string label;
  std::string help;
};

template <typename Predicate>
const Value* FindValue(const std::vector<Value>& values, Predicate is) {
  const auto at = std::find_if(values.begin(), values.end(), is);
  return at == values.end() ? nullptr : &*at;
}

std::optional<Words> Judge(const PolicyStatement& statement) {
  if (!statement.allows) return std::nullopt;
  const bool has_node_role = FindValue(statement.principals, [](const Value& principal) {
                               return IsNodeRole(principal.text());
                             }) != nullptr;
  if (const Value* value = FindValue(statement.principals, [](const Value& principal) {
        return IsEveryone(principal.text());
      })) {
    return Words{
        statement.has_condition ? Severity::kWarning : Severity::kError, value,
        fmt::format("This policy lets every principal of AWS use the secret{}: whoever has "
                    "any account can read the login.",
                    statement.has_condition ? " unless its condition says otherwise" : ""),
        "everyone", "name the role of the cluster's nodes, <cloud_id>-cluster_node_role"};
  }
  if (const Value* value = FindValue(statement.principals, [&](const Value& principal) {
        return IsBeyondNodes(principal, has_node_role);
      })) {
    return Words{
        Severity::kWarning, value,
        "This policy lets others than the cluster's nodes read the login. The nodes fetch it "
        "themselves; nobody else has to.",
        "not the node role",
        "name the role of the cluster's nodes alone, <cloud_id>-cluster_node_role"};
  }
  if (const Value* value = FindValue(statement.actions, [](const Value& action) {
        return action.is_literal() && !IsReading(action.text());
      })) {
    return Words{
        Severity::kWarning, value,
        fmt::format("This policy grants {} where reading is enough: whoever runs code on a "
                    "node can also replace or delete the login.",
                    value->text()),
        "more than reading", "grant secretsmanager:GetSecretValue alone"};
  }
  const Value* every = FindValue(statement.resources, IsEverySecret);
  if (every != nullptr && statement.principals.empty() && !NeedsEveryResource(statement)) {
    return Words{Severity::kWarning, every,
                 "This policy lets its role read every secret of the account: code on any node "
                 "reads those of all other teams as well.",
                 "every secret", "name the ARN of the one secret that holds the registry login"};
  }
  return std::nullopt;
}

// Whether the tree keeps registry logins in Secrets Manager at all.
bool HasRegistryLogins(const Project& project) {
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    if (!facts.registry_secret_uploads.empty()) return true;
    for (const RegistryImage& image : facts.registry_images) {
      if (!image.login_secret.empty()) return true;
    }
  }
  return false;
}

bool IsAboutLogins(const Document& document, const SecretPolicy& policy) {
  if (Tells(policy.secret) || Tells(policy.role) || Tells(document.source().name())) return true;
  for (const PolicyStatement& statement : policy.statements) {
    if (Tells(statement.sid)) return true;
    for (const auto* values : {&statement.resources, &statement.principals}) {
      for (const Value& value : *values) {
        if (Tells(value.text())) return true;
      }
    }
  }
  return false;
}

bool NamesEverySecret(const SecretPolicy& policy) {
  return std::any_of(policy.statements.begin(), policy.statements.end(),
                     [](const PolicyStatement& statement) {
                       return FindValue(statement.resources, IsEverySecret) != nullptr;
                     });
}

// The folders that keep a policy about registry logins: the others beside it are for the same
// clusters.
std::set<std::string> FoldersOfLogins(const Project& project) {
  std::set<std::string> folders;
  for (const auto& document : project.documents()) {
    for (const SecretPolicy& policy : document->facts().secret_policies) {
      if (IsAboutLogins(*document, policy)) folders.emplace(ParentPath(document->path()));
    }
  }
  return folders;
}

// The files that commands of the tree attach to such a secret, or to whom it is for.
std::set<std::string> FilesOfLogins(const Project& project) {
  std::set<std::string> files;
  for (const auto& document : project.documents()) {
    for (const Command& command : document->facts().commands) {
      const std::optional<PolicyAttachment> attached = PolicyAttachmentOf(command);
      if (!attached || attached->file.empty()) continue;
      if (!Tells(attached->secret) && !Tells(attached->role)) continue;
      files.insert(JoinPath(ParentPath(document->path()), attached->file));
      files.insert(CleanPath(attached->file));
    }
  }
  return files;
}

void CheckPolicy(const Rule& rule, const Document& document, const SecretPolicy& policy,
                 const Report& report) {
  for (const PolicyStatement& statement : policy.statements) {
    std::optional<Words> words = Judge(statement);
    if (!words) continue;
    Finding finding;
    finding.rule = &rule;
    finding.severity = words->severity;
    finding.where = {&document.source(), words->where->ToSource()};
    finding.message = std::move(words->message);
    finding.label = std::move(words->label);
    finding.help = std::move(words->help);
    finding.anchor = fmt::format("policy {}", policy.attached);
    report(std::move(finding));
  }
}

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const bool logins = HasRegistryLogins(project);
  const std::set<std::string> folders = FoldersOfLogins(project);
  const std::set<std::string> files = FilesOfLogins(project);
  for (const auto& document : project.documents()) {
    const bool attached = files.count(document->path()) != 0;
    const bool beside = folders.count(std::string(ParentPath(document->path()))) != 0;
    for (const SecretPolicy& policy : document->facts().secret_policies) {
      if (logins || attached || IsAboutLogins(*document, policy) ||
          (beside && NamesEverySecret(policy))) {
        CheckPolicy(rule, *document, policy, report);
      }
    }
  }
}

}  // namespace

extern const Rule kRegistrySecretPolicy = {
    .code = "OAK409",
    .name = "registry-secret-policy",
    .severity = Severity::kWarning,
    .summary = "A policy lets too many use a registry login, or do more than read it.",
    .check_project = CheckProject,
};

}  // namespace oakum
