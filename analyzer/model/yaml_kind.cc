#include "analyzer/model/yaml_kind.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "analyzer/base/ascii.h"
#include "analyzer/base/one_of.h"
#include "analyzer/base/path.h"
#include "analyzer/model/runtime_env.h"

namespace oakum {

namespace {

bool HasAny(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&node](std::string_view key) { return node.Find(key) != nullptr; });
}

// Whether one of the first entries of a collection is as `is` says. Aliases can make every entry of
// a long list the same huge mapping, so not all of them are looked at.
template <typename Predicate>
bool AnyEntry(const YamlNode& node, Predicate is) {
  constexpr size_t kLooks = 50;
  const size_t count = std::min(node.entries.size(), kLooks);
  return std::any_of(node.entries.begin(), node.entries.begin() + static_cast<ptrdiff_t>(count),
                     [&is](const YamlEntry& entry) { return is(*entry.value); });
}

bool IsKubernetes(const YamlNode& root) {
  return root["apiVersion"].IsScalar() && root["kind"].IsScalar();
}

bool IsKustomization(const YamlNode& root, std::string_view path) {
  if (root["kind"].text() == "Kustomization" || root["kind"].text() == "Component") {
    return root["apiVersion"].text().starts_with("kustomize.config.k8s.io/");
  }
  const std::string_view name = BaseName(path);
  return name == "kustomization.yaml" || name == "kustomization.yml";
}

// The chart's own keys; every user's values file is a part of them, and one for some environment
// may leave the head to another.
bool AreRayClusterValues(const YamlNode& root) {
  const YamlNode& head = root["head"];
  if (!head.IsMapping()) {
    return root["additionalWorkerGroups"].IsMapping() || root["gcsFaultTolerance"].IsMapping();
  }
  if (HasAny(head, {"rayStartParams", "containerEnv", "enableInTreeAutoscaling", "rayVersion"})) {
    return true;
  }
  return (root["worker"].IsMapping() || root["additionalWorkerGroups"].IsMapping()) &&
         (HasAny(root, {"common", "fullnameOverride", "nameOverride", "image"}) ||
          HasAny(head, {"volumes", "volumeMounts", "resources", "image"}));
}

// The name of the chart as a dependency, or a usual alias of it.
bool NamesRayChart(std::string_view key) {
  return key == "ray-cluster" || key == "raycluster" || key == "rayCluster" || key == "ray_cluster";
}

bool IsService(const YamlNode& service) {
  return HasAny(service,
                {"image", "build", "extends", "environment", "env_file", "volumes", "ports",
                 "secrets", "configs", "command", "entrypoint", "depends_on", "restart"});
}

bool IsCompose(const YamlNode& root) {
  const YamlNode& services = root["services"];
  if (!services.IsMapping() || HasAny(root, {"jobs", "stages"})) return false;
  return AnyEntry(services, IsService);
}

bool IsWorkflow(const YamlNode& root, std::string_view path) {
  const YamlNode& jobs = root["jobs"];
  if (!jobs.IsMapping()) return false;
  if (path.find("workflows/") != path.npos && root.Find("on") != nullptr) return true;
  return AnyEntry(jobs, [](const YamlNode& job) { return HasAny(job, {"runs-on", "uses"}); });
}

// A file that others include may have any name, and be told by its jobs alone.
bool IsGitlabCi(const YamlNode& root, std::string_view path) {
  const std::string_view name = BaseName(path);
  if (name.ends_with(".gitlab-ci.yml") || name.ends_with(".gitlab-ci.yaml")) return true;
  const bool named = path.find(".gitlab/") != path.npos || root["stages"].IsSequence();
  return AnyEntry(root, [named](const YamlNode& job) {
    // What is there for jobs to extend may have no script of its own.
    if (HasAny(job, {"before_script", "after_script"})) return true;
    if (job.Find("script") == nullptr) return false;
    return named || HasAny(job, {"stage", "extends", "rules", "needs", "before_script", "only",
                                 "artifacts", "dependencies"});
  });
}

