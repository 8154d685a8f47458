#include "analyzer/model/kubelet_match.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "analyzer/model/image_reference.h"

namespace oakum {

namespace {

constexpr std::string_view kHubFallback = "index.docker.io";

constexpr auto kPublicRegistries = std::to_array<std::string_view>(
    {"registry.k8s.io", "k8s.gcr.io", "mcr.microsoft.com", "public.ecr.aws", "docker.elastic.co",
     "registry.access.redhat.com", "cgr.dev"});

// Repositories of other registries that anybody may pull.
constexpr auto kPublicRepositories = std::to_array<std::string_view>({
    "docker.io/library/",      "docker.io/rayproject/",  "docker.io/anyscale/",
    "docker.io/bitnami/",      "docker.io/grafana/",     "docker.io/prom/",
    "docker.io/nvidia/",       "docker.io/pytorch/",     "docker.io/tensorflow/",
    "docker.io/vllm/",         "docker.io/curlimages/",  "docker.io/alpine/",
    "docker.io/kuberay/",      "docker.io/fluent/",      "docker.io/envoyproxy/",
    "docker.io/jupyter/",      "docker.io/continuumio/", "docker.io/istio/",
    "quay.io/kuberay/",        "quay.io/prometheus/",    "quay.io/jupyter/",
    "quay.io/minio/",          "nvcr.io/nvidia/",        "gcr.io/google-containers/",
    "gcr.io/cloudsql-docker/", "gcr.io/distroless/",     "ghcr.io/astral-sh/",
});

constexpr auto kNodeRegistries =
    std::to_array<std::string_view>({".amazonaws.com", ".amazonaws.com.cn", ".pkg.dev", ".gcr.io",
                                     ".azurecr.io", ".azurecr.cn", ".azurecr.us"});

struct Split {
  std::string_view host;
  std::string_view port;
  std::string_view path;  // with its leading '/'
};

Split SplitKey(std::string_view url) {
  Split split;
  const size_t slash = std::min(url.find('/'), url.size());
  split.path = url.substr(slash);
  split.host = url.substr(0, slash);
  const size_t colon = split.host.rfind(':');
  if (colon != split.host.npos && split.host.find(']', colon) == split.host.npos) {
    split.port = split.host.substr(colon + 1);
    split.host = split.host.substr(0, colon);
  }
  return split;
}

std::vector<std::string> Labels(std::string_view host) {
  std::vector<std::string> labels(1);
  for (const char c : host) {
    if (c == '.') {
      labels.emplace_back();
    } else {
      labels.back() += c;
    }
  }
  return labels;
}

bool HostsMatch(std::string_view glob, std::string_view host) {
  const std::vector<std::string> patterns = Labels(glob);
  const std::vector<std::string> labels = Labels(host);
  if (patterns.size() != labels.size()) return false;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (fnmatch(patterns[i].c_str(), labels[i].c_str(), FNM_PATHNAME) != 0) return false;
  }
  return true;
}

// The complete name of an image, without its tag; the repository is empty if a hole is in it.
std::optional<std::string> NameOf(const Value& image) {
  const Value trimmed = image.Trimmed();
  if (trimmed.is_literal()) {
    const std::optional<ImageReference> reference = ParseImageReference(trimmed.text());
    if (!reference) return std::nullopt;
    return reference->registry + "/" + reference->repository;
  }
  // A hole that is the tag leaves the name whole.
  const uint32_t hole = trimmed.holes()[0].position;
  if (hole > 0) {
    const char before = trimmed.text()[hole - 1];
    const Value name = trimmed.Slice({0, hole - 1});
    if ((before == ':' || before == '@') && name.text().find('/') != std::string_view::npos) {
      return NameOf(name);
    }
  }
  const std::optional<std::string> registry = RegistryOf(image);
  if (!registry) return std::nullopt;
  return *registry + "/";
}

KubeletMatch MatchOne(const Value& server, const std::string& name) {
  if (!server.is_literal() || server.text().find_first_of("<>{}$") != std::string_view::npos) {
    return KubeletMatch::kUnknown;
  }
  const std::string key = KubeletKey(server.text());
  const Split split = SplitKey(key);
  const bool open = name.ends_with('/');
  if (open && !split.path.empty()) {
    const bool host = KubeletKeyMatches(key.substr(0, key.size() - split.path.size()), name);
    return host ? KubeletMatch::kUnknown : KubeletMatch::kNo;
  }
  if (!KubeletKeyMatches(key, name)) return KubeletMatch::kNo;
  if (split.path.empty() || split.path.ends_with('/')) return KubeletMatch::kYes;
  const std::string_view path = SplitKey(name).path;
  const bool whole = path.size() == split.path.size() || path[split.path.size()] == '/';
  return whole ? KubeletMatch::kYes : KubeletMatch::kOverreach;
}

}  // namespace

std::string KubeletKey(std::string_view server) {
  for (std::string_view scheme : {"https://", "http://"}) {
    if (server.starts_with(scheme)) {
      server.remove_prefix(scheme.size());
      break;
    }
  }
  const size_t slash = std::min(server.find('/'), server.size());
  std::string_view host = server.substr(0, slash);
  std::string_view path = server.substr(slash, server.find_first_of("?#", slash) - slash);
  if (const size_t at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
  if (path.starts_with("/v1/") || path.starts_with("/v2/")) path.remove_prefix(3);
  return std::string(host) + (path == "/" ? "" : std::string(path));
}

bool KubeletKeyMatches(std::string_view key, std::string_view image) {
  const Split a = SplitKey(key);
  const Split b = SplitKey(image);
  return a.port == b.port && b.path.starts_with(a.path) && HostsMatch(a.host, b.host);
}

KubeletMatch MatchForKubelet(const std::vector<Value>& servers, const Value& image) {
  const std::optional<std::string> name = NameOf(image);
  if (!name) return KubeletMatch::kUnknown;
  KubeletMatch best = KubeletMatch::kNo;
  for (const Value& server : servers) best = std::max(best, MatchOne(server, *name));
  if (best != KubeletMatch::kNo || !name->starts_with("docker.io/")) return best;
  const bool fallback = std::any_of(servers.begin(), servers.end(), [](const Value& server) {
    return KubeletKey(server.text()) == kHubFallback;
  });
  return fallback ? KubeletMatch::kYes : KubeletMatch::kNo;
}

ImageAccess AccessTo(const Value& image) {
  const std::optional<std::string> name = NameOf(image);
  if (!name) return ImageAccess::kUnknown;
  const std::string_view host = std::string_view(*name).substr(0, name->find('/'));
  auto begins = [&name](std::string_view known) { return name->starts_with(known); };
  if (std::find(kPublicRegistries.begin(), kPublicRegistries.end(), host) !=
          kPublicRegistries.end() ||
      std::any_of(kPublicRepositories.begin(), kPublicRepositories.end(), begins)) {
    return ImageAccess::kPublic;
  }
  const bool by_node =
      host == "gcr.io" || std::any_of(kNodeRegistries.begin(), kNodeRegistries.end(),
                                      [host](std::string_view end) { return host.ends_with(end); });
  return by_node ? ImageAccess::kByNode : ImageAccess::kPrivate;
}

}  // namespace oakum
