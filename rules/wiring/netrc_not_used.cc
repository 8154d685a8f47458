// OAK506: a netrc setting that the program it is meant for does not read.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/secret_keys.h"
#include "analyzer/model/volume_access.h"
#include "rules/wiring/unnamed_netrc.h"

namespace oakum {

namespace {

constexpr std::string_view kBearer = "RAY_RUNTIME_ENV_BEARER_TOKEN";

Finding MakeFinding(const Rule& rule, const Document& document, Span where, std::string anchor) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.where = {&document.source(), where};
  finding.anchor = std::move(anchor);
  return finding;
}

Span ValueOr(const Value& value, Span otherwise) {
  return value.empty() ? otherwise : value.ToSource();
}

// --- PIP_NETRC ---

void CheckPipNetrc(const Rule& rule, const Document& document, const Report& report) {
  const auto& settings = document.facts().settings;
  for (const Setting& setting : settings) {
    if (setting.name != "PIP_NETRC") continue;
    const bool beside = std::any_of(settings.begin(), settings.end(), [&](const Setting& other) {
      return other.name == "NETRC" && other.scope == setting.scope;
    });
    Finding finding =
        MakeFinding(rule, document, ValueOr(setting.value, setting.name_span), "PIP_NETRC");
    finding.message =
        "pip has no option `--netrc`, so PIP_NETRC is read by nobody: pip takes the file that "
        "NETRC names, or ~/.netrc.";
    finding.label = "not read";
    finding.help = "write NETRC in place of PIP_NETRC";
    if (beside) {
      finding.severity = Severity::kNote;
      finding.message = "PIP_NETRC is read by nobody; the NETRC beside it is what pip takes.";
      finding.help = "leave PIP_NETRC out";
    } else if (!setting.name_span.empty()) {
      finding.fixes.push_back(
          {"Rename it to NETRC", false, {{{&document.source(), setting.name_span}, "NETRC"}}});
    }
    report(std::move(finding));
  }
}

// --- env_vars of a runtime_env ---

bool IsDownloaded(const RuntimeEnvPackage& package) {
  const std::string_view text = package.value.text();
  return text.starts_with("http://") || text.starts_with("https://");
}

// Whether a Ray container of the tree has the variable in its own environment, where it counts.
bool SetOnPods(const Project& project, std::string_view variable) {
  for (const auto& document : project.documents()) {
    for (const KubernetesObject& object : document->facts().kubernetes) {
      for (const PodTemplate& pod : object.pods) {
        for (const Container& container : pod.containers) {
          if (IsRayContainer(pod, container) && container.Env(variable) != nullptr) return true;
        }
      }
    }
  }
  return false;
}

void CheckVariable(const Rule& rule, const Project& project, const Document& document,
                   const RuntimeEnv& env, const RuntimeEnvVariable& variable,
                   const Report& report) {
  const std::string name(variable.name.text());
  const bool bearer = name == kBearer;
  const auto package = std::find_if(env.packages.begin(), env.packages.end(), IsDownloaded);
  if (package == env.packages.end() || (!bearer && name != "NETRC")) return;
  if (!bearer && SetOnPods(project, name)) return;
  Finding finding = MakeFinding(rule, document, ValueOr(variable.value, variable.span),
                                fmt::format("env_vars {}", name));
  finding.message = fmt::format(
      "Ray does not see this {} when it downloads `{}`: the runtime-env agent of the node does "
      "that with its own environment, before `env_vars` are set. The download goes out anonymous.",
      name, package->field);
  finding.label = "not read by the download";
  finding.help = fmt::format(
      "set {} where Ray is started: in the environment of the Ray container of the head and of "
      "every worker group{}",
      name, bearer ? ", from a secretKeyRef" : "");
  if (bearer && ClassifySecret(variable.value) == SecretKind::kLiteral) {
    finding.severity = Severity::kError;
    finding.message += " And the token stands here as plain text, which Ray logs.";
    finding.secrets = {finding.where};
  }
  finding.steps.push_back({{&document.source(), package->span}, "downloaded by the node"});
  report(std::move(finding));
}

// --- git ---

bool FetchesThroughGit(const Command& command) {
  if (command.Program() == "git") {
    return command.argv.size() > 2 &&
           (command.argv[1].text() == "clone" || command.argv[1].text() == "fetch") &&
           std::any_of(command.argv.begin(), command.argv.end(),
                       [](const Value& word) { return word.text().starts_with("https://"); });
  }
  bool git = false, index = false;
  for (const Value& word : command.argv) {
    git = git || word.text().find("git+https://") != std::string_view::npos;
    index = index || word.text().find("index-url") != std::string_view::npos ||
            word.text() == "-i" || word.text() == "-r";
  }
  return git && !index;
}

// A command with NETRC for a repository that git fetches.
void CheckGit(const Rule& rule, const Document& document, const Report& report) {
  for (const Command& command : document.facts().commands) {
    if (!FetchesThroughGit(command)) continue;
    for (const Assignment& assignment : command.environment) {
      if (assignment.name != "NETRC") continue;
      Finding finding =
          MakeFinding(rule, document, ValueOr(assignment.value, assignment.span), "git NETRC");
      finding.message =
          "git fetches this repository, and git reads NETRC only with libcurl 8.16 or newer; with "
          "any older one it looks at ~/.netrc alone and goes out anonymous.";
      finding.label = "not read by git";
      finding.help =
          "put the netrc at $HOME/.netrc for this command (a secret mount with `target=`), or set "
          "a credential helper";
      report(std::move(finding));
    }
  }
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  std::set<Span> reported;
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  CheckPipNetrc(rule, document, once);
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvVariable& variable : env.env_vars) {
      CheckVariable(rule, project, document, env, variable, once);
    }
  }
  CheckGit(rule, document, once);
  const KeysOfSource keys = KeysIn(project);
  for (const KubernetesObject& object : document.facts().kubernetes) {
    CheckUnnamedNetrc(rule, document, object, keys, once);
  }
}

}  // namespace

extern const Rule kNetrcNotUsed = {
    .code = "OAK506",
    .name = "netrc-not-used",
    .severity = Severity::kWarning,
    .summary = "A netrc setting that the program it is meant for does not read.",
    .check_document = Check,
};

}  // namespace oakum
