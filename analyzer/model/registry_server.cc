#include "analyzer/model/registry_server.h"

#include <cstdint>
#include <string>

#include "analyzer/base/path.h"
#include "analyzer/model/registry.h"

namespace oakum {

bool IsHubSite(std::string_view server) {
  const std::string host = ServerHost(server);
  return host == "hub.docker.com" || host == "docker.com" || host == "www.docker.com";
}

bool HasRegistryApiPath(std::string_view server) {
  const size_t scheme = server.find("://");
  if (scheme != std::string_view::npos) server.remove_prefix(scheme + 3);
  const size_t slash = server.find('/');
  if (slash == std::string_view::npos || slash == 0) return false;
  std::string_view path = server.substr(slash);
  if (path.ends_with('/')) path.remove_suffix(1);
  return path == "/v1" || path == "/v2";
}

std::optional<Value> PullSecretServerOf(const Command& command) {
  if (command.argv.empty()) return std::nullopt;
  const std::string_view program = BaseName(command.argv[0].text());
  if (program != "kubectl" && program != "oc") return std::nullopt;
  constexpr std::string_view kOption = "--docker-server";
  std::optional<Value> server;
  bool pull_secret = false;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const std::string_view text = command.argv[i].text();
    pull_secret |= text == "docker-registry" && command.argv[i - 1].text() == "secret";
    if (!text.starts_with(kOption)) continue;
    if (text == kOption && i + 1 < command.argv.size()) {
      server = command.argv[i + 1];
    } else if (text.substr(kOption.size()).starts_with('=')) {
      server = command.argv[i].Slice(static_cast<uint32_t>(kOption.size() + 1));
    }
  }
  return pull_secret ? server : std::nullopt;
}

}  // namespace oakum
