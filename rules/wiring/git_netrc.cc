#include "rules/wiring/git_netrc.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/model/volume_access.h"
#include "rules/wiring/git_fetch.h"

namespace oakum {

namespace {

// git's own image, which starts git with the arguments of the manifest.
bool IsGitImage(const Container& container) {
  const std::string_view image = container.image.text();
  return BaseName(image.substr(0, image.find_first_of("@:", image.rfind('/') + 1))) == "git";
}

// Whether nothing but git runs in the container, as far as its commands tell.
bool RunsGitAlone(const Facts& facts, const Container& container) {
  return std::all_of(facts.commands.begin(), facts.commands.end(), [&](const Command& command) {
    return !container.span.Contains(command.span) || command.Program() == "git" ||
           (IsGitImage(container) && command.Program().empty());
  });
}

bool HasNetrcAtHome(const Container& container) {
  return std::any_of(container.mounts.begin(), container.mounts.end(),
                     [](const VolumeMount& mount) { return IsHomeNetrc(mount.path.text()); });
}

// Whether git alone can want the NETRC of the runtime_env: all it installs is fetched by git.
bool InstallsWithGitAlone(const RuntimeEnv& env) {
  return env.packages.empty() && std::all_of(env.requirements.begin(), env.requirements.end(),
                                             [](const RuntimeEnvRequirement& requirement) {
                                               return requirement.line.text().find(
                                                          "git+https://") != std::string_view::npos;
                                             });
}

class Check {
 public:
  Check(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule), project_(project), document_(document), report_(report) {}

  void Run() const {
    const Facts& facts = document_.facts();
    for (const Command& command : facts.commands) {
      const Value* repository = RepositoryOf(command);
      if (repository == nullptr || HasOtherUse(command)) continue;
      for (const Assignment& assignment : command.environment) {
        if (assignment.name != "NETRC" || IsHomeNetrc(assignment.value.text())) continue;
        Send(assignment.value, assignment.span, *repository);
      }
    }
    if (GitIsServed(facts)) return;
    Settings(facts);
    for (const RuntimeEnv& env : facts.runtime_envs) EnvVars(env);
    for (const KubernetesObject& object : facts.kubernetes) {
      Pods(facts, object);
      for (const PodTemplate& pod : object.pods) {
        for (const Container& container : pod.containers) Clones(facts, container);
      }
    }
  }

 private:
  // Where git runs: by a command of an image, script or job, or in a pod.
  enum class Host { kCommand, kCluster };

  // ENV, export and `env:` of a job.
  void Settings(const Facts& facts) const {
    for (const Setting& setting : facts.settings) {
      const bool scope = setting.scope == SettingScope::kImageEnv ||
                         setting.scope == SettingScope::kShell ||
                         setting.scope == SettingScope::kCi;
      if (setting.name != "NETRC" || !scope || setting.value.empty()) continue;
      if (IsHomeNetrc(setting.value.text())) continue;
      for (const Command& command : facts.commands) {
        const Value* repository = RepositoryOf(command);
        if (repository == nullptr || !NeedsLogin(project_, HostIn(*repository))) continue;
        return Send(setting.value, setting.span, *repository);
      }
    }
  }

  // NETRC beside a requirement that git fetches.
  void EnvVars(const RuntimeEnv& env) const {
    for (const RuntimeEnvVariable& variable : env.env_vars) {
      if (variable.name.text() != "NETRC" || IsHomeNetrc(variable.value.text())) continue;
      for (const RuntimeEnvRequirement& requirement : env.requirements) {
        if (requirement.line.text().find("git+https://") == std::string_view::npos) continue;
        const std::string host = HostIn(requirement.line);
        if (host.empty() || (!InstallsWithGitAlone(env) && !NeedsLogin(project_, host))) continue;
        return Send(variable.value, variable.span, requirement.line, Host::kCluster);
      }
    }
  }

  // A clone in the container's own command.
  void Clones(const Facts& facts, const Container& container) const {
    const EnvVar* netrc = container.Env("NETRC");
    if (netrc == nullptr || netrc->from != EnvVar::From::kValue) return;
    if (IsHomeNetrc(netrc->value.text()) || HasNetrcAtHome(container)) return;
    for (const Command& command : facts.commands) {
      if (!container.span.Contains(command.span)) continue;
      const Value* repository = RepositoryOf(command, IsGitImage(container));
      if (repository == nullptr || HasOtherUse(command)) continue;
      const std::string host = HostIn(*repository);
      if (host.empty() || (!RunsGitAlone(facts, container) && !NeedsLogin(project_, host)))
        continue;
      return Send(netrc->value, netrc->value_span, *repository, Host::kCluster);
    }
  }

  // A requirement of the object's runtime_env that pip fetches with git on the nodes.
  void Pods(const Facts& facts, const KubernetesObject& object) const {
    if (!object.IsRay()) return;
    const auto fetched = std::find_if(facts.uris.begin(), facts.uris.end(), [&](const UriUse& use) {
      return use.role == UriRole::kRequirement && object.span.Contains(use.span) &&
             use.uri.scheme == "git+https" && NeedsLogin(project_, ToLower(use.uri.host.text()));
    });
    if (fetched == facts.uris.end()) return;
    for (const PodTemplate& pod : object.pods) {
      if (pod.containers.empty() || !IsRayContainer(pod, pod.containers[0])) continue;
      const EnvVar* netrc = pod.containers[0].Env("NETRC");
      if (netrc == nullptr || netrc->from != EnvVar::From::kValue) continue;
      if (IsHomeNetrc(netrc->value.text()) || HasNetrcAtHome(pod.containers[0])) return;
      return Report({&document_.source(), netrc->value.ToSource()}, fetched->span, Host::kCluster);
    }
  }

  void Send(const Value& value, Span otherwise, const Value& repository,
            Host host = Host::kCommand) const {
    const Span place = value.ToSource();
    const bool there = !value.empty() && otherwise.Contains(place);
    Report({&document_.source(), there ? place : otherwise}, repository.ToSource(), host);
  }

  void Report(Location where, Span repository, Host host) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = where;
    finding.anchor = "git NETRC";
    finding.message =
        "git fetches this repository, and git reads NETRC only with libcurl 8.16 or newer; with "
        "any older one it looks at ~/.netrc alone and goes out anonymous.";
    finding.label = "not read by git";
    finding.steps.push_back({{&document_.source(), repository}, "fetched by git"});
    finding.help =
        host == Host::kCluster
            ? "mount the netrc where git looks, at .netrc of the user's home, with the key as "
              "subPath (in the Ray containers `mountPath: /home/ray/.netrc`), or set a credential "
              "helper"
            : "put the netrc at $HOME/.netrc for this command (a secret mount with `target=`), or "
              "set a credential helper";
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Project& project_;
  const Document& document_;
  const oakum::Report& report_;
};

}  // namespace

void CheckGitNetrc(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  Check(rule, project, document, report).Run();
}

}  // namespace oakum
