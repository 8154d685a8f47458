#include "analyzer/model/container_path.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

bool Below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path != "/";
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

// The literal, cleaned mountPath; empty if a template fills it in.
std::string MountPoint(const VolumeMount& mount) {
  if (!mount.path.is_literal() || mount.path.empty()) return "";
  return CleanPath(mount.path.text());
}

// The deepest mount that `path` is at or below; null if there is none. `unsure` when a mount's
// place is not known, so that it might be one.
const VolumeMount* MountOf(const Container& container, std::string_view path, bool& unsure) {
  const VolumeMount* best = nullptr;
  size_t depth = 0;
  for (const VolumeMount& mount : container.mounts) {
    const std::string point = MountPoint(mount);
    if (point.empty()) {
      unsure = true;
    } else if ((path == point || Below(path, point)) && point.size() >= depth) {
      best = &mount;
      depth = point.size();
    }
  }
  return best;
}

bool IsKnownFolder(const Volume& volume) {
  return volume.kind != Volume::Kind::kHostPath && volume.kind != Volume::Kind::kUnknown;
}

// Where `file`, relative to the volume, leads among its `files`.
ContainerPath::Kind Among(const std::vector<std::string>& files, const std::string& file) {
  using Kind = ContainerPath::Kind;
  for (const std::string& known : files) {
    if (known == file) return Kind::kPresent;
    if (Below(known, file)) return Kind::kFolder;
  }
  return Kind::kNoSuchFile;
}

ContainerPath::Kind ThroughSubPath(const ContainerPath& found, std::string_view path,
                                   std::string_view point, const KeysOfSource& keys) {
  using Kind = ContainerPath::Kind;
  const Value& sub_path = found.mount->sub_path;
  if (!sub_path.is_literal()) return Kind::kUnknown;
  const auto files = FilesOf(*found.volume, keys);
  if (!files) return Kind::kUnknown;
  const Kind kind = Among(*files, CleanPath(sub_path.text()));
  if (kind == Kind::kNoSuchFile) return Kind::kEmptySubPath;
  if (kind == Kind::kPresent) return path == point ? Kind::kPresent : Kind::kBelowFile;
  if (path == point) return Kind::kFolder;
  return Among(*files, JoinPath(sub_path.text(), path.substr(point.size() + 1)));
}

}  // namespace

std::optional<std::vector<std::string>> FilesOf(const Volume& volume, const KeysOfSource& keys) {
  if (volume.sources.empty()) return std::nullopt;
  std::vector<std::string> files;
  for (const VolumeSource& source : volume.sources) {
    if (source.kind == VolumeSource::Kind::kOther) return std::nullopt;
    if (source.has_items) {
      for (const VolumeItem& item : source.items) {
        if (!item.path.is_literal() || item.path.empty()) return std::nullopt;
        files.push_back(CleanPath(item.path.text()));
      }
      if (source.items.empty()) return std::nullopt;
      continue;
    }
    std::optional<std::vector<std::string>> all = keys(source);
    if (!all) return std::nullopt;
    std::move(all->begin(), all->end(), std::back_inserter(files));
  }
  return files;
}

ContainerPath ResolvePath(const PodTemplate& pod, const Container& container, std::string_view path,
                          const KeysOfSource& keys) {
  using Kind = ContainerPath::Kind;
  ContainerPath found;
  bool unsure = false;
  found.mount = MountOf(container, path, unsure);
  if (found.mount == nullptr) {
    found.kind = unsure ? Kind::kUnknown : Kind::kOutside;
    return found;
  }
  found.volume = pod.FindVolume(found.mount->volume);
  if (found.volume == nullptr || unsure) return found;
  const std::string point = MountPoint(*found.mount);
  if (found.mount->has_sub_path) {
    found.kind = ThroughSubPath(found, path, point, keys);
    return found;
  }
  if (path == point) {
    if (IsKnownFolder(*found.volume)) found.kind = Kind::kFolder;
    return found;
  }
  std::string file(path.substr(point == "/" ? 1 : point.size() + 1));
  if (file.starts_with("..data/")) file.erase(0, std::string_view("..data/").size());
  if (const auto files = FilesOf(*found.volume, keys)) found.kind = Among(*files, file);
  return found;
}

std::optional<std::string> ExpandVariable(const Container& container, const EnvVar& variable) {
  // Of each name so far: its text, or that it comes from outside.
  std::map<std::string, std::optional<std::string>> known;
  auto expand = [&](const Value& value) -> std::optional<std::string> {
    std::string text;
    for (uint32_t at = 0; at < value.size(); ++at) {
      const Hole* hole = value.HoleAt(at);
      if (hole == nullptr) {
        text += value.text()[at];
        continue;
      }
      if (hole->origin != HoleOrigin::kEnvironment) return std::nullopt;
      const auto found = known.find(hole->name);
      if (found != known.end()) {
        if (!found->second) return std::nullopt;
        text += *found->second;
      } else if (container.has_env_from || hole->name.find("_SERVICE_") != hole->name.npos) {
        return std::nullopt;
      } else {
        text += "$(" + hole->name + ")";
      }
      constexpr size_t kMaxText = 64 * 1024;  // each item may double the one before it
      if (text.size() > kMaxText) return std::nullopt;
    }
    return text;
  };
  for (const EnvVar& item : container.env) {
    std::optional<std::string> text;
    if (item.from == EnvVar::From::kValue) text = expand(item.value);
    if (&item == &variable) return text;
    known[item.name] = std::move(text);
  }
  return std::nullopt;
}

}  // namespace oakum
