#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/ci_matrix.h"
#include "analyzer/model/gitlab_files.h"
#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_workflow.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

constexpr int kMaxScriptNesting = 8;
constexpr size_t kMostExtended = 32;
constexpr size_t kMaxRepeated = 64;  // scripts that are read for another job, too

class Gitlab {
 public:
  Gitlab(const GitlabFiles& files, Facts& facts) : files_(files), facts_(facts) {}

  // A job that runs.
  void Job(std::string_view name, const YamlNode& node) { Section(name, node, true); }
  // What is there for jobs to take over: nothing of it that one has been read with is read again.
  void Shared(std::string_view name, const YamlNode& node) { Section(name, node, false); }

 private:
  // A job's mapping, then those it extends: of several, the last counts first
  // (docs.gitlab.com/ci/yaml/#extends).
  using Chain = std::vector<const YamlNode*>;

  void Section(std::string_view name, const YamlNode& node, bool runs) {
    if (!node.IsMapping()) return;
    runs_ = runs;
    Chain chain;
    std::set<const YamlNode*> visited;
    AddToChain(node, chain, visited);
    // A job that an included file has, too, takes over what it does not say itself.
    for (const YamlNode* same : files_.Named(name)) AddToChain(*same, chain, visited);
    CiJob job;
    job.name = name;
    job.matrix = GitlabMatrix(In(chain, "parallel"));
    for (auto part = chain.rbegin(); part != chain.rend(); ++part) Variables(**part, job);
    // One shell runs before_script and script.
    Script({&InJob(chain, "before_script"), &In(chain, "script")}, job);
    Script({&InJob(chain, "after_script")}, job);
    const YamlNode& artifacts = In(chain, "artifacts");
    Keep(artifacts["paths"], CiKeep::Kind::kArtifact, job, artifacts["exclude"]);
    Caches(InJob(chain, "cache"), job);
    if (!job.steps.empty()) facts_.ci_jobs.push_back(std::move(job));
  }

  void AddToChain(const YamlNode& job, Chain& chain, std::set<const YamlNode*>& visited) const {
    if (!job.IsMapping() || chain.size() > kMostExtended || !visited.insert(&job).second) return;
    chain.push_back(&job);
    const YamlNode& extends = job["extends"];
    if (extends.IsScalar()) AddNamed(extends.text(), chain, visited);
    for (auto name = extends.entries.rbegin(); name != extends.entries.rend(); ++name) {
      AddNamed(name->value->text(), chain, visited);
    }
  }

  void AddNamed(std::string_view name, Chain& chain, std::set<const YamlNode*>& visited) const {
    for (const YamlNode* job : files_.Named(name)) AddToChain(*job, chain, visited);
  }

  const YamlNode& In(const Chain& chain, std::string_view key) const {
    for (const YamlNode* part : chain) {
      if (part->Find(key) != nullptr) return (*part)[key];
    }
    return (*chain[0])[key];
  }

  // With the defaults of all jobs, which a job that does not run has none of.
  const YamlNode& InJob(const Chain& chain, std::string_view key) const {
    const YamlNode& own = In(chain, key);
    if (own || !runs_) return own;
    for (const YamlNode* standard : files_.Named("default")) {
      if (standard->Find(key) != nullptr) return (*standard)[key];
    }
    const std::vector<const YamlNode*> global = files_.Named(key);
    return global.empty() ? own : *global[0];
  }

  void Variables(const YamlNode& node, CiJob& job) {
    const YamlNode& variables = node["variables"];
    if (!variables) return;
    const auto [at, is_new] = variables_.try_emplace(&variables);
    if (is_new) {
      const size_t before = facts_.settings.size();
      LowerEnvironment(variables, SettingScope::kCi, GitlabVariables, facts_);
      for (size_t i = before; i < facts_.settings.size(); ++i) {
        const Setting& setting = facts_.settings[i];
        at->second.push_back({setting.name, setting.value, setting.span});
      }
    }
    constexpr size_t kMost = 256;
    for (const CiValue& value : at->second) {
      if (job.environment.size() < kMost) job.environment.push_back(value);
    }
  }

