#include "analyzer/model/facts.h"

#include "analyzer/model/lower_dockerfile.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_yaml.h"
#include "analyzer/model/text_scan.h"

namespace oakum {

Facts BuildFacts(const Source& source, Language language) {
  Facts facts;
  switch (language) {
    case Language::kDockerfile:
      LowerDockerfile(source, facts);
      break;
    case Language::kShell:
      LowerShellScript(source, facts);
      break;
    case Language::kYaml:
      LowerYaml(source, facts);
      break;
    case Language::kJson:
      LowerJsonManifest(source, facts);
      break;
    default:
      break;
  }
  ScanText(source, language, facts);
  return facts;
}

}  // namespace oakum