bool IsCircleCi(const YamlNode& root, std::string_view path) {
  return path.find(".circleci/") != path.npos &&
         (root["jobs"].IsMapping() || root["commands"].IsMapping());
}

bool IsAzurePipeline(const YamlNode& root, std::string_view path) {
  const bool lists =
      root["steps"].IsSequence() || root["jobs"].IsSequence() || root["stages"].IsSequence();
  if (!lists) return false;
  return BaseName(path).find("azure-pipelines") != path.npos ||
         HasAny(root, {"pool", "trigger", "pr"});
}

bool IsCondaEnvironment(const YamlNode& root, std::string_view path) {
  const YamlNode& dependencies = root["dependencies"];
  if (!dependencies.IsSequence() || root.Find("apiVersion") != nullptr) return false;
  if (root["channels"].IsSequence()) return true;
  const std::string_view name = BaseName(path);
  const bool named = name.starts_with("environment") || name.starts_with("conda");
  return named && AnyEntry(dependencies, [](const YamlNode& item) {
           return item.IsScalar() || HasAny(item, {"pip"});
         });
}

bool IsCondarc(const YamlNode& root, std::string_view path) {
  const std::string_view name = BaseName(path);
  if (name == ".condarc" || name == "condarc" || name == "condarc.yml") return true;
  return HasAny(root,
                {"channel_alias", "custom_channels", "default_channels", "custom_multichannels"});
}

bool IsServeConfig(const YamlNode& root) {
  if (root["import_path"].IsScalar()) return true;
  return AnyEntry(root["applications"], [](const YamlNode& application) {
    return HasAny(application, {"import_path", "runtime_env", "route_prefix"});
  });
}

bool IsClusterLauncher(const YamlNode& root) {
  return root.Find("cluster_name") != nullptr &&
         HasAny(root,
                {"provider", "available_node_types", "head_start_ray_commands", "setup_commands"});
}

bool IsAnyscaleClusterEnv(const YamlNode& root) {
  if (root.Find("base_image") != nullptr) {
    return HasAny(root,
                  {"python", "debian_packages", "post_build_cmds", "env_vars", "conda_packages"});
  }
  return root["docker_image"].IsScalar() &&
         HasAny(root, {"ray_version", "registry_login_secret", "env_vars"});
}

bool IsAnyscaleConfig(const YamlNode& root) {
  constexpr std::string_view kPlatform[] = {"image_uri",
                                            "containerfile",
                                            "registry_login_secret",
                                            "compute_config",
                                            "cluster_env",
                                            "build_id",
                                            "compute_config_id",
                                            "query_auth_token_enabled",
                                            "ray_serve_config",
                                            "idle_termination_minutes",
                                            "project",
                                            "cloud",
                                            "job_queue_config"};
  if (root.Find("registry_login_secret") != nullptr) return true;
  const bool platform =
      std::any_of(std::begin(kPlatform), std::end(kPlatform),
                  [&root](std::string_view key) { return root.Find(key) != nullptr; });
  if (root["ray_serve_config"].IsMapping()) return true;
  return platform && HasAny(root, {"entrypoint", "applications", "requirements", "working_dir",
                                   "runtime_env", "env_vars", "idle_termination_minutes"});
}

// Every key may be one of a runtime_env, and one of those that make it worth calling so is there.
bool IsRuntimeEnv(const YamlNode& root) {
  return root.IsMapping() &&
         HasAny(root,
                {"working_dir", "py_modules", "env_vars", "pip", "uv", "conda", "java_jars"}) &&
         std::all_of(root.entries.begin(), root.entries.end(),
                     [](const YamlEntry& entry) { return MayBeRuntimeEnvKey(entry.key->text()); });
}

