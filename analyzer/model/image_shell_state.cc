#include "analyzer/model/image_shell_state.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/credential/name_hint.h"
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

constexpr size_t kMaxText = 64 << 10;  // of what is followed; the rest of a text is not
constexpr size_t kMaxHoles = 64;       // of a text that many commands print

Value OneHole(Hole hole) {
  Value::Builder builder;
  builder.Append(std::move(hole));
  return std::move(builder).Build();
}

bool IsGlob(std::string_view path) {
  return path.find_first_of("*?[") != path.npos;
}

}  // namespace

const Content& Stronger(const Content& a, const Content& b) {
  if (Strength(a.origin) != Strength(b.origin))
    return Strength(b.origin) > Strength(a.origin) ? b : a;
  // Of two ARGs the password tells more than the user.
  const bool better =
      HintOf(b.source) == NameHint::kSecret && HintOf(a.source) != NameHint::kSecret;
  return better ? b : a;
}

Content Together(const Content& a, const Content& b) {
  if (b.text.empty() && b.origin == FileOrigin::kLiteral) return a;
  if (a.text.empty() && a.origin == FileOrigin::kLiteral) return b;
  Content both = Stronger(a, b);
  if (a.origin == FileOrigin::kLiteral && b.origin == FileOrigin::kUnknown) both = b;
  Value::Builder text;
  text.Append(a.text);
  if (text.size() < kMaxText && a.text.holes().size() < kMaxHoles) text.Append(b.text);
  both.text = std::move(text).Build();
  both.mode.reset();
  both.file = kNoIndex;
  return both;
}

Content Changed(Content content) {
  content.text = OneHole(
      {content.source, HoleOrigin::kUnknown, FillTime::kInterpolated, content.where, nullptr});
  return content;
}

Content NoText() {
  return {FileOrigin::kLiteral, {}, {}, {}, {}};
}

Content UnknownText(std::string_view program, Span where) {
  Hole hole{std::string(program), HoleOrigin::kCommand, FillTime::kInterpolated, where, nullptr};
  return {FileOrigin::kUnknown, {}, where, OneHole(std::move(hole)), {}};
}

size_t RunContext::shown_files() const {
  size_t shown = 0;
  for (const ImageFiles* from : stage_files) shown += from != nullptr ? from->all().size() : 0;
  return shown;
}

