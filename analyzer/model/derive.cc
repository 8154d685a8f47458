#include "analyzer/model/derive.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/base/one_of.h"
#include "analyzer/model/file_mode.h"
#include "analyzer/model/installers.h"
#include "analyzer/model/lower_runtime_env.h"

namespace oakum {

namespace {

constexpr int kMaxFallbackDepth = 4;

UriRole RoleOf(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::kIndex:
      return UriRole::kIndex;
    case ArgumentKind::kRequirement:
      return UriRole::kRequirement;
    case ArgumentKind::kGit:
    case ArgumentKind::kGitConfig:
      return UriRole::kGit;
    case ArgumentKind::kProxy:
      return UriRole::kProxy;
    default:
      return UriRole::kOther;
  }
}

bool HasRole(ArgumentKind kind) {
  return RoleOf(kind) != UriRole::kOther || kind == ArgumentKind::kUri;
}

UriSink SinkOf(CommandHost host, bool written) {
  switch (host) {
    case CommandHost::kImageBuild:
    case CommandHost::kImageRun:
      return UriSink::kImage;
    case CommandHost::kCi:
      return UriSink::kCi;
    case CommandHost::kDocument:
      return UriSink::kFile;
    case CommandHost::kScript:
    case CommandHost::kContainer:
    case CommandHost::kCluster:
    case CommandHost::kProgram:
    case CommandHost::kNotebook:
      break;
  }
  return written ? UriSink::kWrittenFile : UriSink::kCommandLine;
}

UriSink SinkOf(SettingScope scope) {
  switch (scope) {
    case SettingScope::kImageEnv:
    case SettingScope::kBuildArg:
    case SettingScope::kImageLabel:
      return UriSink::kImage;
    case SettingScope::kCi:
      return UriSink::kCi;
    case SettingScope::kRuntimeEnv:
      return UriSink::kRay;
    case SettingScope::kShell:
    case SettingScope::kProgram:
      return UriSink::kProgram;
    case SettingScope::kContainer:
    case SettingScope::kCompose:
    case SettingScope::kDotenv:
    case SettingScope::kFile:
      break;
  }
  return UriSink::kFile;
}

// Whether an installer writes the URLs of its arguments into its configuration or a project's file:
// `pip config set`, `poetry source add`, `conda config --add channels`.
bool KeepsIndexes(const ToolUse& use) {
  return use.writes && IsOneOf(use.tool, {"pip", "Poetry", "Pipenv", "PDM", "conda"});
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The parts of a list, which blanks separate.
std::vector<Value> Items(const Value& list) {
  std::vector<Value> items;
  const std::string_view text = list.text();
  uint32_t begin = 0;
  for (uint32_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && !IsBlank(text[i])) continue;
    if (begin < i) items.push_back(list.Slice({begin, i}));
    begin = i + 1;
  }
  return items;
}

// `url.<base>.insteadOf=<from>`: the base, which may have dots, and what follows the key.
std::vector<Value> PartsOfGitConfig(const Value& setting) {
  constexpr std::string_view kUrl = "url.";
  const std::string_view text = setting.text();
  if (!text.starts_with(kUrl)) return {setting};
  for (std::string_view name :
       {".insteadof", ".insteadOf", ".InsteadOf", ".pushInsteadOf", ".pushinsteadof"}) {
    const size_t at = text.find(name);
    if (at == std::string_view::npos) continue;
    return {setting.Slice({kUrl.size(), static_cast<uint32_t>(at)}),
            setting.Slice(static_cast<uint32_t>(at + name.size()))};
  }
  return {setting.Slice(kUrl.size())};
}

// From the scheme on: "name=https://..." and "name@https://..." of an index or requirement.
std::optional<Uri> UriFromScheme(const Value& item) {
  const std::string_view text = item.text();
  const size_t colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  size_t begin = colon;
  while (begin > 0 &&
         std::string_view("=@,;\"'[(<").find(text[begin - 1]) == std::string_view::npos) {
    --begin;
  }
  return ParseUri(item.Slice(static_cast<uint32_t>(begin)));
}

// The word before a URI in free text that says what it is: `index-url = https://...`,
// `PIP_INDEX_URL="https://..."`, `--extra-index-url https://...`.
std::string_view WordBefore(std::string_view text) {
  const size_t end = text.find_last_not_of(" \t\"'=:");
  if (end == std::string_view::npos || end + 1 == text.size()) return {};
  size_t begin = end + 1;
  while (begin > 0) {
    const char c = text[begin - 1];
    const bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.';
    if (!name) break;
    --begin;
  }
  std::string_view word = text.substr(begin, end + 1 - begin);
  while (word.starts_with('-')) word.remove_prefix(1);
  return word;
}

// What the URIs of one argument or setting have in common.
struct Frame {
  UriSink sink = UriSink::kFile;
  std::string consumer;
  std::string setting;
  Span span;           // of the command or setting
  bool shell = false;  // a shell fills in the value when the command runs
  bool kept = false;   // the program puts it into a file of the image or of where it runs
};

class Deriver {
 public:
  explicit Deriver(Facts& facts) : facts_(facts) {}

