// `oakum dump dockerfile`: instructions, flags, words, mounts and heredocs as they were read, and
// the image that they build.

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_image.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/image_config.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/dockerfile_mount.h"
#include "analyzer/syntax/dockerfile_word.h"

namespace oakum {
namespace {

using Json = nlohmann::ordered_json;

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

// `written` is the option, or null where its default holds; a value of null is an option that this
// type of mount has not.
Json DumpOption(const DockerMount& mount, std::string_view key, const DockerMountOption* written) {
  const std::optional<Value> value = written ? written->value : mount.Default(key);
  Json json = {{"value", value ? DumpValue(*value) : Json()}, {"written", written != nullptr}};
  if (written != nullptr) json["span"] = DumpSpan(written->span);
  return json;
}

Json DumpMount(const DockerFlag& flag, char escape) {
  std::vector<DockerError> errors;  // the parser has recorded them
  const DockerMount mount =
      ParseDockerMount(flag, escape, ReferenceLookup(HoleOrigin::kBuildArg), errors);
  Json json = {{"type", MountTypeName(mount.type)}, {"span", DumpSpan(mount.span)}};
  for (const std::string_view key :
       {"from", "source", "target", "id", "env", "mode", "uid", "gid", "sharing", "size"}) {
    json[std::string(key)] = DumpOption(mount, key, mount.Option(key));
  }
  const DockerMountOption* access = mount.Option("readonly");
  if (access == nullptr) access = mount.Option("readwrite");
  json["read_only"] = DumpOption(mount, "readonly", access);
  json["read_only"]["value"] = mount.read_only;
  json["required"] = DumpOption(mount, "required", mount.Option("required"));
  if (!json["required"]["value"].is_null()) json["required"]["value"] = mount.required;
  return json;
}

Json DumpHeredoc(const DockerHeredoc& heredoc) {
  return {{"name", heredoc.name},
          {"fd", heredoc.fd},
          {"expand", heredoc.expand},
          {"chomp", heredoc.chomp},
          {"body", DumpMapped(heredoc.Body())},
          {"terminator", DumpSpan(heredoc.terminator)}};
}

// A word as written, and what BuildKit makes of it where it fills in variables.
Json DumpWord(const MappedText& word, DockerKeyword keyword, char escape) {
  Json json = DumpMapped(word);
  switch (keyword) {
    case DockerKeyword::kAdd:
    case DockerKeyword::kArg:
    case DockerKeyword::kCopy:
    case DockerKeyword::kEnv:
    case DockerKeyword::kExpose:
    case DockerKeyword::kFrom:
    case DockerKeyword::kLabel:
    case DockerKeyword::kStopsignal:
    case DockerKeyword::kUser:
    case DockerKeyword::kVolume:
    case DockerKeyword::kWorkdir:
      break;
    default:
      return json;
  }
  const Result<Value> value =
      ExpandDockerWord(word, {.escape = escape}, ReferenceLookup(HoleOrigin::kBuildArg));
  if (value) json["expanded"] = DumpValue(*value);
  return json;
}

Json DumpInstruction(const DockerInstruction& instruction, char escape) {
  Json json = {{"keyword", instruction.word.text()}, {"span", DumpSpan(instruction.span)}};
  for (const DockerFlag& flag : instruction.flags) {
    json["flags"].push_back(DumpMapped(flag.text));
    if (instruction.keyword == DockerKeyword::kRun && flag.name == "mount") {
      json["mounts"].push_back(DumpMount(flag, escape));
    }
  }
  if (instruction.exec_form) json["exec_form"] = true;
  for (const MappedText& argument : instruction.arguments) {
    json["arguments"].push_back(DumpWord(argument, instruction.keyword, escape));
  }
  for (const DockerPair& pair : instruction.pairs) {
    json["pairs"].push_back({{"name", DumpMapped(pair.name)}, {"value", Json()}});
    if (!pair.has_value) continue;
    json["pairs"].back()["value"] = DumpWord(pair.value, instruction.keyword, escape);
  }
  for (const DockerHeredoc& heredoc : instruction.heredocs) {
    json["heredocs"].push_back(DumpHeredoc(heredoc));
  }
  if (instruction.keyword == DockerKeyword::kRun) json["script"] = DumpMapped(instruction.Script());
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
    json["directives"].push_back(
        {{"name", directive.name}, {"value", DumpMapped(directive.value)}});
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
