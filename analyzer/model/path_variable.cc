#include "analyzer/model/path_variable.h"

#include <algorithm>
#include <iterator>

namespace oakum {

bool IsPathVariable(std::string_view name) {
  static constexpr std::string_view kNames[] = {"AWS_CONFIG_FILE",
                                                "AWS_SHARED_CREDENTIALS_FILE",
                                                "CONDARC",
                                                "DOCKER_CONFIG",
                                                "GOOGLE_APPLICATION_CREDENTIALS",
                                                "KUBECONFIG",
                                                "NETRC",
                                                "NPM_CONFIG_USERCONFIG",
                                                "PIP_CONFIG_FILE",
                                                "SSH_AUTH_SOCK",
                                                "UV_CONFIG_FILE"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace oakum
