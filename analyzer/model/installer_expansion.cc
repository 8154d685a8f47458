#include "analyzer/model/installer_expansion.h"

#include <algorithm>
#include <iterator>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

bool IsName(std::string_view text) {
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && (text[0] < '0' || text[0] > '9') &&
         std::all_of(text.begin(), text.end(), word);
}

// A template: what it is made into is known elsewhere.
bool IsTemplate(std::string_view path) {
  static constexpr std::string_view kEndings[] = {".j2",  ".jinja",    ".jinja2",  ".tmpl",
                                                  ".tpl", ".template", ".mustache"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace

bool VariableReference::IsUpper() const {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::optional<VariableReference> VariableReferenceIn(const Value& value) {
  const std::string_view text = value.text();
  if (!value.is_literal() || text.size() < 2) return std::nullopt;
  VariableReference found;
  if (text.starts_with("${") && text.ends_with('}')) {
    found = {VariableReference::Form::kBraces, text.substr(2, text.size() - 3)};
  } else if (text.starts_with("%(") && text.ends_with(")s")) {
    found = {VariableReference::Form::kPercent, text.substr(2, text.size() - 4)};
  } else if (text.starts_with('%') && text.ends_with('%')) {
    found = {VariableReference::Form::kPercent, text.substr(1, text.size() - 2)};
  } else if (text.starts_with('$')) {
    found = {VariableReference::Form::kBare, text.substr(1)};
  }
  if (!IsName(found.name)) return std::nullopt;
  return found;
}

bool IsPipConfig(std::string_view path) {
  const std::string_view name = BaseName(path);
  return name.starts_with("pip.conf") || name.starts_with("pip.ini");
}

UriReader ReaderOf(const UriUse& use, std::string_view path, Language language,
                   std::string_view written) {
  if (use.role != UriRole::kIndex && use.role != UriRole::kRequirement) return UriReader::kNone;
  if (IsTemplate(path)) return UriReader::kNone;
  const bool pip = use.consumer == "pip" || use.consumer == "uv";
  if (!written.empty()) {
    if (!pip || IsTemplate(written)) return UriReader::kNone;
    if (IsPipConfig(written)) return UriReader::kPipConfig;
    const bool list = LanguageOfPath(written) == Language::kRequirements;
    return list ? UriReader::kRequirements : UriReader::kNone;
  }
  switch (use.sink) {
    case UriSink::kFile:
      if (language == Language::kIni) {
        return pip && IsPipConfig(path) ? UriReader::kPipConfig : UriReader::kNone;
      }
      if (language == Language::kToml) {
        return use.consumer == "poetry" ? UriReader::kPoetry : UriReader::kNone;
      }
      // A manifest's own variables: Kubernetes and its templates have theirs.
      return pip && language == Language::kRequirements ? UriReader::kRequirements
                                                        : UriReader::kNone;
    case UriSink::kRay:
      return pip ? UriReader::kRequirements : UriReader::kNone;
    case UriSink::kImage:
    case UriSink::kCi:
    case UriSink::kCommandLine:
      // A variable of the environment may be filled in by what starts the command.
      return pip && (use.setting.empty() || use.setting.starts_with('-')) ? UriReader::kCommandLine
                                                                          : UriReader::kNone;
    case UriSink::kWrittenFile:
    case UriSink::kProgram:
      break;
  }
  return UriReader::kNone;
}

bool IsSentLiterally(UriReader reader, const VariableReference& reference,
                     std::string_view consumer) {
  const bool braces = reference.form == VariableReference::Form::kBraces;
  switch (reader) {
    case UriReader::kPipConfig:
      return true;
    case UriReader::kPoetry:
      return reference.form != VariableReference::Form::kPercent;
    case UriReader::kRequirements:
      return !braces || !reference.IsUpper();
    case UriReader::kCommandLine:  // uv fills in ${NAME} wherever a URL stands
      return reference.form != VariableReference::Form::kPercent &&
             !(consumer == "uv" && braces && reference.IsUpper());
    case UriReader::kNone:
      break;
  }
  return false;
}

}  // namespace oakum
