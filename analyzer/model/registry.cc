#include "analyzer/model/registry.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "analyzer/model/facts.h"
#include "analyzer/model/image_reference.h"
#include "analyzer/model/registry_shape.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

using Id = DataTree::Id;

const Value* TextOf(const DataTree& tree, Id map, std::string_view key) {
  const Id id = tree.Find(map, key);
  return tree.Is(id, DataKind::kText) ? &tree[id].value : nullptr;
}

bool HasAny(const DataTree& tree, Id map, std::initializer_list<std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return tree.Find(map, key) != DataTree::kNone; });
}

// Text that stands for a server in a document.
bool StandsForServer(std::string_view text) {
  return text.find_first_of("<>{}[]$*\"@%") != std::string_view::npos || text.starts_with("__") ||
         text.find("your") == 0 || text.find("YOUR") != std::string_view::npos ||
         text.find("...") != std::string_view::npos;
}

// The text or map given as a login.
void TakeLogin(const DataTree& tree, Id login, RegistryImage& use) {
  use.login_span = tree[login].span;
  if (tree.Is(login, DataKind::kText)) {
    use.login_secret = tree[login].value;
    const size_t first = use.login_secret.text().find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && use.login_secret.text()[first] == '{' &&
        use.login_secret.HoleAt(static_cast<uint32_t>(first)) == nullptr) {
      ReadInlineLogin(ParseJson(use.login_secret).tree, use);
    }
  } else if (tree.Is(login, DataKind::kMap)) {
    use.has_inline_login = true;
    if (const Value* password = TextOf(tree, login, "password")) use.inline_login = *password;
  }
}

constexpr auto kHubAliases = std::to_array<std::string_view>({
    "index.docker.io",
    "registry-1.docker.io",
    "registry.docker.io",
    "hub.docker.com",
    "registry.hub.docker.com",
    "www.docker.com",
    "docker.com",
    "registry-1.docker.com",
});

constexpr auto kRegistryDomains = std::to_array<std::string_view>({
    "docker.io",
    "ghcr.io",
    "docker.pkg.github.com",
    "quay.io",
    "registry.gitlab.com",
    ".jfrog.io",
    ".azurecr.io",
    ".azurecr.cn",
    ".azurecr.us",
    ".gcr.io",
    "gcr.io",
    ".pkg.dev",
    ".amazonaws.com",
    ".amazonaws.com.cn",
    "public.ecr.aws",
    "nvcr.io",
    ".ocir.io",
    ".icr.io",
    "icr.io",
    "registry.digitalocean.com",
});

}  // namespace

void ReadInlineLogin(const DataTree& login, RegistryImage& use) {
  if (!login.Is(login.root(), DataKind::kMap)) return;
  use.has_inline_login = true;
  if (const Value* password = TextOf(login, login.root(), "password")) use.inline_login = *password;
}

void LowerAnyscale(const DataTree& tree, Facts& facts) {
  for (Id id = 0; id < tree.size(); ++id) {
    if (tree[id].kind != DataKind::kMap) continue;
    const Id login = tree.Find(id, "registry_login_secret");
    const char* setting = "image_uri";
    const Value* image = TextOf(tree, id, setting);
    if (!image) {
      setting = "docker_image";
      image = TextOf(tree, id, setting);
    }
    if (login == DataTree::kNone &&
        (!image ||
         !HasAny(tree, id, {"ray_version", "compute_config", "entrypoint", "applications"}))) {
      continue;
    }
    RegistryImage use;
    use.setting = setting;
    use.span = tree[id].span;
    if (image) use.image = EnvsubstVariables(*image);  // no reference holds a `$`
    if (login != DataTree::kNone) TakeLogin(tree, login, use);
    const Id file = tree.Find(id, "containerfile");
    if (tree.Is(file, DataKind::kText)) use.containerfile = tree[file].span;
    facts.registry_images.push_back(std::move(use));
  }
}

bool LowerRegistrySecret(const DataTree& tree, std::string name, std::string file, Facts& facts) {
  const Id root = tree.root();
  if (!tree.Is(root, DataKind::kMap)) return false;
  RegistrySecret secret;
  for (const Id child : tree.Children(root)) {
    const DataTree::Node& node = tree[child];
    secret.fields.push_back({node.key, node.value, node.kind == DataKind::kText, node.span});
  }
  const LoginShape shape = ShapeOf(secret.fields);
  if (shape == LoginShape::kOther) return false;
  secret.span = tree[root].span;
  // `create-secret ... || put-secret-value ...` stores one text twice.
  const auto same = [&](const RegistrySecret& other) {
    return other.span == secret.span && other.name == name && other.file == file;
  };
  if (std::any_of(facts.registry_secrets.begin(), facts.registry_secrets.end(), same)) return true;
  secret.certain = shape == LoginShape::kLogin;
  if (const Value* server = TextOf(tree, root, "server")) secret.server = *server;
  if (const Value* username = TextOf(tree, root, "username")) secret.username = *username;
  if (const Value* password = TextOf(tree, root, "password")) secret.password = *password;
  secret.name = std::move(name);
  secret.file = std::move(file);
  facts.registry_secrets.push_back(std::move(secret));
  return true;
}

std::string ServerHost(std::string_view server) {
  const size_t begin = server.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  server = server.substr(begin, server.find_last_not_of(" \t\r\n") + 1 - begin);
  const size_t scheme = server.find("://");
  if (scheme != std::string_view::npos) server.remove_prefix(scheme + 3);
  std::string host(server.substr(0, server.find('/')));
  std::transform(host.begin(), host.end(), host.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return host;
}

bool IsHubAlias(std::string_view server) {
  const std::string host = ServerHost(server);
  return std::find(kHubAliases.begin(), kHubAliases.end(), host) != kHubAliases.end();
}

bool IsKnownRegistry(std::string_view host) {
  return std::any_of(kRegistryDomains.begin(), kRegistryDomains.end(),
                     [host](std::string_view known) {
                       return known[0] == '.' ? host.ends_with(known) : host == known;
                     });
}

ServerMatch MatchServer(const Value& server, std::string_view registry) {
  if (!server.is_literal() || server.Trimmed().empty() || StandsForServer(server.text())) {
    return ServerMatch::kUnknown;
  }
  if (server.text() == registry) return ServerMatch::kExact;
  if (registry == "docker.io" && IsHubAlias(server.text())) return ServerMatch::kHubAlias;
  const std::string host = ServerHost(server.text());
  const std::string wanted = ServerHost(registry);
  if (host == wanted) return ServerMatch::kForm;
  const bool same_name = host.substr(0, host.find(':')) == wanted.substr(0, wanted.find(':'));
  return same_name ? ServerMatch::kForm : ServerMatch::kDifferent;
}

}  // namespace oakum
