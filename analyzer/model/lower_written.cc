#include "analyzer/model/lower_written.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "analyzer/base/one_of.h"
#include "analyzer/base/path.h"
#include "analyzer/model/config_uris.h"
#include "analyzer/model/language.h"
#include "analyzer/model/lower_config.h"
#include "analyzer/model/written_text.h"

namespace oakum {

namespace {

// `git+https://...` is a requirement wherever it stands.
void NameRequirements(Facts& facts) {
  for (UriUse& use : facts.uris) {
    const std::string_view scheme = use.uri.scheme;
    const bool vcs = IsOneOf(scheme.substr(0, scheme.find('+')), {"git", "hg", "svn", "bzr"});
    if (!vcs || scheme.find('+') == scheme.npos) continue;
    use.role = UriRole::kRequirement;
    use.consumer = "pip";
  }
}

}  // namespace

void LowerWrittenText(std::string_view path, const Value& text, UriSink sink, Facts& facts) {
  Facts written;
  switch (LanguageOfPath(path)) {
    case Language::kRequirements:
      LowerRequirementsText(text, "pip", sink, written);
      break;
    case Language::kIni:
      LowerIniText(text, path, written);
      break;
    case Language::kNpmrc:
      LowerNpmrcText(text, written);
      break;
    case Language::kToml:
      LowerTomlText(text, path, written);
      break;
    default:
      AddConfigUris(text, {}, written);
      NameRequirements(written);
      break;
  }
  for (UriUse& use : written.uris) use.sink = sink;
  std::move(written.uris.begin(), written.uris.end(), std::back_inserter(facts.uris));
}

void CollectWrittenRequirements(Facts& facts) {
  std::vector<std::pair<Value, UriSink>> texts;
  const std::set<std::string, std::less<>> names = RequirementFileNames(facts);
  for (const Command& command : facts.commands) {
    for (const FileWrite& write : WritesOf(command, facts.commands)) {
      const std::string path = write.path.Describe();
      if (LanguageOfPath(path) != Language::kRequirements && !names.contains(BaseName(path))) {
        continue;
      }
      const Span span = write.text.ToSource();
      const auto within = [span](const UriUse& use) {
        return use.role == UriRole::kOther && span.Contains(use.uri.whole.ToSource());
      };
      const auto known = std::find_if(facts.uris.begin(), facts.uris.end(), within);
      if (known == facts.uris.end()) continue;
      texts.emplace_back(write.text, known->sink);
      std::erase_if(facts.uris, within);
    }
  }
  for (const auto& [text, sink] : texts) LowerRequirementsText(text, "pip", sink, facts);
}

std::set<std::string, std::less<>> RequirementFileNames(const Facts& facts) {
  std::set<std::string, std::less<>> names;
  for (const Command& command : facts.commands) {
    const std::string_view program = command.Program();
    if (!program.starts_with("pip") && program != "uv") continue;
    for (size_t i = 1; i + 1 < command.argv.size(); ++i) {
      const std::string_view option = command.argv[i].text();
      if (!IsOneOf(option, {"-r", "--requirement", "-c", "--constraint"})) continue;
      const std::string_view name = BaseName(command.argv[i + 1].text());
      if (!name.empty()) names.emplace(name);
    }
  }
  return names;
}

}  // namespace oakum
