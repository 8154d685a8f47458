#include <set>
#include <string>
#include <utility>

#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_workflow.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

constexpr int kMaxScriptNesting = 8;

// The lines of a script, which may be nested lists (anchors and !reference make them).
void AppendLines(const YamlNode& script, Value::Builder& out, int depth) {
  if (script.IsScalar()) {
    const Span span = script.value.ToSource();
    out.Append(script.value);
    out.AppendDecoded("\n", {span.end, span.end});
  }
  if (!script.IsSequence() || depth >= kMaxScriptNesting) return;
  for (const YamlEntry& line : script.entries) AppendLines(*line.value, out, depth + 1);
}

class Gitlab {
 public:
  explicit Gitlab(Facts& facts) : facts_(facts) {}

  // A job, the defaults of all jobs, or the file, which may have scripts of its own.
  void Section(std::string_view name, const YamlNode& node) {
    if (!node.IsMapping()) return;
    CiJob job;
    job.name = name;
    if (const YamlNode& variables = node["variables"]; seen_.insert(&variables).second) {
      const size_t before = facts_.settings.size();
      LowerEnvironment(variables, SettingScope::kCi, GitlabVariables, facts_);
      for (size_t i = before; i < facts_.settings.size(); ++i) {
        const Setting& setting = facts_.settings[i];
        job.environment.push_back({setting.name, setting.value, setting.span});
      }
    }
    // One shell runs before_script and script.
    Script({&node["before_script"], &node["script"]}, job);
    Script({&node["after_script"]}, job);
    Keep(node["artifacts"]["paths"], CiKeep::Kind::kArtifact, job);
    Caches(node["cache"], job);
    if (!job.steps.empty()) facts_.ci_jobs.push_back(std::move(job));
  }

 private:
  void Script(std::initializer_list<const YamlNode*> parts, CiJob& job) {
    Value::Builder script;
    CiStep step;
    for (const YamlNode* part : parts) {
      if (!seen_.insert(part).second) continue;
      AppendLines(*part, script, 0);
      step.span = part->span;
    }
    if (script.empty()) return;
    step.first_command = static_cast<uint32_t>(facts_.commands.size());
    LowerShellText(std::move(script).Build(), CommandHost::kCi, facts_);
    step.end_command = static_cast<uint32_t>(facts_.commands.size());
    job.steps.push_back(std::move(step));
  }

  // One cache or several.
  void Caches(const YamlNode& cache, CiJob& job) {
    Keep(cache["paths"], CiKeep::Kind::kCache, job);
    if (!cache.IsSequence()) return;
    for (const YamlEntry& each : cache.entries) {
      Keep((*each.value)["paths"], CiKeep::Kind::kCache, job);
    }
  }

  void Keep(const YamlNode& paths, CiKeep::Kind kind, CiJob& job) {
    if (!paths.IsSequence() || !seen_.insert(&paths).second) return;
    CiKeep keep;
    keep.kind = kind;
    keep.span = paths.span;
    for (const YamlEntry& path : paths.entries) {
      if (path.value->IsScalar()) keep.paths.push_back(GitlabVariables(path.value->value));
    }
    CiStep step;
    step.span = paths.span;
    step.first_command = step.end_command = static_cast<uint32_t>(facts_.commands.size());
    step.keep = std::move(keep);
    job.steps.push_back(std::move(step));
  }

  Facts& facts_;
  std::set<const YamlNode*> seen_;
};

}  // namespace

void LowerGitlabCi(const YamlNode& root, Facts& facts) {
  Gitlab gitlab(facts);
  // What a job takes over from a hidden one (anchors) is read with the job.
  const auto jobs = root.Pairs();
  const auto hidden = [](const YamlEntry* job) { return job->key->text().starts_with('.'); };
  for (const YamlEntry* job : jobs) {
    if (!hidden(job)) gitlab.Section(job->key->text(), *job->value);
  }
  gitlab.Section("", root);
  for (const YamlEntry* job : jobs) {
    if (hidden(job)) gitlab.Section(job->key->text(), *job->value);
  }
}

}  // namespace oakum
