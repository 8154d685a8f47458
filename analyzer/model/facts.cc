#include "analyzer/model/facts.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "analyzer/model/config_uris.h"
#include "analyzer/model/embedded_program.h"
#include "analyzer/model/interest.h"
#include "analyzer/model/lower_bake.h"
#include "analyzer/model/lower_config.h"
#include "analyzer/model/lower_devcontainer.h"
#include "analyzer/model/lower_dockerfile.h"
#include "analyzer/model/lower_justfile.h"
#include "analyzer/model/lower_makefile.h"
#include "analyzer/model/lower_python.h"
#include "analyzer/model/lower_runtime_env.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_written.h"
#include "analyzer/model/lower_yaml.h"
#include "analyzer/model/text_scan.h"

namespace oakum {

namespace {

// The front ends have said what they could not read. Of what is nested past all reason a word is
// due even if nothing else in the text made anybody read it.
void AddNestingNotice(const Source& source, Language language, Facts& facts) {
  static constexpr Language kNesting[] = {
      Language::kDockerfile, Language::kHcl,      Language::kJson,   Language::kJustfile,
      Language::kMakefile,   Language::kNotebook, Language::kPython, Language::kShell,
      Language::kToml,       Language::kYaml};
  const bool nests =
      std::find(std::begin(kNesting), std::end(kNesting), language) != std::end(kNesting);
  if (!nests || !facts.notices.empty()) return;
  const size_t at = FindDeepNesting(source.text());
  if (at == std::string_view::npos) return;
  const auto begin = static_cast<uint32_t>(at);
  facts.notices.push_back({"64 brackets are opened in a row; what they hold may not have been read",
                           {begin, begin + 1}});
}

}  // namespace

Facts BuildFacts(const Source& source, Language language, const ModuleFinder& modules) {
  Facts facts;
  switch (language) {
    case Language::kDockerfile:
      LowerDockerfile(source, facts);
      break;
    case Language::kDotenv:
      LowerDotenv(source, facts);
      break;
    case Language::kGitCredentials:
      LowerGitCredentials(source, facts);
      break;
    case Language::kHcl:
      LowerHcl(source, facts);
      break;
    case Language::kIni:
      LowerIniText(Value(source.body()), source.path(), facts);
      break;
    case Language::kJson:
      LowerJsonManifest(source, facts);
      LowerRegistryJson(source, facts);
      LowerDockerConfig(source, facts);
      LowerSecretPolicy(source, facts);
      LowerBakeJson(source, facts);
      LowerDevcontainer(source, facts);
      LowerJson(source, facts);
      break;
    case Language::kJustfile:
      LowerJustfile(source, facts);
      break;
    case Language::kMakefile:
      LowerMakefile(source, facts);
      break;
    case Language::kNetrc:
      LowerNetrc(source, facts);
      break;
    case Language::kNotebook:
      LowerNotebook(source, facts);
      break;
    case Language::kNpmrc:
      LowerNpmrcText(Value(source.body()), facts);
      break;
    case Language::kPython:
      LowerPython(source, modules, facts);
      break;
    case Language::kRequirements:
      LowerRequirements(source, facts);
      break;
    case Language::kShell:
      LowerShellScript(source, facts);
      break;
    case Language::kToml:
      LowerTomlText(Value(source.body()), source.path(), facts);
      break;
    case Language::kYaml:
      LowerYaml(source, facts, modules);
      break;
    default:
      break;
  }
  ForgetFilledArguments(facts);
  CollectPrograms(facts);
  CollectWrittenRuntimeEnvs(facts);
  CollectWrittenNetrcs(facts);
  CollectWrittenRequirements(facts);
  CollectRegistryCommands(facts);
  CollectPullSecretCommands(facts);
  CollectPolicyCommands(facts);
  ScanText(source, language, facts);
  AddNestingNotice(source, language, facts);
  return facts;
}

}  // namespace oakum