void ShellState::Join(const ShellState& other) {
  files.Join(other.files);
  folders.insert(other.folders.begin(), other.folders.end());
  for (const auto& [name, content] : other.variables) {
    auto [known, added] = variables.try_emplace(name, content);
    if (!added) known->second = Stronger(known->second, content);
  }
  if (!sourced) sourced = other.sourced;
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
      const bool literal = content.origin == FileOrigin::kLiteral;
      out += !content.shown.empty() ? content.shown
             : literal              ? content.text.Describe()
                                    : "${" + hole->name + "}";
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

std::optional<std::string> ShellView::TextOfVariable(std::string_view name,
                                                     const ShellState& state) const {
  const bool known = state.variables.find(name) != state.variables.end();
  if (!known && !context_.scope->Find(name)) return std::nullopt;
  const Hole hole{
      std::string(name), HoleOrigin::kEnvironment, FillTime::kInterpolated, {}, nullptr};
  return TextOf(OneHole(hole), state);
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

Content ShellView::ContentOfVariable(const Hole& hole, const ShellState& state) const {
  const std::string& name = hole.name;
  if (auto known = state.variables.find(name); known != state.variables.end()) {
    Content content = known->second;
    if (content.text.empty() && content.IsSecret()) content.text = OneHole(hole);
    return content;
  }
  const DockerVariable* variable = context_.scope->Find(name);
  if (!variable && state.sourced && state.sourced->IsSecret()) {
    Content content = *state.sourced;
    content.text = OneHole(hole);
    return content;
  }
  if (!variable) return {FileOrigin::kUnknown, name, hole.span, OneHole(hole), {}};
  if (variable->kind == DockerVariable::Kind::kArg) {
    Hole reference = hole;
    reference.origin = HoleOrigin::kBuildArg;
    return {FileOrigin::kBuildArg, name, variable->span, OneHole(std::move(reference)), {}};
  }
  const Value text = variable->value.value_or(Value());
  for (const Value::PlacedHole& placed : text.holes()) {
    const DockerVariable* argument = context_.scope->Find(placed.hole.name);
    if (placed.hole.origin != HoleOrigin::kBuildArg || !argument) continue;
    return {FileOrigin::kBuildArg, placed.hole.name, argument->span, text, {}};
  }
  return {FileOrigin::kLiteral, name, variable->span, text, {}};
}

Content ShellView::ContentOf(const Value& word, const ShellState& state,
                             const Substitutions& substitutions) const {
  Content content{FileOrigin::kLiteral, {}, word.ToSource(), {}, {}};
  Value::Builder text;
  uint32_t copied = 0;
  for (const Value::PlacedHole& placed : word.holes()) {
    const Hole& hole = placed.hole;
    text.Append(word.Slice({copied, placed.position}));
    copied = placed.position + 1;
    Content part{FileOrigin::kUnknown, {}, hole.span, OneHole(hole), {}};
    if (hole.origin == HoleOrigin::kCommand) {
      for (const auto& [span, output] : substitutions) {
        if (hole.span.Contains(span)) part = output;
      }
    } else {
      part = ContentOfVariable(hole, state);
    }
    if (text.size() < kMaxText) text.Append(part.text);
    // What is not known is more than literal text around it.
    if (part.origin == FileOrigin::kUnknown && content.origin == FileOrigin::kLiteral) {
      content = part;
    } else if (part.origin != FileOrigin::kLiteral) {
      content = Stronger(content, part);
    }
  }
  text.Append(word.Slice(copied));
  content.text = std::move(text).Build();
  content.mode.reset();
  content.file = kNoIndex;
  content.shown.clear();
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

// Of several that may be there, the most telling.
Content ShellView::ContentOfCreations(const ImageFiles::Creations& creations) const {
  std::optional<Content> content;
  for (const uint32_t creation : creations) {
    const FileEvent& event = build_.events[creation];
    const Content one{event.origin, event.source, event.origin_span, build_.TextOf(creation),
                      event.mode,   creation};
    content = content ? Stronger(*content, one) : one;
  }
  return content.value_or(Content());
}

// The files of another stage below `path`, where a bind mount shows them.
void ShellView::AddStageFiles(size_t mount, const std::string& path,
                              std::vector<File>& files) const {
  const ImageFiles* stage = context_.stage_files[mount];
  const std::string target = MountPath(context_.mounts[mount]);
  if (stage == nullptr || target.empty()) return;
  const std::string root = ResolvePath("/", context_.mounts[mount].Get("source").Describe());
  for (const std::string& found : stage->Matching(root, true)) {
    const std::string below = root == "/" ? found : found.substr(root.size());
    const std::string shown = target == "/" ? below : target + below;
    const bool named = IsGlob(path) ? MatchesIgnorePattern(path, shown) : IsWithin(shown, path);
    if (!named) continue;
    files.push_back({std::string(BaseName(shown)), ContentOfCreations(*stage->At(found))});
  }
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
                       {FileOrigin::kSecretMount, mount.SecretId().Describe(), mount.span,
                        UnknownText(target, mount.span).text, mount.EffectiveMode()}});
    } else if (mount.type == DockerMountType::kBind && mount.Get("from").empty() &&
               IsWithin(path, target)) {
      const std::string source =
          JoinPath(mount.Get("source").Describe(), "./" + path.substr(target.size()));
      files.push_back(
          {std::string(BaseName(path)),
           {FileOrigin::kContext, source, mount.span, UnknownText(source, mount.span).text, {}}});
    }
  }
  for (size_t i = 0; i < context_.stage_files.size(); ++i) AddStageFiles(i, path, files);
  for (const std::string& found : state.files.Matching(path, true)) {
    files.push_back({std::string(BaseName(found)), ContentOfCreations(*state.files.At(found))});
  }
  // Without its mount there is no secret.
  if (files.empty() && !IsGlob(path) && !IsWithin(path, "/run/secrets")) {
    files.push_back({std::string(BaseName(path)), UnknownText(path, {})});
  }
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
