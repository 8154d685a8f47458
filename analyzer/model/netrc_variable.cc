#include "analyzer/model/netrc_variable.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

using State = NetrcVariable::State;

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool MentionsNetrc(std::string_view text) {
  constexpr std::string_view kWord = "netrc";
  return std::search(text.begin(), text.end(), kWord.begin(), kWord.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         }) != text.end();
}

// Whether what the file shows may put a file there: the container's own commands, or an agent that
// annotations ask to inject secrets.
bool MayBeWritten(const PodTemplate& pod, const Container& container) {
  for (const ContainerCommand& command : container.commands) {
    for (const Value& argument : command.argv) {
      if (MentionsNetrc(argument.text())) return true;
    }
  }
  return std::any_of(pod.annotations.begin(), pod.annotations.end(),
                     [](const std::string& key) { return key.find("vault") != key.npos; });
}

bool RunsRay(const KubernetesObject& object, const Container& container) {
  const std::string_view image = container.image.text();
  return image.find("rayproject/ray") != image.npos || image.find("anyscale/ray") != image.npos ||
         (object.IsRay() && container.kind == Container::Kind::kMain && container.index == 0);
}

// `$HOME` or `${HOME}`, syntax of a shell, which nobody runs here; or a `$(NAME)` that was left
// over.
std::string_view ShellReference(std::string_view text) {
  for (size_t at = text.find('$'); at != text.npos && at + 1 < text.size();
       at = text.find('$', at + 1)) {
    const char open = text[at + 1];
    const std::string_view close = open == '{' ? "}" : open == '(' ? ")" : "";
    const size_t begin = at + 1 + close.size();
    size_t end = begin;
    while (end < text.size() && IsNameByte(text[end])) ++end;
    if (end == begin || !text.substr(end).starts_with(close)) continue;
    return text.substr(at, end - at + close.size());
  }
  return {};
}

// The absolute, clean path that a program will open; none where that depends on something unseen.
std::optional<std::string> PathOf(const KubernetesObject& object, const Container& container,
                                  std::string text) {
  if (text.starts_with("~/")) {
    const EnvVar* home = container.Env("HOME");
    if (home != nullptr) {
      const auto folder = ExpandVariable(container, *home);
      if (!folder) return std::nullopt;
      text.replace(0, 1, *folder);
    } else if (RunsRay(object, container)) {
      text.replace(0, 1, "/home/ray");  // of the Ray images (ray.md 2.4)
    }
  }
  if (text.starts_with('/')) return CleanPath(text);
  const Value& folder = container.working_dir;
  if (text.starts_with('~') || folder.empty() || !folder.is_literal()) return std::nullopt;
  return JoinPath(folder.text(), text);
}

// Whether the file shows less of the container than there is: a template adds to the pod, or this
// is a patch, which names a container without its image.
bool IsPartial(const KubernetesObject& object, const PodTemplate& pod, const Container& container) {
  if (object.chart_values) return pod.open || object.patch;
  return pod.open || container.image.empty();
}

State StateOf(ContainerPath::Kind kind) {
  switch (kind) {
    case ContainerPath::Kind::kUnknown:
      return State::kUnknown;
    case ContainerPath::Kind::kPresent:
      return State::kPresent;
    case ContainerPath::Kind::kOutside:
      return State::kOutside;
    case ContainerPath::Kind::kFolder:
      return State::kFolder;
    case ContainerPath::Kind::kNoSuchFile:
      return State::kNoSuchFile;
    case ContainerPath::Kind::kBelowFile:
      return State::kBelowFile;
    case ContainerPath::Kind::kEmptySubPath:
      return State::kEmptySubPath;
  }
  return State::kUnknown;
}

std::vector<std::string> Candidates(const PodTemplate& pod, const Container& container,
                                    const KeysOfSource& keys) {
  std::vector<std::string> paths;
  constexpr size_t kMaxMounts = 100;
  for (size_t i = 0; i < std::min(container.mounts.size(), kMaxMounts); ++i) {
    const VolumeMount& mount = container.mounts[i];
    const Volume* volume = pod.FindVolume(mount.volume);
    if (volume == nullptr || volume->sources.empty() || !mount.path.is_literal()) continue;
    const std::string point = CleanPath(mount.path.text());
    if (mount.has_sub_path) {
      if (MentionsNetrc(mount.sub_path.text())) paths.push_back(point);
      continue;
    }
    const bool named = MentionsNetrc(volume->name) || MentionsNetrc(volume->sources[0].name);
    const auto files = FilesOf(*volume, keys);
    if (!files) {
      if (named) paths.push_back(JoinPath(point, ".netrc"));
      continue;
    }
    for (const std::string& file : *files) {
      const bool meant = MentionsNetrc(file) || (named && files->size() == 1);
      if (meant) paths.push_back(JoinPath(point, file));
    }
  }
  return paths;
}

void Judge(const KubernetesObject& object, const PodTemplate& pod, const Container& container,
           const KeysOfSource& keys, NetrcVariable& netrc) {
  netrc.state = State::kUnknown;
  if (netrc.variable->from != EnvVar::From::kValue) return;
  const std::optional<std::string> text = ExpandVariable(container, *netrc.variable);
  if (!text) return;
  if (text->empty()) {
    netrc.state = State::kEmpty;
    return;
  }
  netrc.path = ShellReference(*text);
  if (!netrc.path.empty()) {
    netrc.state = State::kShellReference;
    return;
  }
  const std::optional<std::string> path = PathOf(object, container, *text);
  if (!path) return;
  netrc.path = *path;
  netrc.found = ResolvePath(pod, container, *path, keys);
  netrc.state = StateOf(netrc.found.kind);
  if (netrc.state == State::kOutside) {
    const bool device = path->starts_with("/dev/") || path->starts_with("/proc/");
    if (device || IsPartial(object, pod, container) || MayBeWritten(pod, container)) {
      netrc.state = State::kUnknown;
    }
  } else if (text->ends_with('/')) {
    netrc.state = State::kFolder;  // even a file cannot be opened by that name
  } else if (IsPartial(object, pod, container) && netrc.state != State::kFolder &&
             netrc.state != State::kPresent) {
    netrc.state = State::kUnknown;
  }
}

}  // namespace

NetrcVariable FindNetrc(const KubernetesObject& object, const PodTemplate& pod,
                        const Container& container, const KeysOfSource& keys) {
  NetrcVariable netrc;
  netrc.variable = container.Env("NETRC");
  if (netrc.variable == nullptr) return netrc;
  Judge(object, pod, container, keys, netrc);
  netrc.candidates = Candidates(pod, container, keys);
  return netrc;
}

}  // namespace oakum
