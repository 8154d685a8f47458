// OAK205: COPY --from brings a credential file of another stage along.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/rule.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

// A file that one source argument brings.
struct Brought {
  uint32_t event = 0;
  ImageCredential credential;
};

std::string Message(const LayerSteps& steps, const ImageBuild& image, const Brought& brought,
                    size_t count) {
  const FileEvent& event = steps.event();
  std::string message =
      fmt::format("COPY --from takes the {} ", brought.credential.file.description);
  if (event.carries == kNoIndex) {
    message += event.source;
  } else {
    const FileEvent& from = image.events[event.carries];
    message +=
        fmt::format("{} out of stage {}", from.path, image.stages[from.stage].Label(from.stage));
  }
  if (count > 1) message += fmt::format(", and {} more with it,", count - 1);
  if (event.onbuild) {
    message += " into a layer of every image that is built FROM this one.";
  } else if (steps.in_image()) {
    message += fmt::format(
        " into a layer of the image, as {}. Whoever can pull the image can read "
        "it there: what the other stage was to keep back is brought in again.",
        event.path);
  } else {
    message += steps.BuilderSentence("into");
  }
  return message + steps.RemovalSentence();
}

void ReportCopy(const Rule& rule, const Project& project, const Document& document,
                const std::vector<Brought>& brought, const Report& report) {
  const ImageBuild& image = *document.image();
  const Brought& first = brought.front();
  const LayerSteps steps(project, document, first.event);
  const FileEvent& event = steps.event();
  const FileEvent& root = image.events[image.Origin(first.event)];
  const bool certain = !first.credential.suspected;
  Finding finding;
  finding.rule = &rule;
  finding.severity = certain && steps.exposed() ? Severity::kError : Severity::kWarning;
  finding.message = Message(steps, image, first, brought.size());
  finding.where = {&document.source(), event.span};
  finding.steps = steps.Build(fmt::format("brought along here, as {}", event.path));
  if (&root != &event) {
    finding.steps.insert(
        finding.steps.begin(),
        Step{{&document.source(), root.span},
             fmt::format("the {} enters stage {} here, as {}", first.credential.file.description,
                         image.stages[root.stage].Label(root.stage), root.path)});
  }
  finding.help =
      "copy the artefacts alone (the folder that was built or installed to, a virtual "
      "environment), not a home folder or the root; keep the credential out of the other stage's "
      "layers with a secret mount";
  finding.anchor =
      fmt::format("stage {}/COPY --from {} {}", steps.stage_label(), root.path, event.path);
  report(std::move(finding));
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.image();
  if (!image) return;
  const ImageCredentials credentials(project, document);
  std::map<Span, std::vector<Brought>> by_source;  // by the source argument
  for (uint32_t i = 0; i < image->events.size(); ++i) {
    const FileEvent& event = image->events[i];
    if (event.origin != FileOrigin::kStage || event.in_run) continue;
    const std::optional<ImageCredential> credential = credentials.At(i);
    if (credential) by_source[event.span].push_back({i, *credential});
  }
  for (const auto& [span, brought] : by_source) {
    ReportCopy(rule, project, document, brought, report);
  }
}

}  // namespace

extern const Rule kCredentialCopiedFromStage = {
    .code = "OAK205",
    .name = "credential-copied-from-stage",
    .severity = Severity::kError,
    .summary = "COPY --from brings a credential file of another stage along.",
    .check_document = Check,
};

}  // namespace oakum
