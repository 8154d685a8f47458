// OAK201: COPY or ADD of a credential file into a layer, whether or not a later RUN removes it.

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/image_credentials.h"
#include "analyzer/engine/rule.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

std::string Message(const LayerSteps& steps, const ImageCredential& judgement) {
  const std::string_view name = judgement.file.description;
  const bool vowel =
      name.starts_with("SSH") || name.find_first_of("AEIOUaeiou") == 0 || name.starts_with("npm");
  const std::string subject = fmt::format("{}{} {}", judgement.suspected ? "What is likely a" : "A",
                                          vowel ? "n" : "", name);
  std::string message;
  if (steps.event().onbuild) {
    message = subject + " is put into a layer of every image that is built FROM this one.";
  } else if (steps.in_image()) {
    message = subject +
              " is put into a layer of the image. Whoever can pull the image can read it there.";
  } else {
    message = subject + steps.BuilderSentence("is put into");
  }
  return message + steps.RemovalSentence();
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.image();
  if (!image) return;
  const ImageCredentials credentials(project, document);
  for (uint32_t i = 0; i < image->events.size(); ++i) {
    const FileEvent& event = image->events[i];
    // What a folder takes along is OAK204's.
    if (event.in_run || event.origin == FileOrigin::kStage || event.along != kNoIndex) continue;
    const std::optional<ImageCredential> judgement = credentials.At(i);
    if (!judgement) continue;
    const LayerSteps steps(project, document, i);
    Finding finding;
    finding.rule = &rule;
    const bool weaker = !steps.exposed() || judgement->suspected;
    finding.severity = weaker ? Severity::kWarning : Severity::kError;
    finding.message = Message(steps, *judgement);
    finding.where = {&document.source(), event.span};
    finding.steps = steps.Build(fmt::format("the {} enters the layer here, as {}",
                                            judgement->file.description, event.path));
    finding.help = steps.MountAdvice(judgement->file.kind);
    finding.anchor =
        fmt::format("stage {}/COPY {} {}", steps.stage_label(), event.source, event.path);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kCredentialFileInLayer = {
    .code = "OAK201",
    .name = "credential-file-in-layer",
    .severity = Severity::kError,
    .summary = "COPY or ADD puts a credential file into an image layer.",
    .check_document = Check,
};

}  // namespace oakum
