#include "analyzer/model/image_shell_state.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/syntax/ignorefile.h"

namespace oakum {
namespace {

int Strength(FileOrigin origin) {
  switch (origin) {
    case FileOrigin::kSecretMount:
      return 7;
    case FileOrigin::kSecretEnv:
      return 6;
    case FileOrigin::kBuildArg:
      return 5;
    case FileOrigin::kContext:
      return 4;
    case FileOrigin::kHeredoc:
      return 3;
    case FileOrigin::kStage:
    case FileOrigin::kUrl:
      return 2;
    case FileOrigin::kLiteral:
      return 1;
    case FileOrigin::kUnknown:
      return 0;
  }
  return 0;
}

constexpr std::array<std::string_view, 12> kCommonFolders = {
    "/",    "/root", "/home", "/etc",       "/tmp",         "/var",
    "/opt", "/usr",  "/srv",  "/usr/local", "/run/secrets", "/workspace"};

bool IsGlob(std::string_view path) {
  return path.find_first_of("*?[") != path.npos;
}

}  // namespace

const Content& Stronger(const Content& a, const Content& b) {
  return Strength(b.origin) > Strength(a.origin) ? b : a;
}

void ShellState::Join(const ShellState& other) {
  files.Join(other.files);
  folders.insert(other.folders.begin(), other.folders.end());
  for (const auto& [name, content] : other.variables) {
    auto [known, added] = variables.try_emplace(name, content);
    if (!added) known->second = Stronger(known->second, content);
  }
  if (directory != other.directory) directory = "${PWD}";
  exit_on_error = exit_on_error && other.exit_on_error;
}

void JoinInto(std::optional<ShellState>& into, const std::optional<ShellState>& state) {
  if (!state) return;
  if (into) {
    into->Join(*state);
  } else {
    into = state;
  }
}

ShellState StateAtStart(const RunContext& context, const ImageFiles& files) {
  ShellState state;
  state.files = files;
  state.directory = context.scope->workdir();
  state.exit_on_error = context.exit_on_error;
  for (const DockerMount& mount : context.mounts) {
    const std::optional<Value> env = mount.Env();
    if (mount.type != DockerMountType::kSecret || !env) continue;
    state.variables[env->Describe()] = {
        FileOrigin::kSecretEnv, mount.SecretId().Describe(), mount.span, {}, {}};
  }
  return state;
}

Value Unquoted(const ShellWord& word) {
  const bool tilde = word.quoted && word.value.text().starts_with('~');
  if (!tilde || word.value.ToSource({0, 1}).begin == word.span.begin) return word.value;
  Value::Builder relative;
  relative.AppendDecoded("./", {word.span.begin, word.span.begin});
  relative.Append(word.value);
  return std::move(relative).Build();
}

std::string ShellView::TextOf(const Value& word, const ShellState& state) const {
  std::string out;
  for (uint32_t i = 0; i < word.size(); ++i) {
    const Hole* hole = word.HoleAt(i);
    if (!hole) {
      out += word.text()[i];
      continue;
    }
    auto known = state.variables.find(hole->name);
    const DockerVariable* variable = context_.scope->Find(hole->name);
    if (hole->origin == HoleOrigin::kCommand) {
      std::string name = hole->name;
      std::replace(name.begin(), name.end(), '/', ' ');
      out += "${" + name + "}";
    } else if (known != state.variables.end()) {
      const Content& content = known->second;
      const bool text = content.origin == FileOrigin::kLiteral;
      out += text ? content.text.Describe() : "${" + hole->name + "}";
    } else if (hole->name == "PWD") {
      out += state.directory;
    } else if (hole->name == "HOME") {
      out += context_.scope->RunHome();
    } else if (variable && variable->value) {
      out += variable->value->Describe();
    } else {
      out += "${" + hole->name + "}";
    }
  }
  return out;
}

std::string ShellView::PathOf(const Value& word, const ShellState& state) const {
  std::string text = TextOf(word, state);
  if (text.starts_with('~') && !word.HoleAt(0)) {
    const size_t slash = std::min(text.find('/'), text.size());
    const std::string user = text.substr(1, slash - 1);
    std::string home = "${~" + user + "}";
    if (user.empty()) home = context_.scope->RunHome();
    if (user == "root") home = "/root";
    text = home + text.substr(slash);
  }
  return ResolvePath(state.directory, text);
}

Content ShellView::ContentOfVariable(std::string_view name, Span reference,
                                     const ShellState& state) const {
  if (auto known = state.variables.find(name); known != state.variables.end()) return known->second;
  const DockerVariable* variable = context_.scope->Find(name);
  if (!variable) return {FileOrigin::kUnknown, std::string(name), reference, {}, {}};
  if (variable->kind == DockerVariable::Kind::kArg) {
    return {FileOrigin::kBuildArg, std::string(name), variable->span, {}, {}};
  }
  return {FileOrigin::kLiteral,
          std::string(name),
          variable->span,
          variable->value.value_or(Value()),
          {}};
}

Content ShellView::ContentOf(const Value& word, const ShellState& state,
                             const Substitutions& substitutions) const {
  Content content{FileOrigin::kLiteral, {}, word.ToSource(), word, {}};
  for (const Value::PlacedHole& placed : word.holes()) {
    const Hole& hole = placed.hole;
    if (hole.origin == HoleOrigin::kCommand) {
      for (const auto& [span, output] : substitutions) {
        if (hole.span.Contains(span)) content = Stronger(content, output);
      }
    } else {
      const Content part = ContentOfVariable(hole.name, hole.span, state);
      content = Stronger(content, part);
    }
  }
  return content;
}

std::string ShellView::MountPath(const DockerMount& mount) const {
  const std::optional<Value> target = mount.Target();
  if (!target) return {};
  // A secret's relative target is not joined to WORKDIR; that of the other types is.
  const bool joined = mount.type != DockerMountType::kSecret && mount.type != DockerMountType::kSsh;
  return ResolvePath(joined ? context_.scope->workdir() : "/", target->Describe());
}

const DockerMount* ShellView::SecretAt(std::string_view path) const {
  for (const DockerMount& mount : context_.mounts) {
    if (mount.type == DockerMountType::kSecret && MountPath(mount) == path) return &mount;
  }
  return nullptr;
}

std::vector<ShellView::File> ShellView::FilesAt(const std::string& path,
                                                const ShellState& state) const {
  std::vector<File> files;
  for (const DockerMount& mount : context_.mounts) {
    const std::string target = MountPath(mount);
    if (target.empty()) continue;
    const bool named = IsGlob(path) ? MatchesIgnorePattern(path, target) : IsWithin(target, path);
    if (mount.type == DockerMountType::kSecret && named) {
      files.push_back({std::string(BaseName(target)),
                       {FileOrigin::kSecretMount,
                        mount.SecretId().Describe(),
                        mount.span,
                        {},
                        mount.EffectiveMode()}});
    } else if (mount.type == DockerMountType::kBind && mount.Get("from").empty() &&
               IsWithin(path, target)) {
      const std::string source =
          JoinPath(mount.Get("source").Describe(), "./" + path.substr(target.size()));
      files.push_back(
          {std::string(BaseName(path)), {FileOrigin::kContext, source, mount.span, {}, {}}});
    }
  }
  for (const std::string& found : state.files.Matching(path, true)) {
    Content content;
    for (const uint32_t creation : *state.files.At(found)) {
      const FileEvent& event = build_.events[creation];
      content = Stronger(
          content, {event.origin, event.source, event.origin_span, event.content, event.mode});
    }
    files.push_back({std::string(BaseName(found)), std::move(content)});
  }
  if (files.empty() && !IsGlob(path)) files.push_back({std::string(BaseName(path)), {}});
  return files;
}

bool ShellView::IsOutsideLayer(std::string_view path) const {
  for (std::string_view folder : {"/dev", "/proc", "/sys"}) {
    if (IsWithin(path, folder)) return true;
  }
  return std::any_of(context_.mounts.begin(), context_.mounts.end(), [&](const DockerMount& mount) {
    const std::string target = MountPath(mount);
    return !target.empty() && IsWithin(path, target);
  });
}

bool ShellView::IsFolder(std::string_view path, const ShellState& state) const {
  if (std::find(kCommonFolders.begin(), kCommonFolders.end(), path) != kCommonFolders.end()) {
    return true;
  }
  if (path == state.directory || path == context_.scope->RunHome() ||
      path == context_.scope->workdir() || state.folders.contains(path) || path == "${HOME}") {
    return true;
  }
  const bool home = path.starts_with("/home/") && path.find('/', 6) == path.npos;
  return home ||
         std::any_of(state.files.all().begin(), state.files.all().end(), [path](const auto& entry) {
           return entry.first != path && IsWithin(entry.first, path);
         });
}

}  // namespace oakum
