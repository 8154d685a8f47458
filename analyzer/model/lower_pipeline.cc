#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_workflow.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

constexpr int kMaxNesting = 6;

Value AsWritten(const Value& value) {
  return value;
}

// Puts a hole in for every `$(NAME)` that is a variable.
template <typename IsVariable>
Value FillIn(const Value& text, IsVariable is_variable) {
  const std::string_view raw = text.text();
  Value::Builder out;
  size_t copied = 0;
  for (size_t at = raw.find("$("); at != raw.npos; at = raw.find("$(", at + 1)) {
    const size_t end = raw.find(')', at);
    if (end == raw.npos) break;
    const std::string_view name = raw.substr(at + 2, end - at - 2);
    if (!is_variable(name)) continue;
    Hole hole;
    hole.name = name;
    hole.origin = NamesSecret(name) ? HoleOrigin::kCiSecret : HoleOrigin::kCiExpression;
    const Span whole{static_cast<uint32_t>(at), static_cast<uint32_t>(end + 1)};
    hole.span = text.ToSource(whole);
    out.Append(text.Slice({static_cast<uint32_t>(copied), whole.begin}));
    out.Append(std::move(hole));
    copied = end + 1;
    at = end;
  }
  out.Append(text.Slice(static_cast<uint32_t>(copied)));
  return std::move(out).Build();
}

// `$(Build.ArtifactStagingDirectory)` where no shell reads it.
Value AzureVariables(const Value& text) {
  return FillIn(text, [](std::string_view) { return true; });
}

// Whether `$(NAME)` in a script is a variable of the pipeline: the agent knows which are, a reader
// tells them from commands by their dots and capitals.
bool IsAzureMacro(std::string_view name) {
  const bool word = !name.empty() && !IsDigit(name[0]) &&
                    std::all_of(name.begin(), name.end(),
                                [](char c) { return IsAlnum(c) || c == '_' || c == '.'; });
  return word && std::any_of(name.begin(), name.end(),
                             [](char c) { return c == '.' || (c >= 'A' && c <= 'Z'); });
}

// The same in a script, where what is no variable is a command.
Value AzureMacros(const Value& text) {
  return FillIn(text, IsAzureMacro);
}

// The root of a workspace; empty for the folder that jobs start in.
Value CircleRoot(const YamlNode& root) {
  const std::string_view text = root.text();
  const bool start = text == "." || text == "./" || text == "~/project" ||
                     text == "/root/project" || text == "/home/circleci/project" ||
                     text == "~/repo" || text == "/app";
  return start ? Value() : root.value;
}

// Jobs whose steps are mappings with one telling key each.
class Pipeline {
 public:
  // `fill_in` is what the CI system does with a script before a shell gets it.
  Pipeline(Facts& facts, Value (*fill_in)(const Value&)) : facts_(facts), fill_in_(fill_in) {}

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
    LowerShellText(fill_in_(script.value), CommandHost::kCi, facts_);
    step.end_command = static_cast<uint32_t>(facts_.commands.size());
    job_.steps.push_back(std::move(step));
  }

  // `paths`: one or a list, below `root` if there is one.
  void Keep(const YamlNode& paths, CiKeep::Kind kind, const Value& root = {}) {
    if (!paths || !seen_.insert(&paths).second) return;
    CiKeep keep;
    keep.kind = kind;
    keep.span = paths.span;
    if (paths.IsScalar()) keep.paths.push_back(Below(root, paths.value));
    for (const YamlEntry& path : paths.entries) {
      if (path.value->IsScalar()) keep.paths.push_back(Below(root, path.value->value));
    }
    CiStep step;
    step.span = paths.span;
    step.first_command = step.end_command = static_cast<uint32_t>(facts_.commands.size());
    step.keep = std::move(keep);
    job_.steps.push_back(std::move(step));
  }

 private:
  static Value Below(const Value& root, const Value& path) {
    if (root.empty()) return AzureVariables(path);
    Value::Builder joined;
    joined.Append(root);
    joined.AppendDecoded("/", {root.ToSource().end, root.ToSource().end});
    joined.Append(path);
    return AzureVariables(std::move(joined).Build());
  }

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
  Value (*const fill_in_)(const Value&);
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
    const YamlNode& persisted = step["persist_to_workspace"];
    pipeline.Keep(persisted["paths"], CiKeep::Kind::kArtifact, CircleRoot(persisted["root"]));
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
    } else if (task.starts_with("PublishBuildArtifacts@")) {
      const YamlNode& path = inputs["PathtoPublish"];
      pipeline.Keep(path ? path : inputs["pathToPublish"], CiKeep::Kind::kArtifact);
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
  Pipeline pipeline(facts, CircleCiParameters);
  for (const char* section : {"jobs", "commands"}) {
    for (const YamlEntry* job : root[section].Pairs()) {
      pipeline.Begin(job->key->text(), (*job->value)["environment"]);
      CircleSteps((*job->value)["steps"], pipeline, 0);
      pipeline.End();
    }
  }
}

void LowerAzurePipeline(const YamlNode& root, Facts& facts) {
  Pipeline pipeline(facts, AzureMacros);
  pipeline.Begin("", root["variables"]);
  AzureSteps(root["steps"], pipeline);
  pipeline.End();
  AzureJobs(root["jobs"], pipeline);
  if (!root["stages"].IsSequence()) return;
  for (const YamlEntry& stage : root["stages"].entries) AzureJobs((*stage.value)["jobs"], pipeline);
}

}  // namespace oakum