  // The lines of a script, which may be nested lists (by anchors) and `!reference [job, key]`.
  void AppendLines(const YamlNode& script, Value::Builder& out, int depth) const {
    if (script.IsScalar()) {
      const Span span = script.value.ToSource();
      out.Append(script.value);
      out.AppendDecoded("\n", {span.end, span.end});
    }
    if (!script.IsSequence() || depth >= kMaxScriptNesting) return;
    if (script.tag == "!reference") {
      return AppendLines(Referred(script), out, depth + 1);
    }
    for (const YamlEntry& line : script.entries) AppendLines(*line.value, out, depth + 1);
  }

  // What `!reference [job, key]` names.
  const YamlNode& Referred(const YamlNode& reference) const {
    const std::string_view name =
        reference.entries.empty() ? std::string_view() : reference.entries[0].value->text();
    for (const YamlNode* at : files_.Named(name)) {
      for (size_t i = 1; i < reference.entries.size(); ++i) {
        at = &(*at)[reference.entries[i].value->text()];
      }
      if (*at) return *at;
    }
    return YamlNode::Missing();
  }

  void Script(std::initializer_list<const YamlNode*> parts, CiJob& job) {
    bool is_new = false;
    for (const YamlNode* part : parts) is_new |= *part && seen_.insert(part).second;
    if (!is_new && (!runs_ || repeated_++ >= kMaxRepeated)) return;
    Value::Builder script;
    CiStep step;
    for (const YamlNode* part : parts) {
      AppendLines(*part, script, 0);
      if (*part) step.span = part->span;
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

  void Keep(const YamlNode& paths, CiKeep::Kind kind, CiJob& job,
            const YamlNode& exclude = YamlNode::Missing()) {
    if (!paths.IsSequence() || !seen_.insert(&paths).second) return;
    CiKeep keep;
    keep.kind = kind;
    keep.span = paths.span;
    for (const YamlEntry& path : paths.entries) {
      if (path.value->IsScalar()) keep.paths.push_back(GitlabVariables(path.value->value));
    }
    for (const YamlEntry& path : exclude.entries) {
      if (!path.value->IsScalar()) continue;
      Value::Builder pattern;
      pattern.AppendDecoded("!", path.value->span);
      pattern.Append(GitlabVariables(path.value->value));
      keep.paths.push_back(std::move(pattern).Build());
    }
    CiStep step;
    step.span = paths.span;
    step.first_command = step.end_command = static_cast<uint32_t>(facts_.commands.size());
    step.keep = std::move(keep);
    job.steps.push_back(std::move(step));
  }

  const GitlabFiles& files_;
  Facts& facts_;
  std::set<const YamlNode*> seen_;
  std::map<const YamlNode*, std::vector<CiValue>> variables_;
  bool runs_ = false;  // the section that is being read
  size_t repeated_ = 0;
};

}  // namespace

void LowerGitlabCi(const YamlNode& root, const Source& source, const ModuleFinder& find,
                   Facts& facts) {
  const GitlabFiles files(root, source, find, facts);
  Gitlab gitlab(files, facts);
  // What a job takes over from a hidden one or the defaults is read with the job.
  std::vector<const YamlEntry*> jobs;
  for (const YamlNode* each : files.roots()) {
    for (const YamlEntry* job : each->Pairs()) jobs.push_back(job);
  }
  const auto shared = [](const YamlEntry* job) {
    return job->key->text().starts_with('.') || job->key->text() == "default";
  };
  for (const YamlEntry* job : jobs) {
    if (!shared(job)) gitlab.Job(job->key->text(), *job->value);
  }
  for (const YamlNode* each : files.roots()) gitlab.Shared("", *each);
  for (const YamlEntry* job : jobs) {
    if (shared(job)) gitlab.Shared(job->key->text(), *job->value);
  }
}

}  // namespace oakum