// Of each kind, the keys one of which the root must have. Sorted.
constexpr std::string_view kRootKeys[] = {
    "apiVersion",
    "applications",
    "base_image",
    "channel_alias",
    "channels",
    "cluster_name",
    "conda",
    "custom_channels",
    "custom_multichannels",
    "default_channels",
    "dependencies",
    "docker_image",
    "entrypoint",
    "env_vars",
    "idle_termination_minutes",
    "import_path",
    "java_jars",
    "jobs",
    "pip",
    "py_modules",
    "ray_serve_config",
    "registry_login_secret",
    "requirements",
    "runs",
    "runtime_env",
    "services",
    "stages",
    "steps",
    "uv",
    "working_dir",
};
// Those that tell wherever they stand: of volume modes, of GitLab's jobs, and of the ray-cluster
// chart's values, which may be below the name of the chart. Sorted.
constexpr std::string_view kKeysAnywhere[] = {
    "additionalWorkerGroups", "after_script", "before_script", "containerEnv", "defaultMode",
    "gcsFaultTolerance",      "head",         "mode",          "script"};
static_assert(std::is_sorted(std::begin(kRootKeys), std::end(kRootKeys)));
static_assert(std::is_sorted(std::begin(kKeysAnywhere), std::end(kKeysAnywhere)));

// Whether what follows the colon of a mode can be one: `mode: taint` and the like are frequent.
bool MayBeMode(std::string_view rest) {
  const size_t at = rest.find_first_not_of(" \t\r\n\"'");
  return at == rest.npos || IsDigit(rest[at]) || !IsAlnum(rest[at]);
}

// The word that ends at a colon, blanks and a quote between them aside.
std::string_view KeyBefore(std::string_view text, size_t colon) {
  size_t end = colon;
  while (end > 0 && static_cast<unsigned char>(text[end - 1]) <= ' ') --end;
  if (end > 0 && (text[end - 1] == '"' || text[end - 1] == '\'')) --end;
  size_t begin = end;
  while (begin > 0 && (IsAlnum(text[begin - 1]) || text[begin - 1] == '_')) --begin;
  return text.substr(begin, end - begin);
}

// Where the first character other than a blank stands. Asked of every line of every YAML text.
size_t FirstWritten(std::string_view line) {
  size_t at = 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) ++at;
  return at;
}

// `rest` begins with `line` and goes on to the end of the text.
bool HasTellingKey(std::string_view line, std::string_view rest, bool root) {
  static constexpr WordTable kRoots(kRootKeys);
  static constexpr WordTable kAnywhere(kKeysAnywhere);
  for (size_t colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1)) {
    const std::string_view key = KeyBefore(line, colon);
    if (root && kRoots.Has(key)) return true;
    if (kAnywhere.Has(key) && (key != "mode" || MayBeMode(rest.substr(colon + 1)))) return true;
  }
  return false;
}

}  // namespace

YamlKind KindOfYaml(const YamlNode& root, std::string_view path) {
  if (!root.IsMapping()) return YamlKind::kUnknown;
  if (IsKustomization(root, path)) return YamlKind::kKustomization;
  if (IsKubernetes(root)) return YamlKind::kKubernetes;
  if (IsWorkflow(root, path)) return YamlKind::kGithubWorkflow;
  if (root["runs"].IsMapping() && root["runs"].Find("using") != nullptr)
    return YamlKind::kGithubAction;
  if (IsGitlabCi(root, path)) return YamlKind::kGitlabCi;
  if (IsCircleCi(root, path)) return YamlKind::kCircleCi;
  if (IsAzurePipeline(root, path)) return YamlKind::kAzurePipeline;
  if (IsCompose(root)) return YamlKind::kCompose;
  if (IsClusterLauncher(root)) return YamlKind::kClusterLauncher;
  if (IsAnyscaleConfig(root)) return YamlKind::kAnyscaleConfig;
  if (IsAnyscaleClusterEnv(root)) return YamlKind::kAnyscaleClusterEnv;
  if (IsServeConfig(root)) return YamlKind::kServeConfig;
  if (!RayClusterValuesIn(root).empty()) return YamlKind::kRayClusterValues;
  if (IsCondaEnvironment(root, path)) return YamlKind::kCondaEnvironment;
  if (IsCondarc(root, path)) return YamlKind::kCondarc;
  if (IsRuntimeEnv(root)) return YamlKind::kRuntimeEnv;
  return YamlKind::kUnknown;
}