  // The URIs of a value that a tool reads as such.
  void Typed(const Value& value, ArgumentKind kind, const Frame& frame, int depth = 0) {
    const UriRole role = RoleOf(kind);
    if (kind == ArgumentKind::kGitConfig) {
      for (const Value& part : PartsOfGitConfig(value)) {
        for (Uri& uri : FindUris(part)) Add(std::move(uri), role, frame);
      }
    } else if (role == UriRole::kOther) {
      for (Uri& uri : FindUris(value)) Add(std::move(uri), role, frame);
    } else {
      for (const Value& item : Items(value)) {
        if (std::optional<Uri> uri = UriFromScheme(item)) Add(std::move(*uri), role, frame);
      }
    }
    if (depth >= kMaxFallbackDepth) return;
    for (const Value::PlacedHole& placed : value.holes()) {
      if (placed.hole.fallback) Typed(*placed.hole.fallback, kind, frame, depth + 1);
    }
  }

  // Every URI in text of any kind.
  void Free(const Value& value, const Frame& frame, int depth = 0) {
    uint32_t from = 0;
    for (Uri& uri : FindUris(value)) {
      const size_t at = value.text().find(uri.whole.text(), from);
      Frame named = frame;
      UriRole role = UriRole::kOther;
      if (at != std::string_view::npos) {
        const std::string_view before = value.text().substr(from, at - from);
        from = static_cast<uint32_t>(at) + uri.whole.size();
        const std::string_view word = WordBefore(before);
        std::optional<NameUse> use = UseOfVariable(word);
        if (!use) use = UseOfKey(word, {});
        if (use) {
          role = RoleOf(use->kind);
          named.consumer = use->tool;
          named.setting = word;
        }
      }
      Add(std::move(uri), role, named);
    }
    if (depth >= kMaxFallbackDepth) return;
    for (const Value::PlacedHole& placed : value.holes()) {
      if (placed.hole.fallback) Free(*placed.hole.fallback, frame, depth + 1);
    }
  }

  // The value of a variable.
  void Variable(std::string_view name, const Value& value, Frame frame) {
    if (const std::optional<NameUse> use = UseOfVariable(name); use && HasRole(use->kind)) {
      frame.consumer = use->tool;
      Typed(value, use->kind, frame);
    } else {
      Free(value, frame);
    }
  }

 private:
  void Add(Uri uri, UriRole role, const Frame& frame) {
    UriUse use;
    use.role = role;
    use.sink = frame.sink;
    use.consumer = frame.consumer;
    use.setting = frame.setting;
    use.span = uri.whole.ToSource();
    FindOrigins(uri, frame, use);
    const bool elsewhere = !frame.span.Contains(use.span);
    if (elsewhere) use.span = frame.span;
    use.uri = std::move(uri);
    // The same bytes, seen before where nobody knew what they are for.
    if (elsewhere && role != UriRole::kOther) ForgetOther(use.uri.whole);
    facts_.uris.push_back(std::move(use));
  }

  // Settings above whose values the URI is made of.
  void FindOrigins(const Uri& uri, const Frame& frame, UriUse& use) const {
    std::vector<const Setting*> found;
    const auto note = [&found](const Setting& setting) {
      if (std::find(found.begin(), found.end(), &setting) == found.end()) found.push_back(&setting);
    };
    bool recorded = uri.whole.is_literal();
    for (const Value::PlacedHole& placed : uri.whole.holes()) {
      const HoleOrigin origin = placed.hole.origin;
      recorded |= origin == HoleOrigin::kBuildArg || origin == HoleOrigin::kBuildEnv;
      const auto setting =
          std::find_if(facts_.settings.rbegin(), facts_.settings.rend(), [&](const Setting& s) {
            return s.name == placed.hole.name && s.span.begin < frame.span.begin &&
                   s.scope != SettingScope::kFile && s.scope != SettingScope::kImageLabel;
          });
      if (setting == facts_.settings.rend()) continue;
      note(*setting);
      recorded |=
          setting->scope == SettingScope::kBuildArg || setting->scope == SettingScope::kImageEnv;
    }
    for (uint32_t i = 0; i < uri.whole.size(); ++i) {
      const Span source = uri.whole.ToSource({i, i + 1});
      if (frame.span.Contains(source)) continue;
      for (const Setting& setting : facts_.settings) {
        if (setting.span.Contains(source)) note(setting);
      }
    }
    for (const Setting* setting : found) use.origins.push_back(setting->span);
    std::sort(use.origins.begin(), use.origins.end());
    // A shell in a build fills in what the image does not record, unless it is an ARG or ENV.
    if (frame.shell && use.sink == UriSink::kImage && !recorded) {
      use.sink = frame.kept ? UriSink::kWrittenFile : UriSink::kCommandLine;
    }
  }

