#include "analyzer/model/secret_policy.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/policy_attachment.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

using Id = DataTree::Id;

constexpr std::string_view kService = "secretsmanager:";

// The texts of a string or of a list of them.
void Collect(const DataTree& tree, Id id, std::vector<Value>& out) {
  if (tree.Is(id, DataKind::kText)) out.push_back(tree[id].value);
  if (!tree.Is(id, DataKind::kList)) return;
  for (const Id item : tree.Children(id)) {
    if (tree.Is(item, DataKind::kText)) out.push_back(tree[item].value);
  }
}

bool SpeaksOfSecrets(const PolicyStatement& statement, bool of_secret) {
  auto any = [](const std::vector<Value>& values, auto is) {
    return std::any_of(values.begin(), values.end(),
                       [&is](const Value& value) { return is(value.text()); });
  };
  if (any(statement.actions,
          [](std::string_view action) { return action.substr(0, kService.size()) == kService; })) {
    return true;
  }
  const bool everything =
      any(statement.actions, [](std::string_view action) { return action == "*"; });
  return everything && (of_secret || any(statement.resources, [](std::string_view resource) {
                          return resource.find(":secretsmanager:") != resource.npos;
                        }));
}

PolicyStatement StatementOf(const DataTree& tree, Id id) {
  PolicyStatement statement;
  statement.span = tree[id].span;
  const Id effect = tree.Find(id, "Effect");
  statement.allows = effect != DataTree::kNone && tree[effect].value.text() == "Allow";
  if (const Id sid = tree.Find(id, "Sid"); tree.Is(sid, DataKind::kText)) {
    statement.sid = tree[sid].value.text();
  }
  statement.has_condition = tree.Find(id, "Condition") != DataTree::kNone;
  Collect(tree, tree.Find(id, "Action"), statement.actions);
  Collect(tree, tree.Find(id, "Resource"), statement.resources);
  const Id principal = tree.Find(id, "Principal");
  Collect(tree, principal, statement.principals);
  if (tree.Is(principal, DataKind::kMap)) {
    Collect(tree, tree.Find(principal, "AWS"), statement.principals);
  }
  return statement;
}

void ReadPolicies(const DataTree& tree, const PolicyAttachment& holder, Facts& facts) {
  const bool of_secret = holder.command == "put-resource-policy";
  for (Id id = 0; id < tree.size(); ++id) {
    if (!tree.Is(id, DataKind::kMap)) continue;
    const Id list = tree.Find(id, "Statement");
    if (list == DataTree::kNone) continue;
    SecretPolicy policy;
    policy.attached = holder.command;
    policy.secret = holder.secret;
    policy.role = holder.role;
    policy.span = tree[id].span;
    std::vector<Id> statements = tree.Children(list);
    if (tree.Is(list, DataKind::kMap)) statements = {list};
    for (const Id item : statements) {
      if (!tree.Is(item, DataKind::kMap)) continue;
      PolicyStatement statement = StatementOf(tree, item);
      if (SpeaksOfSecrets(statement, of_secret)) policy.statements.push_back(std::move(statement));
    }
    if (!policy.statements.empty()) facts.secret_policies.push_back(std::move(policy));
  }
}

// A here-document or echo of the same script that writes the file a command is given.
std::optional<Value> TextOfFile(std::string_view file, const Facts& facts) {
  std::optional<Value> text;
  for (const Command& command : facts.commands) {
    for (FileWrite& write : WritesOf(command, facts.commands)) {
      if (CleanPath(write.path.Describe()) == CleanPath(file)) text = std::move(write.text);
    }
  }
  return text;
}

}  // namespace

void LowerSecretPolicy(const Source& source, Facts& facts) {
  const std::string_view text = source.text();
  if (text.find("\"Statement\"") == text.npos || text.find("secretsmanager") == text.npos) return;
  ReadPolicies(ParseJson(Value(source.body())).tree, {}, facts);
}

void CollectPolicyCommands(Facts& facts) {
  for (const Command& command : facts.commands) {
    const std::optional<PolicyAttachment> attachment = PolicyAttachmentOf(command);
    if (!attachment) continue;
    std::optional<Value> text = attachment->text;
    if (!attachment->file.empty()) text = TextOfFile(attachment->file, facts);
    if (text) ReadPolicies(ParseJson(*text).tree, *attachment, facts);
  }
}

}  // namespace oakum
