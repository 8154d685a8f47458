// Every place outside programs that holds a runtime_env (ray.md 1.8): files of their own, Serve
// configs, KubeRay's embedded texts, Anyscale and cluster-launcher files, command-line flags,
// environment variables.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string_view>

#include "analyzer/base/source.h"
#include "analyzer/model/command.h"
#include "analyzer/model/facts.h"
#include "analyzer/syntax/data_tree.h"

namespace oakum {

struct YamlNode;

// A JSON file: a runtime_env, alone or under a key `runtime_env`, and the URIs of all other
// strings.
void LowerJson(const Source& source, Facts& facts);

// A YAML document of the kind that the name says.
void LowerRuntimeEnvFile(const DataTree& tree, Facts& facts);
void LowerServeConfig(const DataTree& tree, Facts& facts);
void LowerClusterLauncher(const DataTree& tree, Facts& facts);
void LowerAnyscaleRuntimeEnv(const DataTree& tree, Facts& facts);

// What the top level of an Anyscale job, service or workspace is to Ray. REQUIRES: the root is a
// map.
RuntimeEnv ReadAnyscaleRuntimeEnv(const DataTree& tree, const RuntimeEnvUse& use);

// The text of a file that a program writes or hands on: a runtime_env, a Serve config, the body of
// a request to Ray's Jobs API, a manifest. Nothing for other texts.
void LowerRuntimeEnvText(const Value& text, const RuntimeEnvUse& use, Facts& facts);

// A member of a KubeRay object that holds a document: runtimeEnvYAML, serveConfigV2. Nothing for
// other keys.
void LowerRayMember(const Value& key, const Value& text, bool submitted, Facts& facts);

// A KubeRay object: runtimeEnvYAML, serveConfigV2 and entrypoint, wherever its kind has them.
void LowerRayResource(const YamlNode& root, Facts& facts);

// The flags of `ray job submit`, `serve run|deploy|build` and `kubectl ray job submit`.
void DeriveRuntimeEnv(const Command& command, Facts& facts);

// The runtime_envs in files that facts.commands write, and in what they hand to a command's input
// or to Ray's Jobs API. Runs once, after everything else is lowered.
void CollectWrittenRuntimeEnvs(Facts& facts);

// RAY_RUNTIME_ENV and the other variables that hold one as JSON; `name` stands at `at`.
void DeriveRuntimeEnv(std::string_view name, const Value& value, Span at, Facts& facts);

}  // namespace oakum
