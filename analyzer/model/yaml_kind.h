// What a YAML document is, told by its content.
//
// Names decide little: a Kubernetes manifest, a compose file, a Serve config and a runtime_env may
// all be called config.yaml. Each kind is known by keys that it must have and others have not; the
// path is asked only where the content leaves a choice (GitLab CI, environment.yml). A document
// that fits nothing is kUnknown, which still gets the reading that all YAML gets.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/syntax/yaml.h"

namespace oakum {

enum class YamlKind {
  kUnknown,
  kKubernetes,  // an object or a List: apiVersion and kind
  kKustomization,
  kRayClusterValues,  // values.yaml of KubeRay's ray-cluster chart
  kCompose,
  kGithubWorkflow,
  kGithubAction,  // action.yml
  kGitlabCi,
  kCircleCi,
  kAzurePipeline,
  kCondaEnvironment,  // environment.yml
  kCondarc,
  kServeConfig,         // Ray Serve: applications, or the old single application
  kClusterLauncher,     // `ray up`
  kRuntimeEnv,          // `ray job submit --runtime-env FILE`
  kAnyscaleConfig,      // job, service and workspace files
  kAnyscaleClusterEnv,  // the old cluster environment: base_image or docker_image
};

// REQUIRES: `path` has '/' separators; it may be empty (embedded text).
YamlKind KindOfYaml(const YamlNode& root, std::string_view path);

// The values of KubeRay's ray-cluster chart in a values file: the file itself, or what it has for
// charts that it depends on, under their names or aliases. In the order of the file.
std::vector<const YamlNode*> RayClusterValuesIn(const YamlNode& root);

// Whether a file can hold a document of any kind but kUnknown, or a volume's mode, which is read
// wherever it stands: told from the keys in its text, without parsing it. Generous; linear.
bool MayHaveYamlKind(std::string_view text, std::string_view path);

// For `oakum dump` and messages: "Kubernetes object", "compose file".
std::string_view YamlKindName(YamlKind kind);

}  // namespace oakum
