// OAK109: a variable that the installer which reads it sends literally.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/filled_file.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/installer_expansion.h"
#include "analyzer/model/uri_use.h"
#include "analyzer/model/written_text.h"

namespace oakum {

namespace {

// The file that a command writes the URL to, in a here-document that no shell fills in; empty if
// there is none.
std::string WrittenTo(const UriUse& use, const Facts& facts) {
  if (use.sink == UriSink::kFile || use.sink == UriSink::kRay) return {};
  if (use.uri.whole.text().find_first_of("$%") == std::string_view::npos) return {};
  const Span url = use.uri.whole.ToSource();
  for (const Command& command : facts.commands) {
    if (command.redirections.empty() && command.stdin_from < 0) continue;
    for (const FileWrite& write : WritesOf(command, facts.commands)) {
      if (write.text.ToSource().Contains(url)) return write.path.Describe();
    }
  }
  return {};
}

struct Part {
  const Value* value;
  std::string_view what;
};

std::vector<Part> PartsOf(const Uri& uri) {
  std::vector<Part> parts;
  if (!uri.password.empty()) parts.push_back({&uri.password, "password"});
  if (!uri.user.empty()) parts.push_back({&uri.user, uri.has_password ? "user" : "token"});
  for (const UriParameter& parameter : uri.query) {
    if (!parameter.value.empty()) parts.push_back({&parameter.value, "query value"});
  }
  return parts;
}

std::string Why(UriReader reader) {
  switch (reader) {
    case UriReader::kPipConfig:
      return "pip fills in no variables in its configuration files";
    case UriReader::kRequirements:
      return "only `${NAME}` is filled in here: braces, upper-case letters, digits and underscores";
    case UriReader::kCommandLine:
      return "the shell does not fill it in where it stands, and an installer fills in no "
             "variables of its command line";
    case UriReader::kPoetry:
      return "Poetry fills in no variables in pyproject.toml";
    case UriReader::kNone:
      break;
  }
  return {};
}

std::string Help(UriReader reader, const VariableReference& reference) {
  if (reader == UriReader::kRequirements && reference.IsUpper()) {
    return fmt::format("write `${{{}}}`, or put the credential into a netrc", reference.name);
  }
  if (reader == UriReader::kRequirements) {
    return "give the variable an upper-case name and write it in braces, or put the credential "
           "into a netrc";
  }
  if (reader == UriReader::kPoetry) {
    return "leave the credential out of the URL and set POETRY_HTTP_BASIC_<NAME>_USERNAME and "
           "POETRY_HTTP_BASIC_<NAME>_PASSWORD";
  }
  return "leave the credential out of the URL and put it into a netrc";
}

class Checker {
 public:
  Checker(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule), project_(project), document_(document), report_(report) {}

  void Run() {
    const Facts& facts = document_.facts();
    for (const UriUse& use : facts.uris) {
      const std::vector<Part> parts = PartsOf(use.uri);
      if (std::any_of(parts.begin(), parts.end(), [](const Part& part) {
            return VariableReferenceIn(*part.value).has_value();
          })) {
        Judge(use, WrittenTo(use, facts));
      }
    }
    if (const ImageBuild* image = document_.image()) CopiedConfigs(*image);
  }

 private:
  // COPY <<'EOF' /etc/pip.conf
  void CopiedConfigs(const ImageBuild& image) {
    for (const FileEvent& event : image.events) {
      if (event.origin != FileOrigin::kHeredoc || !IsPipConfig(event.path)) continue;
      for (Uri& uri : FindUris(event.content)) {
        UriUse use;
        use.uri = std::move(uri);
        use.role = UriRole::kIndex;
        use.sink = UriSink::kWrittenFile;
        use.consumer = "pip";
        Judge(use, event.path);
      }
    }
  }

  // `written`: the file that a command writes the URL to; empty if it stands in the document.
  void Judge(const UriUse& use, const std::string& written) {
    const UriReader reader = ReaderOf(use, document_.path(), document_.language(), written);
    if (reader == UriReader::kNone) return;
    for (const Part& part : PartsOf(use.uri)) {
      const std::optional<VariableReference> reference = VariableReferenceIn(*part.value);
      if (!reference || !IsSentLiterally(reader, *reference, use.consumer)) continue;
      if (!reported_.insert(part.value->ToSource()).second) continue;
      const bool kept = use.sink == UriSink::kFile || !written.empty();
      if (kept && IsFilled(written.empty() ? document_.path() : written)) return;
      // One a URL: whoever mends it sees the user beside the password.
      return Say(use, reader, part, *reference);
    }
  }

  bool IsFilled(const std::string& file) {
    const auto [known, fresh] = filled_.try_emplace(std::string(BaseName(file)));
    if (fresh) known->second = IsFilledIn(project_, known->first);
    return known->second;
  }

  void Say(const UriUse& use, UriReader reader, const Part& part,
           const VariableReference& reference) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document_.source(), part.value->ToSource()};
    finding.message = fmt::format(
        "`{}` is sent as it stands, as the {} for {}: {}. The host refuses it, and "
        "nothing says why.",
        part.value->text(), part.what, use.uri.host.empty() ? "the host" : use.uri.host.Describe(),
        Why(reader));
    finding.label = "not filled in";
    finding.help = Help(reader, reference);
    finding.anchor = fmt::format("{} {} {}", use.setting, use.uri.LiteralHost(), reference.name);
    if (reader == UriReader::kRequirements && reference.IsUpper()) {
      finding.fixes.push_back({"Write the variable in braces",
                               true,
                               {{finding.where, fmt::format("${{{}}}", reference.name)}}});
    }
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Project& project_;
  const Document& document_;
  const Report& report_;
  std::set<Span> reported_;
  std::map<std::string, bool> filled_;  // by file name
};

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  Checker(rule, project, document, report).Run();
}

}  // namespace

extern const Rule kUnexpandedVariable = {
    .code = "OAK109",
    .name = "unexpanded-variable",
    .severity = Severity::kWarning,
    .summary = "A variable in a URL is sent as it stands: the installer does not fill it in.",
    .check_document = Check,
};

}  // namespace oakum
