#include "analyzer/model/pull_secret.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/command_option.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/keyed_source.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/base64.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/json.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

namespace {

using Id = DataTree::Id;

constexpr std::string_view kHubKey = "https://index.docker.io/v1/";
constexpr auto kKeys = std::to_array<std::string_view>({
    ".dockerconfigjson",
    ".dockercfg",
    "dockerconfigjson",
    "config.json",
    ".docker/config.json",
});

Value TextOf(const DataTree& tree, Id map, std::string_view key) {
  const Id id = tree.Find(map, key);
  return tree.Is(id, DataKind::kText) ? tree[id].value : Value();
}

RegistryAuth AuthOf(const DataTree& tree, Id member) {
  RegistryAuth auth;
  auth.server = tree[member].key;
  auth.username = TextOf(tree, member, "username");
  auth.password = TextOf(tree, member, "password");
  auth.auth = TextOf(tree, member, "auth");
  auth.has_auth = tree.Find(member, "auth") != DataTree::kNone;
  auth.has_token = tree.Find(member, "identitytoken") != DataTree::kNone ||
                   tree.Find(member, "registrytoken") != DataTree::kNone;
  auth.span = tree[member].span;
  return auth;
}

bool BeginsObject(const Value& text) {
  const Value trimmed = text.Trimmed();
  return trimmed.is_literal() && trimmed.text().starts_with('{');
}

// A key and what is given for it: "KEY=VALUE", or a file under its own name.
struct Keyed {
  Value key;
  Value value;
};

Keyed SplitKey(const Value& argument) {
  const std::string_view text = argument.text();
  const size_t equals = text.find('=');
  if (equals != text.npos) {
    const auto at = static_cast<uint32_t>(equals);
    return {argument.Slice({0, at}), argument.Slice(at + 1)};
  }
  return {argument.Slice(static_cast<uint32_t>(text.size() - BaseName(text).size())), argument};
}

// The text that a command of the same file writes to `path`.
std::optional<Value> WrittenTo(std::string_view path, const Facts& facts) {
  std::optional<Value> text;
  for (const Command& command : facts.commands) {
    for (FileWrite& write : WritesOf(command, facts.commands)) {
      if (CleanPath(write.path.Describe()) == path) text = std::move(write.text);
    }
  }
  return text;
}

void TakeFile(const Value& path, const Facts& facts, PullSecret& secret) {
  secret.file = path.Describe();
  if (const std::optional<Value> text = WrittenTo(CleanPath(secret.file), facts)) {
    ReadDockerConfig(*text, secret);
  }
}

// `kubectl create secret docker-registry NAME --docker-server=...`
void ReadRegistryOptions(const Command& command, PullSecret& secret) {
  secret.key = kKeys[0];
  secret.type = Value(MappedText::Synthetic("kubernetes.io/dockerconfigjson", secret.span));
  if (const std::optional<Value> file = OptionOf(command, "--from-file")) {
    secret.file = SplitKey(*file).value.Describe();
    return;
  }
  RegistryAuth auth;
  const std::optional<Value> server = OptionOf(command, "--docker-server");
  auth.server = server ? *server : Value(MappedText::Synthetic(kHubKey, secret.span));
  auth.username = OptionOf(command, "--docker-username").value_or(Value());
  auth.password = OptionOf(command, "--docker-password").value_or(Value());
  auth.span = command.span;
  secret.auths.push_back(std::move(auth));
  secret.has_auths = secret.known = true;
}

// `kubectl create secret generic NAME --from-file=.dockerconfigjson=P --type=T`
bool ReadGenericOptions(const Command& command, const Facts& facts, PullSecret& secret) {
  secret.type = OptionOf(command, "--type").value_or(Value());
  if (!secret.type.empty()) secret.type_span = secret.type.ToSource();
  for (std::string_view option : {"--from-file", "--from-literal"}) {
    for (const Value& argument : OptionsOf(command, option)) {
      Keyed keyed = SplitKey(argument);
      if (!IsDockerConfigKey(keyed.key.text())) continue;
      secret.key = keyed.key.text();
      secret.key_span = keyed.key.ToSource();
      if (option == "--from-file") {
        TakeFile(keyed.value, facts, secret);
      } else {
        ReadDockerConfig(keyed.value, secret);
      }
      return true;
    }
  }
  return secret.type.text().starts_with("kubernetes.io/dockerc");
}

std::optional<PullSecret> FromCommand(const Command& command, const Facts& facts) {
  const std::string_view program = command.Program();
  if (program != "kubectl" && program != "oc") return std::nullopt;
  const auto& argv = command.argv;
  const auto at = std::find_if(argv.begin(), argv.end(),
                               [](const Value& word) { return word.text() == "secret"; });
  if (at == argv.end() || argv.end() - at < 3 || !HasWord(command, "create")) return std::nullopt;
  const std::string_view kind = (at + 1)->text();
  if (kind != "docker-registry" && kind != "generic") return std::nullopt;
  PullSecret secret;
  secret.origin = PullSecret::Origin::kCommand;
  const Value& name = *(at + 2);
  if (name.text().starts_with('-')) return std::nullopt;
  if (name.is_literal()) secret.name = name.text();
  secret.span = name.ToSource();
  for (std::string_view option : {"--namespace", "-n"}) {
    const std::optional<Value> space = OptionOf(command, option);
    if (space && space->is_literal()) secret.name_space = space->text();
  }
  if (kind == "docker-registry") {
    ReadRegistryOptions(command, secret);
  } else if (!ReadGenericOptions(command, facts, secret)) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace

bool IsDockerConfigKey(std::string_view key) {
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

void ReadDockerConfig(const Value& json, PullSecret& secret) {
  const JsonText text = ParseJson(json);
  const DataTree& tree = text.tree;
  if (!tree.Is(tree.root(), DataKind::kMap)) {
    // Whatever else stands here may be filled in later; base64 stays what it is.
    const std::optional<Value> decoded = DecodeBase64(json);
    secret.is_json = !decoded || !BeginsObject(*decoded);
    return;
  }
  secret.broken = (text.error || text.trailing_comma) && json.is_literal();
  const Id auths = tree.Find(tree.root(), "auths");
  secret.has_auths = auths != DataTree::kNone;
  secret.has_helpers = tree.Find(tree.root(), "credsStore") != DataTree::kNone ||
                       tree.Find(tree.root(), "credHelpers") != DataTree::kNone;
  secret.known = !secret.has_auths || tree.Is(auths, DataKind::kMap);
  for (const Id member : tree.Children(secret.has_auths ? auths : tree.root())) {
    if (tree.Is(member, DataKind::kMap)) secret.auths.push_back(AuthOf(tree, member));
  }
}

void LowerDockerConfig(const Source& source, Facts& facts) {
  if (source.text().find("\"auths\"") == std::string_view::npos) return;
  PullSecret secret;
  secret.key = source.name();
  const Value body(source.body());
  ReadDockerConfig(body, secret);
  if (!secret.is_json || !secret.has_auths || !secret.known) return;
  secret.span = body.ToSource();
  facts.pull_secrets.push_back(std::move(secret));
}

void LowerPullSecret(const YamlNode& object, Facts& facts) {
  if (object["kind"].text() != "Secret") return;
  PullSecret secret;
  secret.origin = PullSecret::Origin::kObject;
  const YamlNode& name = object["metadata"]["name"];
  secret.name = name.text();
  secret.name_space = object["metadata"]["namespace"].text();
  secret.span = name ? name.span : object.span;
  secret.type = object["type"].value;
  if (object["type"]) secret.type_span = object["type"].span;
  for (const std::string_view part : {"data", "stringData"}) {
    for (const YamlEntry* pair : object[part].Pairs()) {
      if (!IsDockerConfigKey(pair->key->text()) || !pair->value->IsScalar()) continue;
      secret.key = pair->key->text();
      secret.key_span = pair->key->span;
      const Value& text = pair->value->value;
      const std::optional<Value> decoded = part == "data" ? DecodeBase64(text) : text;
      if (decoded) {
        ReadDockerConfig(*decoded, secret);
      } else {
        secret.is_json = !BeginsObject(text);  // `data` takes base64 alone
      }
    }
  }
  if (secret.key.empty() && !secret.type.text().starts_with("kubernetes.io/dockerc")) return;
  facts.pull_secrets.push_back(std::move(secret));
}

void LowerPullSecretGenerator(const YamlNode& generator, Facts& facts) {
  PullSecret secret;
  secret.origin = PullSecret::Origin::kObject;
  secret.name = generator["name"].text();
  secret.name_space = generator["namespace"].text();
  secret.span = generator["name"] ? generator["name"].span : generator.span;
  secret.type = generator["type"].value;
  if (generator["type"]) secret.type_span = generator["type"].span;
  for (const std::string_view part : {"files", "literals"}) {
    for (const YamlEntry& entry : generator[part].entries) {
      const Keyed keyed = SplitKey(entry.value->value);
      if (!IsDockerConfigKey(keyed.key.text())) continue;
      secret.key = keyed.key.text();
      secret.key_span = keyed.key.ToSource();
      if (part == "files") {
        secret.file = keyed.value.Describe();
      } else {
        ReadDockerConfig(keyed.value, secret);
      }
    }
  }
  if (secret.key.empty() && !secret.type.text().starts_with("kubernetes.io/dockerc")) return;
  facts.pull_secrets.push_back(std::move(secret));
}

void CollectPullSecretCommands(Facts& facts) {
  for (const Command& command : facts.commands) {
    std::optional<PullSecret> secret = FromCommand(command, facts);
    if (secret) facts.pull_secrets.push_back(*std::move(secret));
  }
}

}  // namespace oakum
