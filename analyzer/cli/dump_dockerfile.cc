// `oakum dump dockerfile`: instructions, flags, words, mounts and heredocs as they were read, and
// the image that they build.

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_image.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/image_config.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_mount.h"

namespace oakum {
namespace {

using Json = nlohmann::ordered_json;

Json DumpSpan(Span span) {
  return Json::array({span.begin, span.end});
}

Json DumpText(const MappedText& text) {
  return {{"text", text.text()}, {"span", DumpSpan(text.ToSource())}};
}

std::string_view MountTypeName(DockerMountType type) {
  switch (type) {
    case DockerMountType::kBind:
      return "bind";
    case DockerMountType::kCache:
      return "cache";
    case DockerMountType::kTmpfs:
      return "tmpfs";
    case DockerMountType::kSecret:
      return "secret";
    case DockerMountType::kSsh:
      return "ssh";
  }
  return "";
}

Json DumpMount(const DockerFlag& flag, char escape) {
  std::vector<DockerError> errors;  // the parser has recorded them
  const DockerMount mount =
      ParseDockerMount(flag, escape, ReferenceLookup(HoleOrigin::kBuildArg), errors);
  Json json = {{"type", MountTypeName(mount.type)}, {"span", DumpSpan(mount.span)}};
  if (const std::optional<Value> target = mount.Target()) json["target"] = target->Describe();
  if (mount.type == DockerMountType::kSecret) json["id"] = mount.SecretId().Describe();
  if (const std::optional<Value> env = mount.Env()) json["env"] = env->Describe();
  json["read_only"] = mount.read_only;
  json["required"] = mount.required;
  return json;
}

Json DumpHeredoc(const DockerHeredoc& heredoc) {
  return {{"name", heredoc.name},
          {"fd", heredoc.fd},
          {"expand", heredoc.expand},
          {"chomp", heredoc.chomp},
          {"body", DumpText(heredoc.Body())},
          {"terminator", DumpSpan(heredoc.terminator)}};
}

Json DumpInstruction(const DockerInstruction& instruction, char escape) {
  Json json = {{"keyword", instruction.word.text()}, {"span", DumpSpan(instruction.span)}};
  for (const DockerFlag& flag : instruction.flags) {
    json["flags"].push_back(DumpText(flag.text));
    if (instruction.keyword == DockerKeyword::kRun && flag.name == "mount") {
      json["mounts"].push_back(DumpMount(flag, escape));
    }
  }
  if (instruction.exec_form) json["exec_form"] = true;
  for (const MappedText& argument : instruction.arguments) {
    json["arguments"].push_back(DumpText(argument));
  }
  for (const DockerPair& pair : instruction.pairs) {
    Json entry = {{"name", DumpText(pair.name)}};
    if (pair.has_value) entry["value"] = DumpText(pair.value);
    json["pairs"].push_back(std::move(entry));
  }
  for (const DockerHeredoc& heredoc : instruction.heredocs) {
    json["heredocs"].push_back(DumpHeredoc(heredoc));
  }
  if (instruction.keyword == DockerKeyword::kRun) json["script"] = DumpText(instruction.Script());
  for (const DockerInstruction& trigger : instruction.trigger) {
    json["trigger"] = DumpInstruction(trigger, escape);
  }
  return json;
}

}  // namespace

Json DumpDockerfile(const Source& source) {
  const Dockerfile dockerfile = ParseDockerfile(source.body());
  Json json = {{"escape", std::string(1, dockerfile.escape)},
               {"directives", Json::array()},
               {"instructions", Json::array()},
               {"errors", Json::array()}};
  for (const DockerDirective& directive : dockerfile.directives) {
    json["directives"].push_back({{"name", directive.name}, {"value", DumpText(directive.value)}});
  }
  for (const DockerInstruction& instruction : dockerfile.instructions) {
    json["instructions"].push_back(DumpInstruction(instruction, dockerfile.escape));
  }
  for (const DockerError& error : dockerfile.errors) {
    json["errors"].push_back({{"message", error.message}, {"span", DumpSpan(error.span)}});
  }
  const ImageBuild image = BuildImage(dockerfile);
  const Facts facts = BuildFacts(source, Language::kDockerfile);
  json["image"] = DumpImage(image);
  json["config"] = DumpImageConfig(BuildImageConfig(dockerfile, facts, image));
  return json;
}

}  // namespace oakum