std::vector<const YamlNode*> RayClusterValuesIn(const YamlNode& root) {
  if (AreRayClusterValues(root)) return {&root};
  std::vector<const YamlNode*> found;
  constexpr size_t kLooks = 200;
  for (size_t i = 0; i < std::min(root.entries.size(), kLooks); ++i) {
    const YamlEntry& entry = root.entries[i];
    if (entry.key == nullptr || !entry.value->IsMapping()) continue;
    const bool named =
        NamesRayChart(entry.key->text()) &&
        (entry.value->Find("head") != nullptr || (*entry.value)["worker"].IsMapping() ||
         (*entry.value)["common"]["containerEnv"]);
    const bool known = std::find(found.begin(), found.end(), entry.value) != found.end();
    if (!known && (named || AreRayClusterValues(*entry.value))) found.push_back(entry.value);
  }
  return found;
}

bool MayHaveYamlKind(std::string_view text, std::string_view path) {
  for (std::string_view part : {"kustomization", "condarc", "gitlab", "yarnrc", "gh/hosts"}) {
    if (path.find(part) != path.npos) return true;
  }
  size_t least = text.npos;  // indentation of the document so far
  bool flow = false;         // the document is one flow collection
  while (!text.empty()) {
    const std::string_view rest = text;
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const size_t first = FirstWritten(line);
    if (first == line.size() || line[first] == '#') continue;
    if (line.starts_with("---")) {
      least = text.npos;
      flow = line.find_first_of("{[") != line.npos;
    }
    const bool root = flow || first <= least;
    if (root && line[first] == ':') return true;  // of "? key" above
    flow |=
        root && (line[first] == '{' || line[first] == '[') && !line.substr(first).starts_with("{{");
    if (HasTellingKey(line, rest, root)) return true;
    // Lines of a template may stand anywhere.
    if (!line.starts_with("---") && !line.substr(first).starts_with("{{")) {
      least = std::min(least, first);
    }
  }
  return false;
}

std::string_view YamlKindName(YamlKind kind) {
  switch (kind) {
    case YamlKind::kUnknown:
      return "YAML document";
    case YamlKind::kKubernetes:
      return "Kubernetes object";
    case YamlKind::kKustomization:
      return "kustomization";
    case YamlKind::kRayClusterValues:
      return "values of the ray-cluster chart";
    case YamlKind::kCompose:
      return "compose file";
    case YamlKind::kGithubWorkflow:
      return "GitHub workflow";
    case YamlKind::kGithubAction:
      return "GitHub action";
    case YamlKind::kGitlabCi:
      return "GitLab CI file";
    case YamlKind::kCircleCi:
      return "CircleCI file";
    case YamlKind::kAzurePipeline:
      return "Azure pipeline";
    case YamlKind::kCondaEnvironment:
      return "conda environment";
    case YamlKind::kCondarc:
      return "conda configuration";
    case YamlKind::kServeConfig:
      return "Ray Serve config";
    case YamlKind::kClusterLauncher:
      return "Ray cluster launcher file";
    case YamlKind::kRuntimeEnv:
      return "Ray runtime_env";
    case YamlKind::kAnyscaleConfig:
      return "Anyscale config";
    case YamlKind::kAnyscaleClusterEnv:
      return "Anyscale cluster environment";
  }
  return "";
}

}  // namespace oakum
