#include <set>
#include <string>
#include <utility>

#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_workflow.h"

namespace oakum {

namespace {

constexpr int kMaxNesting = 6;

Value AsWritten(const Value& value) {
  return value;
}

// Jobs whose steps are mappings with one telling key each.
class Pipeline {
 public:
  explicit Pipeline(Facts& facts) : facts_(facts) {}

  void Begin(std::string_view name, const YamlNode& environment) {
    job_ = {};
    job_.name = name;
    job_.environment = Environment(environment);
  }

  void End() {
    if (!job_.steps.empty()) facts_.ci_jobs.push_back(std::move(job_));
  }

  void Script(const YamlNode& script, const YamlNode& environment, const YamlNode& folder) {
    if (!script.IsScalar() || !seen_.insert(&script).second) return;
    CiStep step;
    step.span = script.span;
    step.environment = Environment(environment);
    step.folder = folder.value;
    step.first_command = static_cast<uint32_t>(facts_.commands.size());
    LowerShellText(script.value, CommandHost::kCi, facts_);
    step.end_command = static_cast<uint32_t>(facts_.commands.size());
    job_.steps.push_back(std::move(step));
  }

  // `paths`: one or a list.
  void Keep(const YamlNode& paths, CiKeep::Kind kind) {
    if (!paths || !seen_.insert(&paths).second) return;
    CiKeep keep;
    keep.kind = kind;
    keep.span = paths.span;
    if (paths.IsScalar()) keep.paths.push_back(paths.value);
    for (const YamlEntry& path : paths.entries) {
      if (path.value->IsScalar()) keep.paths.push_back(path.value->value);
    }
    CiStep step;
    step.span = paths.span;
    step.first_command = step.end_command = static_cast<uint32_t>(facts_.commands.size());
    step.keep = std::move(keep);
    job_.steps.push_back(std::move(step));
  }

 private:
  std::vector<CiValue> Environment(const YamlNode& environment) {
    std::vector<CiValue> values;
    if (!environment || !seen_.insert(&environment).second) return values;
    const size_t before = facts_.settings.size();
    LowerEnvironment(environment, SettingScope::kCi, AsWritten, facts_);
    for (size_t i = before; i < facts_.settings.size(); ++i) {
      const Setting& setting = facts_.settings[i];
      values.push_back({setting.name, setting.value, setting.span});
    }
    return values;
  }

  Facts& facts_;
  CiJob job_;
  std::set<const YamlNode*> seen_;
};

void CircleSteps(const YamlNode& steps, Pipeline& pipeline, int depth) {
  if (!steps.IsSequence() || depth > kMaxNesting) return;
  for (const YamlEntry& entry : steps.entries) {
    const YamlNode& step = *entry.value;
    const YamlNode& run = step["run"];
    const YamlNode& script = run.IsMapping() ? run["command"] : run;
    pipeline.Script(script, run["environment"], run["working_directory"]);
    pipeline.Keep(step["store_artifacts"]["path"], CiKeep::Kind::kArtifact);
    pipeline.Keep(step["save_cache"]["paths"], CiKeep::Kind::kCache);
    CircleSteps(step["when"]["steps"], pipeline, depth + 1);
  }
}

void AzureSteps(const YamlNode& steps, Pipeline& pipeline) {
  if (!steps.IsSequence()) return;
  for (const YamlEntry& entry : steps.entries) {
    const YamlNode& step = *entry.value;
    for (const char* key : {"script", "bash"}) {
      pipeline.Script(step[key], step["env"], step["workingDirectory"]);
    }
    pipeline.Keep(step["publish"], CiKeep::Kind::kArtifact);
    const YamlNode& inputs = step["inputs"];
    const std::string_view task = step["task"].text();
    if (task.starts_with("PublishPipelineArtifact@")) {
      const YamlNode& path = inputs["targetPath"];
      pipeline.Keep(path ? path : inputs["path"], CiKeep::Kind::kArtifact);
    } else if (task.starts_with("Cache@")) {
      pipeline.Keep(inputs["path"], CiKeep::Kind::kCache);
    }
  }
}

void AzureJobs(const YamlNode& jobs, Pipeline& pipeline) {
  if (!jobs.IsSequence()) return;
  for (const YamlEntry& entry : jobs.entries) {
    const YamlNode& job = *entry.value;
    pipeline.Begin(job["job"].text(), job["variables"]);
    AzureSteps(job["steps"], pipeline);
    AzureSteps(job["strategy"]["runOnce"]["deploy"]["steps"], pipeline);
    pipeline.End();
  }
}

}  // namespace

void LowerCircleCi(const YamlNode& root, Facts& facts) {
  Pipeline pipeline(facts);
  for (const char* section : {"jobs", "commands"}) {
    for (const YamlEntry* job : root[section].Pairs()) {
      pipeline.Begin(job->key->text(), (*job->value)["environment"]);
      CircleSteps((*job->value)["steps"], pipeline, 0);
      pipeline.End();
    }
  }
}

void LowerAzurePipeline(const YamlNode& root, Facts& facts) {
  Pipeline pipeline(facts);
  pipeline.Begin("", root["variables"]);
  AzureSteps(root["steps"], pipeline);
  pipeline.End();
  AzureJobs(root["jobs"], pipeline);
  if (!root["stages"].IsSequence()) return;
  for (const YamlEntry& stage : root["stages"].entries) AzureJobs((*stage.value)["jobs"], pipeline);
}

}  // namespace oakum
