#include "analyzer/model/secret_policy.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {
namespace {

std::string List(const std::vector<Value>& values) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : ",") + value.Describe();
  return text;
}

// Each statement as "effect actions resources principals", after what the policy is attached to.
std::string Shown(std::string text, Language language) {
  const Source source("x", std::move(text));
  const Facts facts = BuildFacts(source, language);
  std::string out;
  for (const SecretPolicy& policy : facts.secret_policies) {
    out += policy.attached + "(" + policy.secret + ")";
    for (const PolicyStatement& statement : policy.statements) {
      out += std::string(statement.allows ? " allow " : " deny ") + List(statement.actions) + " " +
             List(statement.resources) + " " + List(statement.principals);
      if (statement.has_condition) out += " if";
    }
  }
  return out;
}

TEST(SecretPolicy, StatementsOfSecretsAlone) {
  EXPECT_EQ(Shown(R"({"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"},
      {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::b/*"}]})",
                  Language::kJson),
            "() allow secretsmanager:GetSecretValue * ");
  EXPECT_EQ(Shown(R"({"Statement": {"Effect": "Deny", "Action": ["secretsmanager:*"],
      "Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}, "Resource": "*",
      "Condition": {"StringEquals": {"a": "b"}}}})",
                  Language::kJson),
            "() deny secretsmanager:* * arn:aws:iam::1:root,* if");
  EXPECT_EQ(Shown(R"({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})",
                  Language::kJson),
            "");
}

TEST(SecretPolicy, OfCommands) {
  EXPECT_EQ(Shown("aws secretsmanager put-resource-policy --secret-id ml/quay --resource-policy "
                  "'{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": "
                  "\"secretsmanager:GetSecretValue\", \"Resource\": \"*\"}]}'\n",
                  Language::kShell),
            "put-resource-policy(ml/quay) allow secretsmanager:GetSecretValue * *");
}

}  // namespace
}  // namespace oakum
