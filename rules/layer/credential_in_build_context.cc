// OAK204: COPY of a folder or a pattern takes a credential file along.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/build_context.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/context_files.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

// What one COPY takes along.
using Taken = std::vector<ContextFile>;

// Whether OAK201 speaks of this source: it names a credential file or a folder of such.
bool NamesCredential(std::string_view source) {
  while (source.ends_with('*') || source.ends_with('?')) source.remove_suffix(1);
  const std::string_view name = BaseName(source);
  return name == ".ssh" || name == ".aws" || CredentialFileAt(source).has_value();
}

std::string ListOf(const Taken& taken) {
  const ContextFile& first = taken.front();
  std::string text = fmt::format("the {} {}", first.description, first.path);
  if (first.left) {
    text += first.left->job != nullptr ? ", which the job writes there,"
                                       : ", which the script writes there,";
  } else if (first.ignored) {
    text += " (ignored by git, which builders do not ask)";
  }
  if (taken.size() == 2) {
    text += fmt::format(" and the {} {}", taken[1].description, taken[1].path);
  } else if (taken.size() > 2) {
    text += fmt::format(" and {} more credential files", taken.size() - 1);
  }
  return text;
}

// Why the ignore file does not help.
std::string IgnoreSentence(const UsedContext& used, const ContextFile& file) {
  if (!used.local()) return " The context is a Git ref, to which no .dockerignore applies.";
  const BuildContext& context = used.context;
  if (context.ignore_document() == nullptr) return " No .dockerignore keeps it out.";
  const std::string& name = context.ignore_document()->path();
  if (const IgnoreFile::Pattern* pattern = context.RootOnlyPattern(file.path)) {
    return fmt::format(
        " `{}` in {} is anchored: unlike in .gitignore, it excludes that name at the root of the "
        "context only.",
        pattern->text, name);
  }
  if (context.replaces_root_ignore()) {
    return fmt::format(
        " {} replaces the .dockerignore at the root of the context and does not exclude the file.",
        name);
  }
  return fmt::format(" {} does not exclude it.", name);
}

class Checker {
 public:
  Checker(const Rule& rule, const Project& project, const std::vector<BuildSite>& sites,
          const Document& dockerfile, const Report& report)
      : rule_(rule), project_(project), sites_(sites), dockerfile_(dockerfile), report_(report) {}

  void Run() {
    for (const UsedContext& used : ContextsOf(project_, sites_, dockerfile_)) {
      std::map<uint32_t, Taken> by_event;
      for (ContextFile& file : CredentialsIn(project_, sites_, used)) {
        if (const auto event = WorstEvent(used.context.TakenBy(file.path))) {
          by_event[*event].push_back(std::move(file));
        }
      }
      for (const auto& [event, taken] : by_event) Describe(used, event, taken);
    }
  }

 private:
  // Of the instructions that take a file along, the first that brings it to others.
  std::optional<uint32_t> WorstEvent(const std::vector<uint32_t>& events) const {
    std::optional<uint32_t> worst;
    for (const uint32_t event : events) {
      const FileEvent& copy = dockerfile_.facts().image->events[event];
      // What ONBUILD copies comes from the context of another build.
      if (copy.onbuild || NamesCredential(copy.source)) continue;
      if (!worst) worst = event;
      if (LayerSteps(project_, dockerfile_, event).exposed()) return event;
    }
    return worst;
  }

  void Describe(const UsedContext& used, uint32_t event, const Taken& taken) const {
    const LayerSteps steps(project_, dockerfile_, event);
    const std::string source =
        steps.event().source == "." ? "the whole context" : steps.event().source;
    const ImageBuild& image = *dockerfile_.facts().image;
    const ImageStage& stage = image.stages[steps.event().stage];
    const FileEvent* removal =
        RemovalOf(image, event, PathInImage(steps.event(), taken.front().path));
    // What a builder stage removes is not there to be copied from it.
    const bool gone =
        !stage.in_image && removal != nullptr && removal->stage == steps.event().stage;
    Finding finding;
    finding.rule = &rule_;
    finding.severity = steps.exposed() && !gone ? Severity::kError : Severity::kWarning;
    finding.message = fmt::format("COPY of {} takes {} along", source, ListOf(taken));
    if (gone) {
      finding.message +=
          fmt::format(" into the build cache of stage {} only.", steps.stage_label());
    } else if (steps.in_image()) {
      finding.message +=
          " into a layer of the image. Whoever can pull the image can read it there.";
    } else {
      finding.message += steps.BuilderSentence("into");
    }
    finding.message += IgnoreSentence(used, taken.front());
    if (removal != nullptr && !gone) {
      finding.message +=
          " The rm in a later instruction only hides it: the layer of the COPY keeps it.";
    }
    finding.where = {&dockerfile_.source(), steps.event().span};
    AddSteps(steps, taken, gone ? nullptr : removal, finding);
    AddAdvice(used, taken, finding);
    finding.anchor = fmt::format("stage {}/COPY {} {}", steps.stage_label(), steps.event().source,
                                 taken.front().path);
    report_(std::move(finding));
  }

  void AddSteps(const LayerSteps& steps, const Taken& taken, const FileEvent* removal,
                Finding& finding) const {
    for (const ContextFile& file : taken) {
      if (!file.left) continue;
      const Source* source = &file.site->document->source();
      finding.steps.push_back({{&file.left->document->source(), file.left->span},
                               fmt::format("writes {} into the context", file.path)});
      finding.steps.push_back({{source, file.site->request.span}, "the image is built here"});
      break;
    }
    for (Step& step : steps.Build("takes it along, as " + steps.event().path)) {
      finding.steps.push_back(std::move(step));
    }
    if (removal != nullptr) {
      finding.steps.push_back(
          {{&dockerfile_.source(), removal->span}, "removed here, but the layer keeps it"});
    }
    if (finding.steps.size() == 1) finding.steps.clear();
  }

  void AddAdvice(const UsedContext& used, const Taken& taken, Finding& finding) const {
    const ContextFile& first = taken.front();
    const std::string pattern = fmt::format("**/{}", BaseName(first.path));
    if (!used.local()) {
      finding.help = "take the file out of the repository";
      return;
    }
    const Document* ignore = used.context.ignore_document();
    const std::string file =
        ignore != nullptr ? ignore->path() : JoinPath(used.context.folder(), ".dockerignore");
    finding.help = fmt::format("add `{}` to {}", pattern, file);
    if (first.left) finding.help += ", or write the file outside of the context";
    if (ignore == nullptr) return;
    const std::string_view text = ignore->source().text();
    const auto end = static_cast<uint32_t>(text.size());
    finding.fixes.push_back(
        {fmt::format("Exclude {} from the build context", pattern),
         false,
         {{{&ignore->source(), {end, end}},
           (text.empty() || text.ends_with('\n') ? "" : "\n") + pattern + "\n"}}});
  }

  const Rule& rule_;
  const Project& project_;
  const std::vector<BuildSite>& sites_;
  const Document& dockerfile_;
  const Report& report_;
};

void Check(const Rule& rule, const Project& project, const Report& report) {
  const std::vector<BuildSite> sites = FindBuildSites(project);
  for (const auto& document : project.documents()) {
    if (document->facts().image == nullptr) continue;
    Checker(rule, project, sites, *document, report).Run();
  }
}

}  // namespace

extern const Rule kCredentialInBuildContext = {
    .code = "OAK204",
    .name = "credential-in-build-context",
    .severity = Severity::kError,
    .summary = "COPY of a folder takes a credential file of the build context along.",
    .check_project = Check,
};

}  // namespace oakum
