#include "analyzer/engine/run_time_files.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/engine/build_index.h"
#include "analyzer/engine/document.h"
#include "analyzer/model/mounted_path.h"

namespace oakum {

namespace {

// Whether a mount at `mounted` may bring `path`: the file itself or a folder above it. What is not
// known may be.
bool Covers(const Value& mounted, std::string_view path) {
  if (!mounted.is_literal()) return true;
  const std::string at = CleanPath(mounted.text());
  return path == at || (path.starts_with(at) && path.size() > at.size() && path[at.size()] == '/');
}

// Whether the service of a mount builds images, and none of this Dockerfile.
bool IsOfOtherImage(const Project& project, const Document& compose, const MountedPath& mounted,
                    const Document& dockerfile) {
  if (mounted.service.empty()) return false;
  const std::vector<const Document*> built =
      project.builds().DockerfilesOfService(compose, mounted.service);
  return !built.empty() && std::find(built.begin(), built.end(), &dockerfile) == built.end();
}

bool MountsIn(const Project& project, const Document& document, const Document& dockerfile,
              std::string_view path) {
  const Facts& facts = document.facts();
  const auto covers = [&](const MountedPath& mounted) {
    return Covers(mounted.path, path) && !IsOfOtherImage(project, document, mounted, dockerfile);
  };
  if (std::any_of(facts.mounted_paths.begin(), facts.mounted_paths.end(), covers)) return true;
  for (const KubernetesObject& object : facts.kubernetes) {
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        for (const VolumeMount& mount : container.mounts) {
          if (Covers(mount.path, path)) return true;
        }
      }
    }
  }
  return false;
}

// A command that writes the file when a container runs: an entrypoint, a start-up script.
bool Writes(const Command& command, std::string_view path) {
  if (command.host == CommandHost::kImageBuild || command.host == CommandHost::kDocument) {
    return false;
  }
  const auto names = [path](const Value& word) {
    const std::string_view text = word.text();
    const Hole* hole = word.OnlyHole();
    return text == path || (hole && hole->name == "NETRC") ||
           (text.starts_with('~') && path.ends_with(text.substr(1)));
  };
  const auto mounted = MountedPathsOf(command);
  return std::any_of(mounted.begin(), mounted.end(),
                     [path](const MountedPath& each) { return Covers(each.path, path); }) ||
         std::any_of(command.redirections.begin(), command.redirections.end(),
                     [&](const Redirection& redirection) {
                       return redirection.kind != Redirection::Kind::kRead &&
                              names(redirection.target);
                     }) ||
         (!command.argv.empty() && command.Program() != "cat" &&
          std::any_of(command.argv.begin() + 1, command.argv.end(), names));
}

}  // namespace

bool IsGivenAtRunTime(const Project& project, const Document& dockerfile, std::string_view path) {
  return std::any_of(
      project.documents().begin(), project.documents().end(), [&](const auto& document) {
        const Facts& facts = document->facts();
        return MountsIn(project, *document, dockerfile, path) ||
               std::any_of(facts.commands.begin(), facts.commands.end(),
                           [path](const Command& command) { return Writes(command, path); });
      });
}

}  // namespace oakum