  void ForgetOther(const Value& whole) {
    const Span span = whole.ToSource();
    std::erase_if(facts_.uris, [span](const UriUse& use) {
      return use.role == UriRole::kOther && use.uri.whole.ToSource() == span;
    });
  }

  Facts& facts_;
};

}  // namespace

void DeriveFromAssignment(const Assignment& assignment, CommandHost host, Facts& facts) {
  Frame frame;
  frame.sink = SinkOf(host, false);
  if (frame.sink == UriSink::kCommandLine) frame.sink = UriSink::kProgram;
  frame.setting = assignment.name;
  frame.span = assignment.span;
  frame.shell = true;
  Deriver(facts).Variable(assignment.name, assignment.value, frame);
  DeriveRuntimeEnv(assignment.name, assignment.value, assignment.span, facts);
}

void DeriveFromCommand(const Command& command, Facts& facts) {
  DeriveFileModes(command, facts);
  for (const Assignment& assignment : command.environment) {
    DeriveFromAssignment(assignment, command.host, facts);
  }
  Deriver deriver(facts);
  Frame frame;
  frame.span = command.span;
  frame.shell = true;
  frame.consumer = command.Program();
  bool written = std::any_of(
      command.redirections.begin(), command.redirections.end(), [](const Redirection& r) {
        return r.kind == Redirection::Kind::kWrite || r.kind == Redirection::Kind::kAppend;
      });
  const std::optional<ToolUse> use = ReadToolUse(command);
  // What a tool keeps of its arguments is where a script runs; in an image it is a layer.
  written |= frame.consumer == "tee";
  frame.sink = SinkOf(command.host, written);
  if (frame.sink != UriSink::kImage && use && KeepsIndexes(*use)) {
    frame.sink = UriSink::kWrittenFile;
  }
  // What `git config` keeps of a mounted secret is a question of layers.
  const bool configures = command.argv.size() > 1 && command.argv[1].text() == "config";
  frame.kept = use && use->writes && use->tool == "git" && !configures;
  if (use) {
    frame.consumer = use->tool;
    const bool takes_away =
        std::any_of(command.argv.begin(), command.argv.end(), [](const Value& v) {
          return v.text().starts_with("--unset") || v.text() == "--remove-section";
        });
    for (const ToolArgument& argument : use->arguments) {
      if (takes_away && argument.kind == ArgumentKind::kGitConfig) continue;
      frame.setting = argument.option;
      if (HasRole(argument.kind)) {
        deriver.Typed(argument.value, argument.kind, frame);
      } else {
        deriver.Free(argument.value, frame);
      }
    }
  } else {
    for (const Value& argument : command.argv) deriver.Free(argument, frame);
  }
  frame.setting.clear();
  for (const Redirection& redirection : command.redirections) {
    if (redirection.kind == Redirection::Kind::kHeredoc ||
        redirection.kind == Redirection::Kind::kHereString) {
      Frame body = frame;
      body.span = Span::Cover(command.span, redirection.target.ToSource());
      deriver.Free(redirection.target, body);
    }
  }
  DeriveRuntimeEnv(command, facts);
}

void DeriveFromSetting(const Setting& setting, Facts& facts) {
  Frame frame;
  frame.sink = SinkOf(setting.scope);
  frame.setting = setting.name;
  frame.span = setting.span;
  Deriver deriver(facts);
  if (setting.scope != SettingScope::kFile) {
    deriver.Variable(setting.name, setting.value, frame);
    DeriveRuntimeEnv(setting.name, setting.value, setting.name_span, facts);
    return;
  }
  if (const std::optional<NameUse> use = UseOfKey(setting.name, setting.file_kind);
      use && HasRole(use->kind)) {
    frame.consumer = use->tool;
    deriver.Typed(setting.value, use->kind, frame);
  } else {
    deriver.Free(setting.value, frame);
  }
}

void AddSetting(Setting setting, Facts& facts) {
  DeriveFromSetting(setting, facts);
  facts.settings.push_back(std::move(setting));
}

}  // namespace oakum
