#include "analyzer/model/lower_workflow.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/ci_matrix.h"
#include "analyzer/model/embedded_program.h"
#include "analyzer/model/lower_python.h"
#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

// Actions that build an image with the inputs of docker/build-push-action.
constexpr std::array<std::string_view, 4> kBuildActions = {
    "docker/build-push-action", "depot/build-push-action", "useblacksmith/build-push-action",
    "redhat-actions/buildah-build"};

// Inputs that are scripts: expressions are filled in before their interpreter reads them.
struct ScriptInput {
  std::string_view action;
  std::string_view input;
};
constexpr std::array<ScriptInput, 6> kScriptInputs = {{
    {"actions/github-script", "script"},
    {"appleboy/ssh-action", "script"},
    {"azure/cli", "inlinescript"},
    {"azure/powershell", "inlinescript"},
    {"nick-fields/retry", "command"},
    {"reactivecircus/android-emulator-runner", "script"},
}};

std::vector<CiValue> ValuesOf(const YamlNode& mapping) {
  std::vector<CiValue> values;
  for (const YamlEntry* pair : mapping.Pairs()) {
    if (!pair->key->IsScalar() || !pair->value->IsScalar()) continue;
    values.push_back({std::string(pair->key->text()), GithubExpressions(pair->value->value),
                      Span::Cover(pair->key->span, pair->value->span)});
  }
  return values;
}

