#include "analyzer/engine/pull_secret_links.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/kubelet_match.h"

namespace oakum {

namespace {

// How many folders of the two paths are the same, from the root on; one more for the same file.
size_t Nearness(const std::string& a, const std::string& b) {
  if (a == b) return std::string::npos;
  size_t shared = 0;
  for (size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i) shared += a[i] == '/';
  return shared;
}

// A kustomization puts all it includes into one namespace, whatever they say.
bool IsCustomized(const Project& project, const Document& document) {
  std::string folder(ParentPath(document.path()));
  while (true) {
    for (std::string_view name : {"kustomization.yaml", "kustomization.yml"}) {
      if (project.Exists(JoinPath(folder, name))) return true;
    }
    std::string parent(ParentPath(folder));
    if (parent == folder) return false;
    folder = std::move(parent);
  }
}

bool IsMadeOtherwise(const Project& project, const PullSecretUse& use) {
  for (const auto& document : project.documents()) {
    for (const KeyedSource& source : document->facts().keyed_sources) {
      if (!source.config_map && source.name == use.reference->name.text() &&
          MayShareNamespace(source.name_space, use.object->name_space)) {
        return true;
      }
    }
  }
  return false;
}

// Only the nearest of them.
void KeepNearest(const PullSecretUse& use, const std::vector<PlacedPullSecret>& secrets,
                 std::vector<size_t>& indices) {
  size_t best = 0;
  for (const size_t i : indices) {
    best = std::max(best, Nearness(use.document->path(), secrets[i].document->path()));
  }
  std::erase_if(indices, [&](size_t i) {
    return Nearness(use.document->path(), secrets[i].document->path()) < best;
  });
}

}  // namespace

PullSecretLinks LinkPullSecrets(const Project& project) {
  PullSecretLinks links;
  links.secrets = PullSecretsOf(project);
  links.uses = PullSecretUsesOf(project);
  links.meant.resize(links.uses.size());
  links.elsewhere.resize(links.uses.size());
  for (size_t u = 0; u < links.uses.size(); ++u) {
    const PullSecretUse& use = links.uses[u];
    const Value& name = use.reference->name;
    if (!name.is_literal() || name.empty()) continue;
    for (size_t s = 0; s < links.secrets.size(); ++s) {
      if (links.secrets[s].secret->name != name.text()) continue;
      (Uses(use, links.secrets[s]) ? links.meant : links.elsewhere)[u].push_back(s);
    }
    KeepNearest(use, links.secrets, links.meant[u]);
    const bool found = !links.meant[u].empty() || IsMadeOtherwise(project, use);
    if (found || IsCustomized(project, *use.document)) links.elsewhere[u].clear();
    KeepNearest(use, links.secrets, links.elsewhere[u]);
  }
  return links;
}

std::vector<Value> ServersOf(const PlacedPullSecret& secret) {
  std::vector<Value> servers;
  if (secret.content == nullptr || !secret.content->known) return servers;
  for (const RegistryAuth& auth : secret.content->auths) servers.push_back(auth.server);
  return servers;
}

bool IsServedByAnother(const PullSecretLinks& links, size_t use, size_t secret,
                       const Value& image) {
  const PodTemplate* pod = links.uses[use].pod;
  for (size_t other = 0; other < links.uses.size(); ++other) {
    if (links.uses[other].pod != pod) continue;
    if (links.meant[other].empty()) return true;
    for (const size_t candidate : links.meant[other]) {
      if (candidate == secret) continue;
      const std::vector<Value> servers = ServersOf(links.secrets[candidate]);
      if (servers.empty() || MatchForKubelet(servers, image) != KubeletMatch::kNo) return true;
    }
  }
  return false;
}

}  // namespace oakum
