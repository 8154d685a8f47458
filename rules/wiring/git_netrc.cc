#include "rules/wiring/git_netrc.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/model/command_option.h"
#include "analyzer/model/volume_access.h"

namespace oakum {

namespace {

// Forges whose repositories are more often public than not.
constexpr auto kForges = std::to_array<std::string_view>(
    {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co", "git.sr.ht",
     "gitee.com", "android.googlesource.com", "chromium.googlesource.com"});

// The host of the first https repository in the text; empty if there is none or it is filled in.
std::string HostIn(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  const size_t begin = text.find(kScheme);
  if (begin == text.npos) return "";
  text.remove_prefix(begin + kScheme.size());
  const std::string_view host = text.substr(0, text.find_first_of("/:?#"));
  const bool plain = host.find(Value::kHoleByte) == host.npos && host.find('@') == host.npos;
  return plain ? ToLower(host) : std::string();
}

// The repository that git fetches for this command; null if it fetches none.
const Value* RepositoryOf(const Command& command) {
  const bool git = command.Program() == "git";
  if (git && !HasWord(command, "clone") && !HasWord(command, "fetch") &&
      !HasWord(command, "ls-remote") && !HasWord(command, "pull")) {
    return nullptr;
  }
  for (const Value& word : command.argv) {
    const std::string_view text = word.text();
    if (git ? text.starts_with("https://") : text.find("git+https://") != text.npos) return &word;
  }
  return nullptr;
}

// pip may want the netrc for its index.
bool HasOtherUse(const Command& command) {
  return command.Program() != "git" &&
         std::any_of(command.argv.begin(), command.argv.end(), [](const Value& word) {
           const std::string_view text = word.text();
           return text.find("index-url") != text.npos || text == "-i" || text == "-r";
         });
}

// Where git itself looks for a netrc.
bool IsHomeNetrc(std::string_view path) {
  if (!path.ends_with("/.netrc")) return false;
  const std::string_view home = path.substr(0, path.size() - 7);
  return home == "~" || home == "/root" || home.find(Value::kHoleByte) != home.npos ||
         home.find("HOME") != home.npos || ParentPath(home) == "/home";
}

// Whether something here gives git its login another way, or puts a netrc where it looks.
bool GitIsServed(const Facts& facts) {
  for (const NetrcContent& netrc : facts.netrcs) {
    if (netrc.origin == NetrcOrigin::kCommand && IsHomeNetrc(netrc.path)) return true;
  }
  for (const Command& command : facts.commands) {
    for (const Value& word : command.argv) {
      const std::string_view text = word.text();
      if (IsHomeNetrc(text) || text.find("insteadOf") != text.npos ||
          text.find("credential.helper") != text.npos || text.find("extraHeader") != text.npos ||
          text.find("extraheader") != text.npos || text == "setup-git") {
        return true;
      }
    }
  }
  return std::any_of(facts.settings.begin(), facts.settings.end(), [](const Setting& setting) {
    return setting.name == "GIT_ASKPASS" || setting.name.starts_with("GIT_CONFIG_");
  });
}

// Whether an anonymous fetch from the host fails: a private host, or one that a netrc of the tree
// has a login for.
bool NeedsLogin(const Project& project, const std::string& host) {
  if (host.empty()) return false;
  if (std::find(kForges.begin(), kForges.end(), host) == kForges.end()) return true;
  for (const auto& document : project.documents()) {
    for (const NetrcContent& netrc : document->facts().netrcs) {
      for (const NetrcEntry& entry : netrc.netrc.entries) {
        if (entry.machine.value.text() == host) return true;
      }
    }
  }
  return false;
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
    for (const KubernetesObject& object : facts.kubernetes) Pods(facts, object);
  }

 private:
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
        if (repository == nullptr || !NeedsLogin(project_, HostIn(repository->text()))) continue;
        return Send(setting.value, setting.span, *repository);
      }
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
      if (IsHomeNetrc(netrc->value.text())) return;
      return Report({&document_.source(), netrc->value.ToSource()}, fetched->span);
    }
  }

  void Send(const Value& value, Span otherwise, const Value& repository) const {
    const Span place = value.ToSource();
    const bool there = !value.empty() && otherwise.Contains(place);
    Report({&document_.source(), there ? place : otherwise}, repository.ToSource());
  }

  void Report(Location where, Span repository) const {
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
        "put the netrc at $HOME/.netrc for this command (a secret mount with `target=`), or set "
        "a credential helper";
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
