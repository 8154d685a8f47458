// OAK601: a secret handed to an image build as a build argument.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/engine/build_index.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/ci_secret.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/image_builds.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/container_run.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/path_variable.h"
#include "rules/uri/uri_finding.h"

namespace oakum {
namespace {

// Known to the builder without an ARG, and kept out of the history.
bool IsProxy(std::string_view name) {
  return ToLower(name).ends_with("_proxy");
}

// Written into what every visitor downloads, whatever it is.
bool IsBundled(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"VITE_", "REACT_APP_", "GATSBY_", "VUE_APP_"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

// Whether a rule on URIs speaks of a credential in the entry.
bool HasUriFinding(const Document& document, Span entry) {
  const auto& uris = document.facts().uris;
  return std::any_of(uris.begin(), uris.end(), [entry](const UriUse& use) {
    return entry.Contains(use.span) && ReportableCredential(use.uri).has_value();
  });
}

// What is handed over, without its text.
std::string Subject(const BuildArgument& argument, const CiSecret& secret, bool literal) {
  const std::string& name = argument.name;
  if (literal) return fmt::format("Build argument {} is a secret in plain text", name);
  if (secret) {
    return fmt::format("The CI secret {} is handed to the image build as build argument {}",
                       secret.hole->name, name);
  }
  const Hole* hole = argument.value.OnlyHole();
  if (hole != nullptr && hole->origin == HoleOrigin::kCommand) {
    return fmt::format(
        "What a command reads from a credential store is handed to the image build "
        "as build argument {}",
        name);
  }
  return fmt::format("A secret is handed to the image build as build argument {}", name);
}

class Checker {
 public:
  Checker(const Rule& rule, const Project& project, const BuildSite& site, const Report& report)
      : rule_(rule),
        project_(project),
        site_(site),
        report_(report),
        dockerfiles_(project.builds().DockerfilesOf(*site.document, site.request)) {
    if (dockerfiles_.empty() && site.dockerfile != nullptr) {
      dockerfiles_.push_back(site.dockerfile);
    }
    if (site.job != nullptr && !site.job->matrix.empty()) AddOfMatrix();
  }

  void Run() const {
    for (const BuildArgument& argument : site_.request.arguments) {
      if (!IsDeclared(argument.name)) Argument(argument);
    }
  }

 private:
  // One list of arguments for all builds that the matrix makes: each has those that it declares.
  void AddOfMatrix() {
    for (const BuildSite& other : project_.build_sites()) {
      const bool same = other.document == site_.document && other.dockerfile != nullptr &&
                        other.request.span == site_.request.span;
      if (same) dockerfiles_.push_back(other.dockerfile);
    }
  }

  // Then the ARG is where the finding belongs (OAK206).
  bool IsDeclared(std::string_view name) const {
    return std::any_of(dockerfiles_.begin(), dockerfiles_.end(),
                       [name](const Document* each) { return DeclaresArgument(*each, name); });
  }

  // The Dockerfile is known, and has no such ARG. An override names a target of a bake file.
  bool IsUnused() const { return !dockerfiles_.empty() && !site_.request.overrides; }

  void Argument(const BuildArgument& argument) const {
    const bool literal = IsLiteralSecret(argument);
    const Passed passed = PassedBy(project_, *site_.document, argument);
    if (passed == Passed::kNothing || IsBundled(argument.name)) return;
    const bool unused = IsUnused();
    if (unused && (IsProxy(argument.name) || passed == Passed::kSetting)) return;
    const Source* source = &site_.document->source();
    if (HasUriFinding(*site_.document, argument.span)) return;
    CiSecret secret = CiSecretIn(argument.value, site_.job, site_.step);
    if (!argument.has_value) secret = CiSecretOf(argument.name, site_.job, site_.step);
    Finding finding;
    finding.rule = &rule_;
    const bool weak = unused || passed == Passed::kSetting;
    finding.severity = weak ? Severity::kWarning : Severity::kError;
    finding.message = Subject(argument, secret, literal) + Consequence(passed);
    finding.where = {source, argument.span};
    finding.help = Help(argument.name);
    if (!secret.variable.empty()) {
      finding.steps.push_back({{source, secret.variable}, "the secret enters here"});
      finding.steps.push_back({finding.where, "and is handed to the build here"});
    }
    if (literal) finding.secrets.push_back({source, argument.value.ToSource()});
    finding.anchor = fmt::format("{}/{}", site_.request.tool, argument.name);
    report_(std::move(finding));
  }

  std::string Consequence(Passed passed) const {
    if (IsUnused()) {
      return fmt::format(
          ". No stage of {} declares an ARG of that name, so the build does not even use it; the "
          "value still stands on the builder's command line and in provenance with mode=max.",
          dockerfiles_.front()->path());
    }
    std::string text =
        ". A build argument is no secret: the image's history records its value with every RUN "
        "behind the ARG, and provenance with mode=max lists it, for everybody who can pull the "
        "image.";
    if (passed == Passed::kSetting) {
      text += " Its name says that it is a mere setting; then it need not be kept as a secret.";
    }
    return text;
  }

  std::string Help(std::string_view name) const {
    if (IsPathVariable(name)) {
      return fmt::format(
          "hand the file to the build as a secret (`--secret id={0},src=FILE`, `secret-files:`) "
          "and "
          "mount it where the program looks for it: RUN --mount=type=secret,id={0},target=PATH",
          ToLower(name));
    }
    const std::string mount =
        fmt::format("read it in the Dockerfile with RUN --mount=type=secret,id={0},env={0}", name);
    const std::string& tool = site_.request.tool;
    if (tool.starts_with("target ") || tool.find("bake") != tool.npos) {
      return fmt::format("list it as `\"id={0},env={0}\"` under the target's `secret` and {1}",
                         name, mount);
    }
    if (tool == "docker compose build") {
      return fmt::format(
          "name the variable under the compose file's `secrets` (`environment: {}`), list it under "
          "the service's `build.secrets`, and {}",
          name, mount);
    }
    if (site_.command != kNoIndex) {
      return fmt::format("pass it as `--secret id={0},env={0}` and {1}", name, mount);
    }
    if (site_.request.base == BuildRequest::Base::kFile) {
      return fmt::format("list it under `build.secrets` and {}", mount);
    }
    return fmt::format("move the entry to `secrets:` and {}", mount);
  }

  const Rule& rule_;
  const Project& project_;
  const BuildSite& site_;
  const Report& report_;
  std::vector<const Document*> dockerfiles_;
};

// `docker run -e NAME="$(cat FILE)"`: the content of a credential file, where a mount would do.
void CheckContainers(const Rule& rule, const Document& document, const Report& report) {
  for (const Command& command : document.facts().commands) {
    if (command.host == CommandHost::kDocument || command.host == CommandHost::kImageBuild)
      continue;
    for (const Assignment& variable : ContainerVariablesOf(command)) {
      const Hole* hole = variable.value.OnlyHole();
      if (hole == nullptr || hole->origin != HoleOrigin::kCommand ||
          !NamesCredentialFile(hole->name)) {
        continue;
      }
      Finding finding;
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.message = fmt::format(
          "The content of a credential file is handed to a container as variable {}. It is kept "
          "with the container: `{} inspect` shows it, and every process in there inherits it.",
          variable.name, command.Program());
      finding.where = {&document.source(), variable.span};
      finding.help =
          "mount the file read-only: -v \"$HOME/.netrc:/run/netrc:ro\" -e NETRC=/run/netrc";
      finding.anchor = fmt::format("container variable {}", variable.name);
      report(std::move(finding));
    }
  }
}

void Check(const Rule& rule, const Project& project, const Report& report) {
  for (const auto& document : project.documents()) CheckContainers(rule, *document, report);
  for (const BuildSite& site : project.build_sites()) {
    if (!site.request.arguments.empty()) Checker(rule, project, site, report).Run();
  }
}

}  // namespace

extern const Rule kSecretInBuildArgs = {
    .code = "OAK601",
    .name = "secret-in-build-args",
    .severity = Severity::kError,
    .summary = "A secret is handed to an image build as a build argument.",
    .check_project = Check,
};

}  // namespace oakum
