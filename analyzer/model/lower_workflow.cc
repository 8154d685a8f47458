#include "analyzer/model/lower_workflow.h"

#include <set>
#include <string_view>
#include <utility>

#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

// "bash -eo pipefail {0}" is bash; an empty one is the runner's default.
bool IsPosixShell(std::string_view shell) {
  const std::string_view name = shell.substr(0, shell.find(' '));
  return name == "bash" || name == "sh";
}

class Github {
 public:
  explicit Github(Facts& facts) : facts_(facts) {}

  void Workflow(const YamlNode& root) {
    Environment(root["env"]);
    const std::string_view shell = root["defaults"]["run"]["shell"].text();
    for (const YamlEntry* job : root["jobs"].Pairs()) Job(*job->value, shell);
  }

  void Steps(const YamlNode& steps, std::string_view default_shell) {
    if (!steps.IsSequence()) return;
    for (const YamlEntry& step : steps.entries) {
      if (step.value->IsMapping()) Step(*step.value, default_shell);
    }
  }

 private:
  void Environment(const YamlNode& environment) {
    if (!seen_.insert(&environment).second) return;  // an anchor used twice
    LowerEnvironment(environment, SettingScope::kCi, GithubExpressions, facts_);
  }

  void Job(const YamlNode& job, std::string_view default_shell) {
    Environment(job["env"]);
    Environment(job["container"]["env"]);
    for (const YamlEntry* service : job["services"].Pairs()) Environment((*service->value)["env"]);
    std::string_view shell = job["defaults"]["run"]["shell"].text();
    if (shell.empty()) shell = default_shell;
    if (shell.empty()) {
      shell = job["runs-on"].text().starts_with("windows") ? "pwsh" : "bash";
    }
    Environment(job["with"]);  // a reusable workflow
    Steps(job["steps"], shell);
  }

  void Step(const YamlNode& step, std::string_view default_shell) {
    Environment(step["env"]);
    Environment(step["with"]);
    if (step["uses"].text().starts_with("docker/build-push-action@")) Build(step["with"]);
    const YamlNode& run = step["run"];
    const std::string_view own = step["shell"].text();
    if (!run.IsScalar() || !IsPosixShell(own.empty() ? default_shell : own)) return;
    if (!seen_.insert(&run).second) return;
    LowerShellText(GithubExpressions(run.value), CommandHost::kCi, facts_);
  }

  // https://github.com/docker/build-push-action#inputs: paths are those of the checkout.
  void Build(const YamlNode& with) {
    if (!seen_builds_.insert(&with).second) return;
    BuildRequest request;
    request.base = BuildRequest::Base::kRepository;
    request.context = GithubExpressions(with["context"].value);
    request.dockerfile = GithubExpressions(with["file"].value);
    request.target = TargetName(GithubExpressions(with["target"].value));
    request.target_span = with["target"].span;
    request.exports_all_stages = ExportsAllStages(with["cache-to"].value);
    request.cache_span = with["cache-to"].span;
    request.arguments = BuildArgumentLines(GithubExpressions(with["build-args"].value));
    facts_.build_requests.push_back(std::move(request));
  }

  Facts& facts_;
  std::set<const YamlNode*> seen_builds_;
  std::set<const YamlNode*> seen_;
};

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

}  // namespace

void LowerGithubWorkflow(const YamlNode& root, Facts& facts) {
  Github(facts).Workflow(root);
}

void LowerGithubAction(const YamlNode& root, Facts& facts) {
  Github(facts).Steps(root["runs"]["steps"], "bash");
}

void LowerGitlabCi(const YamlNode& root, Facts& facts) {
  std::set<const YamlNode*> seen;
  const auto section = [&](const YamlNode& node) {
    if (!node.IsMapping()) return;
    const YamlNode& variables = node["variables"];
    if (seen.insert(&variables).second) {
      LowerEnvironment(variables, SettingScope::kCi, GitlabVariables, facts);
    }
    // One shell runs before_script and script.
    Value::Builder script;
    for (const char* key : {"before_script", "script"}) {
      if (seen.insert(&node[key]).second) AppendLines(node[key], script, 0);
    }
    if (!script.empty()) LowerShellText(std::move(script).Build(), CommandHost::kCi, facts);
    Value::Builder after;
    if (seen.insert(&node["after_script"]).second) AppendLines(node["after_script"], after, 0);
    if (!after.empty()) LowerShellText(std::move(after).Build(), CommandHost::kCi, facts);
  };
  // What a job takes over from a hidden one (anchors) is read with the job.
  const auto jobs = root.Pairs();
  const auto hidden = [](const YamlEntry* job) { return job->key->text().starts_with('.'); };
  for (const YamlEntry* job : jobs) {
    if (!hidden(job)) section(*job->value);
  }
  section(root);
  for (const YamlEntry* job : jobs) {
    if (hidden(job)) section(*job->value);
  }
}

}  // namespace oakum
