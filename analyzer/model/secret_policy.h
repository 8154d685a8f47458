// AWS policies that say who may read which secret.
//
// A cluster's nodes fetch the registry login themselves, so their role needs
// secretsmanager:GetSecretValue on that one secret and nothing else. Policies stand in JSON files,
// or on command lines that attach them: `secretsmanager put-resource-policy`, `iam
// put-role-policy`, `iam create-policy`.
//
// Thread-safety: plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

struct PolicyStatement {
  bool allows = false;
  bool has_condition = false;
  std::string sid;  // what its author calls it; empty if nothing
  std::vector<Value> actions;
  std::vector<Value> resources;
  std::vector<Value> principals;  // of a resource policy: "*", ARNs, account ids
  Span span;
};

struct SecretPolicy {
  std::string attached;  // "put-resource-policy" and its like; empty for a file of its own
  std::string secret;    // name or ARN of the secret a resource policy is attached to
  std::string role;      // names of the role, user or group it is attached to and of the policy
  std::vector<PolicyStatement> statements;  // those that speak of secrets
  Span span;
};

struct Facts;

// A JSON file that is a policy about secrets.
void LowerSecretPolicy(const Source& source, Facts& facts);

// Policies on the command lines among facts.commands.
void CollectPolicyCommands(Facts& facts);

}  // namespace oakum
