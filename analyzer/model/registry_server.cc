#include "analyzer/model/registry_server.h"

#include <string>

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

}  // namespace oakum
