#include "analyzer/model/tool_config.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/model/facts.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;

struct Row {
  std::string_view tails;  // the last segments of the path, between blanks
  ToolConfig config;
};

constexpr ToolConfig kDockerConfig = {
    "Docker's client configuration", "docker",
    "auths.*.auth auths.*.password auths.*.identitytoken auths.*.registrytoken *.auth",
    "a credential helper (`credsStore`), or a login in the job that needs it"};

constexpr Row kRows[] = {
    {" .pypirc ",
     {".pypirc", "twine", "*.password *.token",
      "trusted publishing, or TWINE_PASSWORD from a secret store"}},
    {" .npmrc ",
     {".npmrc", "npm", "*_authtoken *_auth *_password",
      "`${NPM_TOKEN}`, which npm fills in when it runs"}},
    {" .yarnrc.yml ",
     {".yarnrc.yml", "Yarn", "*npmauthtoken *npmauthident",
      "`${NPM_TOKEN}`, which Yarn fills in when it runs"}},
    {" auth.toml ",
     {"Poetry's auth.toml", "Poetry", "http-basic.*.password pypi-token.*",
      "POETRY_HTTP_BASIC_<NAME>_PASSWORD or POETRY_PYPI_TOKEN_<NAME> from a secret store"}},
    {" .docker/config.json .dockercfg .dockerconfigjson ", kDockerConfig},
    {" .aws/credentials .aws/config ",
     {"AWS's credential file", "the AWS CLI", "*aws_secret_access_key *aws_session_token",
      "a role of the machine or job, or `credential_process`"}},
    {" .condarc condarc ",
     {".condarc", "conda", "*token *password *secret", "`anaconda login`, which uses a keyring"}},
    {" gh/hosts.yml ", {"gh's hosts.yml", "gh", "*.oauth_token", "GH_TOKEN from a secret store"}},
    {" .databrickscfg ",
     {".databrickscfg", "the Databricks CLI", "*.token *.password *.client_secret",
      "DATABRICKS_TOKEN from a secret store, or OAuth"}},
    {" .s3cfg .boto ",
     {"s3cmd's and gsutil's configuration", "s3cmd",
      "*.secret_key *.aws_secret_access_key *.gs_secret_access_key *.gs_oauth2_refresh_token",
      "a role of the machine or job"}},
    {" .anyscale/credentials.json ",
     {"Anyscale's credentials.json", "the Anyscale CLI", "cli_token",
      "ANYSCALE_CLI_TOKEN from a secret store"}},
    {" kaggle.json ", {"kaggle.json", "the Kaggle CLI", "key", "KAGGLE_KEY from a secret store"}},
    {" .dvc/config .dvc/config.local ",
     {"DVC's configuration", "DVC",
      "*.password *.secret_access_key *.account_key *.sas_token *.connection_string",
      "a role of the machine or job"}},
};

// `pattern` with `*` for any text; at most two of them.
bool Matches(std::string_view pattern, std::string_view text) {
  const size_t star = pattern.find('*');
  if (star == npos) return pattern == text;
  const std::string_view head = pattern.substr(0, star);
  const std::string_view tail = pattern.substr(star + 1);
  return text.size() >= head.size() + tail.size() && text.starts_with(head) && text.ends_with(tail);
}

template <typename Predicate>
bool AnyWord(std::string_view list, Predicate is) {
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find(' ', begin), list.size());
    if (end > begin && is(list.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

std::string KeyOf(const DataTree& tree, DataTree::Id id) {
  std::string path;
  for (; id != DataTree::kNone; id = tree[id].parent) {
    if (tree[id].key.empty()) continue;
    const std::string key = tree[id].key.Describe();
    path = path.empty() ? key : key + "." + path;
  }
  return path;
}

}  // namespace

const ToolConfig* ToolConfigAt(std::string_view path) {
  for (const Row& row : kRows) {
    const bool named = AnyWord(row.tails, [path](std::string_view tail) {
      return path.ends_with(tail) &&
             (path.size() == tail.size() || path[path.size() - tail.size() - 1] == '/');
    });
    if (named) return &row.config;
  }
  return nullptr;
}

const ToolConfig* ToolConfigOf(const DataTree& tree) {
  const DataTree::Id auths = tree.Find(tree.root(), "auths");
  if (!tree.Is(auths, DataKind::kMap)) return nullptr;
  for (DataTree::Id registry : tree.Children(auths)) {
    if (tree.Is(registry, DataKind::kMap)) return &kDockerConfig;
  }
  return nullptr;
}

bool IsSecretKey(const ToolConfig& config, std::string_view key) {
  const std::string lower = ToLower(key);
  return AnyWord(config.keys,
                 [&lower](std::string_view pattern) { return Matches(pattern, lower); });
}

bool IsStoredSecret(const Value& value) {
  if (!value.is_literal() || ClassifySecret(value) != SecretKind::kLiteral) return false;
  if (value.text().starts_with('/') || value.text().starts_with("~/")) return false;
  const std::optional<std::string> decoded = Base64Decode(value.text());
  if (!decoded) return true;
  const size_t colon = decoded->find(':');
  return colon == npos || !IsPlaceholder(std::string_view(*decoded).substr(colon + 1));
}

void LowerToolConfig(const DataTree& tree, Facts& facts) {
  for (DataTree::Id id = 0; id < tree.size(); ++id) {
    const DataTree::Node& node = tree[id];
    if (node.kind != DataKind::kText || node.key.empty()) continue;
    Setting setting;
    setting.name = KeyOf(tree, id);
    setting.value = node.value;
    setting.name_span = node.key.ToSource();
    setting.span = Span::Cover(setting.name_span, node.span);
    setting.file_kind = tree.Find(tree.root(), "auths") == DataTree::kNone ? "tool" : "docker";
    facts.settings.push_back(std::move(setting));
  }
}

}  // namespace oakum
