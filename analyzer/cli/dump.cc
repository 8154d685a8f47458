#include "analyzer/cli/dump.h"

#include <string>

#include "analyzer/cli/dump_value.h"
#include "analyzer/model/facts.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

Json DumpCommand(const Command& command) {
  Json json = {{"argv", DumpValues(command.argv)}, {"span", DumpSpan(command.span)}};
  for (const Assignment& assignment : command.environment) {
    json["environment"].push_back(
        {{"name", assignment.name}, {"value", DumpValue(assignment.value)}});
  }
  for (const Redirection& redirection : command.redirections) {
    json["redirections"].push_back(
        {{"fd", redirection.fd}, {"target", DumpValue(redirection.target)}});
  }
  if (command.sudo) json["sudo"] = true;
  if (command.stdin_from >= 0) json["stdin_from"] = command.stdin_from;
  return json;
}

}  // namespace

std::vector<std::string_view> DumpLanguages() {
  std::vector<std::string_view> names;
  for (int i = static_cast<int>(Language::kUnknown) + 1; i <= static_cast<int>(Language::kDocument);
       ++i) {
    names.push_back(LanguageName(static_cast<Language>(i)));
  }
  return names;
}

DumpFunction DumpFunctionOf(Language language) {
  switch (language) {
    case Language::kDockerfile:
      return DumpDockerfile;
    case Language::kHcl:
      return DumpHcl;
    case Language::kIgnoreFile:
      return DumpIgnoreFile;
    case Language::kIni:
      return DumpIni;
    case Language::kJson:
      return DumpJson;
    case Language::kJustfile:
      return DumpJustfile;
    case Language::kMakefile:
      return DumpMakefile;
    case Language::kNetrc:
      return DumpNetrc;
    case Language::kNotebook:
      return DumpNotebook;
    case Language::kPython:
      return DumpPython;
    case Language::kRequirements:
      return DumpRequirements;
    case Language::kShell:
      return DumpShell;
    case Language::kToml:
      return DumpToml;
    case Language::kYaml:
      return DumpYaml;
    default:
      return nullptr;
  }
}

Json DumpFacts(const Source& source, Language language) {
  const Facts facts = BuildFacts(source, language);
  Json json = {{"commands", Json::array()},
               {"settings", Json::array()},
               {"uris", Json::array()},
               {"errors", Json::array()}};
  for (const Command& command : facts.commands) json["commands"].push_back(DumpCommand(command));
  for (const Setting& setting : facts.settings) {
    json["settings"].push_back({{"name", setting.name},
                                {"name_span", DumpSpan(setting.name_span)},
                                {"value", DumpValue(setting.value)},
                                {"span", DumpSpan(setting.span)}});
  }
  for (const UriUse& use : facts.uris) {
    json["uris"].push_back(
        {{"uri", DumpValue(use.uri.whole)}, {"consumer", use.consumer}, {"setting", use.setting}});
  }
  for (const Notice& notice : facts.notices) {
    json["errors"].push_back({{"message", notice.message}, {"span", DumpSpan(notice.span)}});
  }
  return json;
}

std::string DumpText(const Source& source, Language language) {
  const DumpFunction dump = DumpFunctionOf(language);
  const Json json = dump ? dump(source) : DumpFacts(source, language);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum
