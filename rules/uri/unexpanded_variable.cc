// OAK109: a variable that the installer which reads it sends literally.

#include <algorithm>
#include <iterator>
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
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/language.h"
#include "analyzer/model/uri_use.h"
#include "analyzer/model/written_text.h"

namespace oakum {

namespace {

// What a reference that nobody fills in looks like, and its name.
struct Reference {
  enum class Form { kBraces, kBare, kPercent } form = Form::kBare;
  std::string_view name;
};

bool IsName(std::string_view text) {
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && (text[0] < '0' || text[0] > '9') &&
         std::all_of(text.begin(), text.end(), word);
}

std::optional<Reference> ReferenceIn(const Value& value) {
  const std::string_view text = value.text();
  if (!value.is_literal() || text.size() < 2) return std::nullopt;
  Reference found;
  if (text.starts_with("${") && text.ends_with('}')) {
    found = {Reference::Form::kBraces, text.substr(2, text.size() - 3)};
  } else if (text.starts_with("%(") && text.ends_with(")s")) {
    found = {Reference::Form::kPercent, text.substr(2, text.size() - 4)};
  } else if (text.starts_with('%') && text.ends_with('%')) {
    found = {Reference::Form::kPercent, text.substr(1, text.size() - 2)};
  } else if (text.starts_with('$')) {
    found = {Reference::Form::kBare, text.substr(1)};
  }
  if (!IsName(found.name)) return std::nullopt;
  return found;
}

bool IsUpper(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Where an installer reads the text without filling in what a shell or pip would (ray.md 4.3).
enum class Reader { kNone, kPipConfig, kRequirements, kCommandLine, kPoetry };

bool IsPipConfig(std::string_view path) {
  const std::string_view name = BaseName(path);
  return name.starts_with("pip.conf") || name.starts_with("pip.ini");
}

// A template: what it is made into is known elsewhere.
bool IsTemplate(std::string_view path) {
  static constexpr std::string_view kEndings[] = {".j2",  ".jinja",    ".jinja2",  ".tmpl",
                                                  ".tpl", ".template", ".mustache"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

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

Reader ReaderOf(const UriUse& use, const Document& document, const std::string& written) {
  if (use.role != UriRole::kIndex && use.role != UriRole::kRequirement) return Reader::kNone;
  if (IsTemplate(document.path())) return Reader::kNone;
  const bool pip = use.consumer == "pip" || use.consumer == "uv";
  if (!written.empty()) {
    if (!pip || IsTemplate(written)) return Reader::kNone;
    if (IsPipConfig(written)) return Reader::kPipConfig;
    const bool list = LanguageOfPath(written) == Language::kRequirements;
    return list ? Reader::kRequirements : Reader::kNone;
  }
  switch (use.sink) {
    case UriSink::kFile:
      if (document.language() == Language::kIni) {
        return pip && IsPipConfig(document.path()) ? Reader::kPipConfig : Reader::kNone;
      }
      if (document.language() == Language::kToml) {
        return use.consumer == "poetry" ? Reader::kPoetry : Reader::kNone;
      }
      // A manifest's own variables: Kubernetes and its templates have theirs.
      return pip && document.language() == Language::kRequirements ? Reader::kRequirements
                                                                   : Reader::kNone;
    case UriSink::kRay:
      return pip ? Reader::kRequirements : Reader::kNone;
    case UriSink::kImage:
    case UriSink::kCi:
    case UriSink::kCommandLine:
      // A variable of the environment may be filled in by what starts the command.
      return pip && (use.setting.empty() || use.setting.starts_with('-')) ? Reader::kCommandLine
                                                                          : Reader::kNone;
    case UriSink::kWrittenFile:
    case UriSink::kProgram:
      break;
  }
  return Reader::kNone;
}

bool IsSentLiterally(Reader reader, const Reference& reference, std::string_view consumer) {
  const bool braces = reference.form == Reference::Form::kBraces;
  switch (reader) {
    case Reader::kPipConfig:
      return true;
    case Reader::kPoetry:
      return reference.form != Reference::Form::kPercent;
    case Reader::kRequirements:
      return !braces || !IsUpper(reference.name);
    case Reader::kCommandLine:  // uv fills in ${NAME} wherever a URL stands
      return reference.form != Reference::Form::kPercent &&
             !(consumer == "uv" && braces && IsUpper(reference.name));
    case Reader::kNone:
      break;
  }
  return false;
}

bool IsPathTo(std::string_view path, std::string_view name) {
  return path.ends_with(name) &&
         (path.size() == name.size() || path[path.size() - name.size() - 1] == '/');
}

// Whether a command reads a file of that name; what it writes may be called like it.
bool Reads(const Command& command, std::string_view name) {
  const auto read = [name](const Redirection& redirection) {
    return redirection.kind == Redirection::Kind::kRead &&
           IsPathTo(redirection.target.text(), name);
  };
  const auto named = [name](const Value& word) { return IsPathTo(word.text(), name); };
  return std::any_of(command.redirections.begin(), command.redirections.end(), read) ||
         std::any_of(command.argv.begin(), command.argv.end(), named);
}

// A step of the tree that fills the file in: envsubst, sed.
bool IsFilledIn(const Project& project, std::string_view name) {
  for (const auto& other : project.documents()) {
    const std::string_view text = other->source().text();
    if (text.find("envsubst") == text.npos && text.find("sed ") == text.npos) continue;
    const std::vector<Command>& commands = other->facts().commands;
    for (const Command& command : commands) {
      if (command.Program() != "envsubst" && command.Program() != "sed") continue;
      if (Reads(command, name)) return true;
      const int from = command.stdin_from;
      if (from >= 0 && Reads(commands[static_cast<size_t>(from)], name)) return true;
    }
  }
  return false;
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

std::string Why(Reader reader) {
  switch (reader) {
    case Reader::kPipConfig:
      return "pip fills in no variables in its configuration files";
    case Reader::kRequirements:
      return "only `${NAME}` is filled in here: braces, upper-case letters, digits and underscores";
    case Reader::kCommandLine:
      return "the shell does not fill it in where it stands, and an installer fills in no "
             "variables of its command line";
    case Reader::kPoetry:
      return "Poetry fills in no variables in pyproject.toml";
    case Reader::kNone:
      break;
  }
  return {};
}

std::string Help(Reader reader, const Reference& reference) {
  if (reader == Reader::kRequirements && IsUpper(reference.name)) {
    return fmt::format("write `${{{}}}`, or put the credential into a netrc", reference.name);
  }
  if (reader == Reader::kRequirements) {
    return "give the variable an upper-case name and write it in braces, or put the credential "
           "into a netrc";
  }
  if (reader == Reader::kPoetry) {
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
      if (std::any_of(parts.begin(), parts.end(),
                      [](const Part& part) { return ReferenceIn(*part.value).has_value(); })) {
        Judge(use, WrittenTo(use, facts));
      }
    }
    if (facts.image) CopiedConfigs(*facts.image);
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
    const Reader reader = ReaderOf(use, document_, written);
    if (reader == Reader::kNone) return;
    for (const Part& part : PartsOf(use.uri)) {
      const std::optional<Reference> reference = ReferenceIn(*part.value);
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

  void Say(const UriUse& use, Reader reader, const Part& part, const Reference& reference) const {
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
    if (reader == Reader::kRequirements && IsUpper(reference.name)) {
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
