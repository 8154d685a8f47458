#include "analyzer/model/file_origin_name.h"

namespace oakum {

std::string_view FileOriginName(FileOrigin origin) {
  switch (origin) {
    case FileOrigin::kContext:
      return "context";
    case FileOrigin::kUrl:
      return "url";
    case FileOrigin::kHeredoc:
      return "heredoc";
    case FileOrigin::kStage:
      return "stage";
    case FileOrigin::kSecretMount:
      return "secret";
    case FileOrigin::kSecretEnv:
      return "secret-env";
    case FileOrigin::kBuildArg:
      return "arg";
    case FileOrigin::kLiteral:
      return "literal";
    case FileOrigin::kUnknown:
      return "unknown";
  }
  return "";
}

}  // namespace oakum