// A list with one entry a line.
std::vector<Value> LinesOf(const Value& list) {
  std::vector<Value> lines;
  for (uint32_t begin = 0; begin < list.size();) {
    const auto end =
        static_cast<uint32_t>(std::min(list.text().find('\n', begin), size_t{list.size()}));
    Value line = list.Slice({begin, end}).Trimmed();
    if (!line.empty()) lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

class Github {
 public:
  Github(const Source& source, Facts& facts) : source_(source), facts_(facts) {}

  void Workflow(const YamlNode& root) {
    Environment(root["env"]);
    const YamlNode& run = root["defaults"]["run"];
    for (const YamlEntry* job : root["jobs"].Pairs()) {
      job_ = {};
      job_.name = job->key->text();
      job_.environment = ValuesOf(root["env"]);
      job_.matrix = GithubMatrix((*job->value)["strategy"]["matrix"]);
      Job(*job->value, run);
      facts_.ci_jobs.push_back(std::move(job_));
    }
  }

  void Action(const YamlNode& root) {
    job_ = {};
    Steps(root["runs"]["steps"], "bash", {});
    facts_.ci_jobs.push_back(std::move(job_));
  }

 private:
  void Environment(const YamlNode& environment) {
    if (!seen_.insert(&environment).second) return;  // an anchor used twice
    LowerEnvironment(environment, SettingScope::kCi, GithubExpressions, facts_);
  }

  void Job(const YamlNode& job, const YamlNode& workflow_run) {
    Environment(job["env"]);
    for (CiValue& value : ValuesOf(job["env"])) job_.environment.push_back(std::move(value));
    Environment(job["container"]["env"]);
    for (const YamlEntry* service : job["services"].Pairs()) Environment((*service->value)["env"]);
    std::string_view shell = job["defaults"]["run"]["shell"].text();
    if (shell.empty()) shell = workflow_run["shell"].text();
    if (shell.empty()) {
      shell = job["runs-on"].text().starts_with("windows") ? "pwsh" : "bash";
    }
    const YamlNode& own = job["defaults"]["run"]["working-directory"];
    const YamlNode& folder = own ? own : workflow_run["working-directory"];
    Environment(job["with"]);  // a reusable workflow
    Steps(job["steps"], shell, GithubExpressions(folder.value));
  }

  void Steps(const YamlNode& steps, std::string_view shell, const Value& folder) {
    if (!steps.IsSequence()) return;
    for (const YamlEntry& step : steps.entries) {
      if (step.value->IsMapping()) Step(*step.value, shell, folder);
    }
  }

  void Step(const YamlNode& node, std::string_view default_shell, const Value& default_folder) {
    Environment(node["env"]);
    Environment(node["with"]);
    CiStep step;
    step.environment = ValuesOf(node["env"]);
    step.first_command = step.end_command = static_cast<uint32_t>(facts_.commands.size());
    if (node["uses"].IsScalar()) {
      Uses(node, step);
    } else {
      const YamlNode& folder = node["working-directory"];
      step.folder = folder ? GithubExpressions(folder.value) : default_folder;
      const std::string_view own = node["shell"].text();
      Run(node["run"], own.empty() ? default_shell : own, step);
    }
    job_.steps.push_back(std::move(step));
  }

  void Run(const YamlNode& run, std::string_view shell, CiStep& step) {
    step.span = run.span;
    if (!run.IsScalar() || !seen_.insert(&run).second) return;
    const Value script = GithubExpressions(run.value);
    ScriptSecrets(script, step);
    const std::string_view program = shell.substr(0, shell.find(' '));  // of "bash -e {0}"
    if (IsPythonInterpreter(program)) {
      LowerProgram(script, facts_);
    } else if (IsPosixShell(program)) {
      LowerShellText(script, CommandHost::kCi, facts_);
    } else {
      return;
    }
    step.end_command = static_cast<uint32_t>(facts_.commands.size());
    NameSecrets(script.ToSource(), step);
  }

  // Variables of the job in the script's URIs, as the secrets that they are: `https://$GT@host` of
  // `GT: ${{ secrets.GT }}`, which by its name is none.
  void NameSecrets(Span script, const CiStep& step) {
    for (UriUse& use : facts_.uris) {
      if (!script.Contains(use.span) || !CredentialsIn(use.uri).empty()) continue;
      std::optional<Uri> uri = ParseUri(WithSecrets(use.uri.whole, step));
      if (uri) use.uri = std::move(*uri);
    }
    for (RuntimeEnv& env : facts_.runtime_envs) {
      for (RuntimeEnvPackage& package : env.packages) {
        if (!script.Contains(package.span)) continue;
        const std::optional<Uri> uri = ParseUri(package.value);
        if (uri && CredentialsIn(*uri).empty()) package.value = WithSecrets(package.value, step);
      }
    }
  }

  Value WithSecrets(const Value& value, const CiStep& step) const {
    Value::Builder out;
    uint32_t at = 0;
    for (const Value::PlacedHole& placed : value.holes()) {
      if (placed.hole.origin != HoleOrigin::kEnvironment) continue;
      const CiValue* variable = job_.Variable(step, placed.hole.name);
      const Hole* secret = variable == nullptr ? nullptr : variable->value.OnlyHole();
      if (secret == nullptr || secret->origin != HoleOrigin::kCiSecret) continue;
      out.Append(value.Slice({at, placed.position}));
      Hole hole = *secret;
      hole.span = placed.hole.span;
      out.Append(std::move(hole));
      at = placed.position + 1;
    }
    out.Append(value.Slice(at));
    return std::move(out).Build();
  }

  void Uses(const YamlNode& node, CiStep& step) {
    const std::string_view uses = node["uses"].text();
    const size_t at = std::min(uses.find('@'), uses.size());
    step.uses = ToLower(uses.substr(0, at));
    if (at < uses.size()) step.version = uses.substr(at + 1);
    step.span = node["uses"].span;
    if (!step.Release()) {
      if (std::string comment = VersionBeside(step.span); !comment.empty()) step.version = comment;
    }
    step.inputs = ValuesOf(node["with"]);
    for (const ScriptInput& input : kScriptInputs) {
      if (input.action != step.uses) continue;
      for (const CiValue& value : step.inputs) {
        if (ToLower(value.name) == input.input) ScriptSecrets(value.value, step);
      }
    }
    const auto is_build = std::find(kBuildActions.begin(), kBuildActions.end(), step.uses);
    if (is_build != kBuildActions.end()) Build(node["with"], step);
    if (step.uses == "docker/bake-action") Bake(node["with"], step);
    if (step.uses == "actions/upload-artifact") {
      step.keep = Keep(node["with"], CiKeep::Kind::kArtifact);
      step.keep->hidden = step.Input("include-hidden-files").text() == "true" || KeepsHidden(step);
    } else if (step.uses == "actions/cache" || step.uses == "actions/cache/save") {
      step.keep = Keep(node["with"], CiKeep::Kind::kCache);
      // Saved by the action's post step.
      step.keep->at_end = step.uses == "actions/cache";
    }
  }

  // 3.2 and 4.4 began to leave hidden files out, named ones too.
  static bool KeepsHidden(const CiStep& step) {
    const auto release = step.Release();
    if (!release) return false;
    return *release < std::pair(3, 2) ||
           (*release >= std::pair(4, 0) && *release < std::pair(4, 4));
  }

  static CiKeep Keep(const YamlNode& with, CiKeep::Kind kind) {
    CiKeep keep;
    keep.kind = kind;
    keep.paths = LinesOf(GithubExpressions(with["path"].value));
    keep.span = with["path"].span;
    return keep;
  }

  // "v4.1.1" of `uses: owner/name@COMMIT # v4.1.1`.
  std::string VersionBeside(Span uses) const {
    const std::string_view text = source_.text();
    const size_t end = std::min(text.find('\n', uses.end), text.size());
    const std::string_view rest = text.substr(uses.end, end - uses.end);
    size_t at = rest.find('#');
    if (at == rest.npos) return "";
    at = rest.find_first_not_of(" \t", at + 1);
    if (at == rest.npos) return "";
    const std::string_view word = rest.substr(at, rest.find_first_of(" \t\r", at) - at);
    return std::string(word);
  }

  // https://github.com/docker/build-push-action#inputs: paths are those of the checkout, and
  // without a context the builder fetches the Git ref itself.
  void Build(const YamlNode& with, CiStep& step) {
    BuildRequest request;
    request.base = BuildRequest::Base::kRepository;
    request.tool = step.uses;
    request.span = step.span;
    request.context = GithubExpressions(with["context"].value);
    const bool buildah = step.uses.starts_with("redhat-actions/");
    constexpr std::string_view kDefault = "{{defaultContext}}";
    request.git_context = !buildah && request.context.empty();
    if (request.context.text().starts_with(kDefault)) {
      request.git_context = true;
      const bool below = request.context.text().substr(kDefault.size()).starts_with(':');
      request.context = request.context.Slice(kDefault.size() + (below ? 1 : 0));
    }
    request.dockerfile =
        GithubExpressions(with[buildah ? "containerfiles" : "file"].value).Trimmed();
    request.target = TargetName(GithubExpressions(with["target"].value));
    request.target_span = with["target"].span;
    request.exports_all_stages = ExportsAllStages(with["cache-to"].value);
    request.cache_span = with["cache-to"].span;
    request.arguments = BuildArgumentLines(GithubExpressions(with["build-args"].value));
    request.contexts = NamedContextLines(GithubExpressions(with["build-contexts"].value));
    request.tags = LinesOf(GithubExpressions(with["tags"].value));
    step.build = static_cast<uint32_t>(facts_.build_requests.size());
    facts_.build_requests.push_back(std::move(request));
  }

  // https://github.com/docker/bake-action#inputs: `set` overrides what bake files say.
  void Bake(const YamlNode& with, CiStep& step) {
    BuildRequest request;
    request.base = BuildRequest::Base::kRepository;
    request.tool = step.uses;
    request.span = step.span;
    request.overrides = true;
    request.arguments = OverriddenArguments(GithubExpressions(with["set"].value));
    if (request.arguments.empty()) return;
    step.build = static_cast<uint32_t>(facts_.build_requests.size());
    facts_.build_requests.push_back(std::move(request));
  }

  // The secrets that stand in a script's text, outside of lines that are comments.
  void ScriptSecrets(const Value& script, const CiStep& step) {
    for (const Value::PlacedHole& placed : script.holes()) {
      const Hole& hole = placed.hole;
      std::string secret;
      if (hole.origin == HoleOrigin::kCiSecret) {
        secret = hole.name;
      } else if (hole.name.starts_with("env.")) {
        const CiValue* variable = job_.Variable(step, std::string_view(hole.name).substr(4));
        const Hole* inner = variable == nullptr ? nullptr : variable->value.OnlyHole();
        if (inner != nullptr && inner->origin == HoleOrigin::kCiSecret) secret = inner->name;
      }
      if (secret.empty() || InComment(script.text(), placed.position)) continue;
      facts_.script_secrets.push_back({hole.name, std::move(secret), hole.span});
    }
  }

  static bool InComment(std::string_view text, uint32_t at) {
    const size_t newline = text.rfind('\n', at);
    const size_t begin = newline == text.npos ? 0 : newline + 1;
    const size_t first = text.find_first_not_of(" \t", begin);
    return text[first] == '#' || text.substr(first).starts_with("//");
  }

  const Source& source_;
  Facts& facts_;
  CiJob job_;
  std::set<const YamlNode*> seen_;
};

}  // namespace

void LowerGithubWorkflow(const YamlNode& root, const Source& source, Facts& facts) {
  Github(source, facts).Workflow(root);
}

void LowerGithubAction(const YamlNode& root, const Source& source, Facts& facts) {
  Github(source, facts).Action(root);
}

}  // namespace oakum
