#include <cstdint>
#include <string_view>

#include "analyzer/model/image_build.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_mount.h"
#include "analyzer/syntax/dockerfile_word.h"
#include "analyzer/syntax/ignorefile.h"

namespace {

void CheckSpan(oakum::Span span, size_t size) {
  if (span.end < span.begin || span.end > size) __builtin_trap();
}

void Check(const oakum::DockerInstruction& instruction, char escape, size_t size) {
  const oakum::DockerVariableLookup lookup = oakum::ReferenceLookup(oakum::HoleOrigin::kBuildArg);
  CheckSpan(instruction.span, size);
  CheckSpan(instruction.Script().ToSource(), size);
  for (const oakum::DockerFlag& flag : instruction.flags) {
    std::vector<oakum::DockerError> errors;
    const oakum::DockerMount mount = oakum::ParseDockerMount(flag, escape, lookup, errors);
    if (const auto target = mount.Target()) CheckSpan(target->ToSource(), size);
  }
  for (const oakum::MappedText& argument : instruction.arguments) {
    CheckSpan(argument.ToSource(), size);
    const auto value = oakum::ExpandDockerWord(argument, {.escape = escape}, lookup);
    if (value) CheckSpan(value->ToSource(), size);
  }
  for (const oakum::DockerPair& pair : instruction.pairs) CheckSpan(pair.value.ToSource(), size);
  for (const oakum::DockerHeredoc& heredoc : instruction.heredocs) {
    CheckSpan(heredoc.Body().ToSource(), size);
  }
  for (const oakum::DockerInstruction& trigger : instruction.trigger) Check(trigger, escape, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::MappedText mapped = oakum::MappedText::Verbatim(text, 0);
  const oakum::Dockerfile dockerfile = oakum::ParseDockerfile(mapped);
  for (const oakum::DockerInstruction& instruction : dockerfile.instructions) {
    Check(instruction, dockerfile.escape, size);
  }
  for (const oakum::DockerError& error : dockerfile.errors) CheckSpan(error.span, size);
  DumpBuildkit(dockerfile);
  const oakum::ImageBuild image = oakum::BuildImage(dockerfile);
  for (uint32_t i = 0; i < image.events.size(); ++i) {
    CheckSpan(image.events[i].span, size);
    image.ReachesImage(i);
  }
  oakum::IgnoreFile::Parse(mapped).Excludes(text.substr(0, 64));
  return 0;
}
