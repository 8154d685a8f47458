// OAK204: COPY takes a credential file of the build context: along with a folder or by a pattern,
// or by the name of a file that a script or job has put a credential into.

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

// A file that one COPY takes along, and its creation in the image.
struct TakenFile {
  ContextFile file;
  uint32_t creation = 0;
};
using Taken = std::vector<TakenFile>;

// Whether OAK201 speaks of this source: it names a credential file or a folder of such.
bool NamesCredential(std::string_view source) {
  while (source.ends_with('*') || source.ends_with('?')) source.remove_suffix(1);
  const std::string_view name = BaseName(source);
  return name == ".ssh" || name == ".aws" || CredentialFileAt(source).has_value();
}

std::string ListOf(const Taken& taken) {
  const ContextFile& first = taken.front().file;
  std::string text = fmt::format("the {} {}", first.description, first.path);
  if (first.left) {
    text += first.left->job != nullptr ? ", which the job writes there,"
                                       : ", which the script writes there,";
  } else if (first.ignored) {
    text += " (ignored by git, which builders do not ask)";
  }
  if (taken.size() == 2) {
    text += fmt::format(" and the {} {}", taken[1].file.description, taken[1].file.path);
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
  Checker(const Rule& rule, const Project& project, const Document& dockerfile,
          const Report& report)
      : rule_(rule),
        project_(project),
        dockerfile_(dockerfile),
        image_(*dockerfile.image()),
        report_(report) {}

  void Run() {
    const std::vector<FileEvent>& events = image_.events;
    for (uint32_t i = 0; i < events.size(); ++i) {
      if (events[i].along != kNoIndex && !NamesCredential(events[events[i].along].source)) {
        creations_[events[i].source].push_back(i);
      }
      if (IsNamed(events[i])) named_[events[i].source].push_back(i);
    }
    if (creations_.empty() && named_.empty()) return;
    for (const UsedContext& used : ContextsOf(project_, project_.build_sites(), dockerfile_)) {
      std::map<uint32_t, Taken> by_copy;
      for (ContextFile& file : CredentialsIn(project_, project_.build_sites(), used)) {
        if (const auto named = named_.find(file.path); named != named_.end() && file.left) {
          const uint32_t creation = Worst(named->second);
          by_copy[creation].push_back({file, creation});
        }
        const auto known = creations_.find(file.path);
        if (known == creations_.end()) continue;
        const uint32_t creation = Worst(known->second);
        by_copy[events[creation].along].push_back({std::move(file), creation});
      }
      for (const auto& [copy, taken] : by_copy) Describe(used, events[copy], taken);
    }
  }

 private:
  // A file that may hold a credential and mostly does not: .npmrc, pip.conf. OAK201 speaks of those
  // that always do.
  static bool IsNamed(const FileEvent& event) {
    if (event.action != FileAction::kCreate || event.in_run || event.along != kNoIndex ||
        event.origin != FileOrigin::kContext) {
      return false;
    }
    const std::optional<CredentialFile> file = CredentialFileAt(event.source);
    return file && !file->certain;
  }

  // Of the instructions that take a file along, the first that brings it to others.
  uint32_t Worst(const std::vector<uint32_t>& creations) const {
    for (const uint32_t creation : creations) {
      if (LayerSteps(project_, dockerfile_, creation).exposed()) return creation;
    }
    return creations.front();
  }

  void Describe(const UsedContext& used, const FileEvent& copy, const Taken& taken) const {
    const auto is_exposed = [this](const TakenFile& each) {
      return LayerSteps(project_, dockerfile_, each.creation).exposed();
    };
    const auto exposed = std::find_if(taken.begin(), taken.end(), is_exposed);
    const TakenFile& worst = exposed == taken.end() ? taken.front() : *exposed;
    const LayerSteps steps(project_, dockerfile_, worst.creation);
    const std::string source = copy.source == "." ? "the whole context" : copy.source;
    Finding finding;
    finding.rule = &rule_;
    finding.severity = steps.exposed() ? Severity::kError : Severity::kWarning;
    finding.message = fmt::format("COPY of {} takes {} along", source, ListOf(taken));
    if (steps.in_image()) {
      finding.message +=
          " into a layer of the image. Whoever can pull the image can read it there.";
    } else {
      finding.message += steps.BuilderSentence("into");
    }
    const bool named = taken.front().file.path == copy.source;
    if (!named) finding.message += IgnoreSentence(used, taken.front().file);
    finding.message += steps.RemovalSentence();
    finding.where = {&dockerfile_.source(), copy.span};
    AddSteps(steps, worst.file, finding);
    if (named) {
      finding.help =
          "write the file outside of the context, give it to the build as a secret, and mount it "
          "for the RUN that needs it: RUN --mount=type=secret,id=ID,target=PATH";
    } else {
      AddAdvice(used, taken, finding);
    }
    finding.anchor = fmt::format("stage {}/COPY {} {}", steps.stage_label(), copy.source,
                                 taken.front().file.path);
    report_(std::move(finding));
  }

  void AddSteps(const LayerSteps& steps, const ContextFile& file, Finding& finding) const {
    if (file.left) {
      const Source* source = &file.site->document->source();
      finding.steps.push_back({{&file.left->document->source(), file.left->span},
                               fmt::format("writes {} into the context", file.path)});
      finding.steps.push_back({{source, file.site->request.span}, "the image is built here"});
    }
    for (Step& step : steps.Build("takes it along, as " + steps.event().path)) {
      finding.steps.push_back(std::move(step));
    }
    if (finding.steps.size() == 1) finding.steps.clear();
  }

  static void AddAdvice(const UsedContext& used, const Taken& taken, Finding& finding) {
    if (!used.local()) {
      finding.help = taken.size() == 1 ? "take the file out of the repository"
                                       : "take the files out of the repository";
      return;
    }
    const std::vector<std::string> patterns = PatternsOf(taken);
    const Document* ignore = used.context.ignore_document();
    const std::string file =
        ignore != nullptr ? ignore->path() : JoinPath(used.context.folder(), ".dockerignore");
    finding.help = fmt::format("add {} to {}", Listed(patterns), file);
    if (taken.front().file.left) finding.help += ", or write the file outside of the context";
    if (ignore == nullptr) return;
    const std::string_view text = ignore->source().text();
    const auto end = static_cast<uint32_t>(text.size());
    std::string lines = text.empty() || text.ends_with('\n') ? "" : "\n";
    for (const std::string& pattern : patterns) lines += pattern + "\n";
    finding.fixes.push_back({fmt::format("Exclude {} from the build context",
                                         patterns.size() == 1 ? patterns.front() : "these files"),
                             false,
                             {{{&ignore->source(), {end, end}}, std::move(lines)}}});
  }

  // One for each name, in the order in which the message has the files.
  static std::vector<std::string> PatternsOf(const Taken& taken) {
    std::vector<std::string> patterns;
    for (const TakenFile& each : taken) {
      std::string pattern = fmt::format("**/{}", BaseName(each.file.path));
      if (std::find(patterns.begin(), patterns.end(), pattern) == patterns.end()) {
        patterns.push_back(std::move(pattern));
      }
    }
    return patterns;
  }

  static std::string Listed(const std::vector<std::string>& patterns) {
    constexpr size_t kMaxNamed = 3;
    const size_t named = std::min(patterns.size(), kMaxNamed);
    std::string text = fmt::format("`{}`", patterns.front());
    for (size_t i = 1; i < named; ++i) {
      const bool last = i + 1 == patterns.size();
      text += fmt::format("{}`{}`", last ? " and " : ", ", patterns[i]);
    }
    return patterns.size() > named ? text + " and the others" : text;
  }

  const Rule& rule_;
  const Project& project_;
  const Document& dockerfile_;
  const ImageBuild& image_;
  const Report& report_;
  // By the path in the context.
  std::map<std::string, std::vector<uint32_t>> creations_;  // along with others
  std::map<std::string, std::vector<uint32_t>> named_;      // by their own name
};

void Check(const Rule& rule, const Project& project, const Report& report) {
  for (const Document* document : project.Of(Language::kDockerfile)) {
    Checker(rule, project, *document, report).Run();
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
