// The image part of `oakum dump dockerfile`: what the model says a build does to files.

#include "analyzer/cli/dump_image.h"

#include <string_view>

#include "analyzer/cli/dump_value.h"
#include "analyzer/model/file_origin_name.h"

namespace oakum {
namespace {

using Json = nlohmann::ordered_json;

std::string_view Name(FileAction action) {
  switch (action) {
    case FileAction::kCreate:
      return "create";
    case FileAction::kMode:
      return "mode";
    case FileAction::kOwner:
      return "owner";
    case FileAction::kRemove:
      return "remove";
  }
  return "";
}

std::string_view Name(ImageVariable::Kind kind) {
  switch (kind) {
    case ImageVariable::Kind::kArg:
      return "arg";
    case ImageVariable::Kind::kEnv:
      return "env";
    case ImageVariable::Kind::kLabel:
      return "label";
  }
  return "";
}

Json DumpEvent(const ImageBuild& image, uint32_t index) {
  const FileEvent& event = image.events[index];
  Json json = {{"action", Name(event.action)}, {"path", event.path},
               {"stage", event.stage},         {"instruction", event.instruction},
               {"in_run", event.in_run},       {"span", {event.span.begin, event.span.end}}};
  if (!event.script.empty()) json["script"] = event.script;
  if (event.onbuild) json["onbuild"] = true;
  if (event.action != FileAction::kCreate) {
    json["about"] = event.about;
    const bool mode = event.action == FileAction::kMode;
    if (event.action != FileAction::kRemove) json["to"] = mode ? event.mode_text : event.owner;
    return json;
  }
  json["origin"] = FileOriginName(event.origin);
  json["source"] = event.source;
  json["owner"] = event.owner;
  json["in_layer"] = event.in_layer;
  if (event.folder) json["folder"] = true;
  if (event.mode) json["mode"] = *event.mode;
  if (event.carries != kNoIndex) json["carries"] = event.carries;
  if (event.along != kNoIndex) json["along"] = event.along;
  if (!event.tool.empty()) json["tool"] = event.tool;
  if (!event.content.empty()) json["text"] = DumpValue(image.TextOf(index));
  return json;
}

}  // namespace

Json DumpImage(const ImageBuild& image) {
  Json json = {{"complete", image.complete}, {"stages", Json::array()}, {"events", Json::array()}};
  for (const ImageStage& stage : image.stages) {
    Json entry = {{"name", stage.name}, {"base", stage.base}, {"in_image", stage.in_image},
                  {"user", stage.user}, {"home", stage.home}, {"workdir", stage.workdir}};
    if (stage.parent != kNoIndex) entry["parent"] = stage.parent;
    json["stages"].push_back(std::move(entry));
  }
  for (uint32_t i = 0; i < image.events.size(); ++i) {
    json["events"].push_back(DumpEvent(image, i));
  }
  return json;
}

Json DumpImageConfig(const ImageConfig& config) {
  Json json = {{"variables", Json::array()}, {"runs", Json::array()}};
  for (const ImageVariable& variable : config.variables) {
    Json entry = {{"kind", Name(variable.kind)},
                  {"name", variable.name},
                  {"value", DumpValue(variable.value)},
                  {"instruction", variable.instruction},
                  {"sources", variable.sources}};
    if (variable.stage != kNoIndex) entry["stage"] = variable.stage;
    if (variable.onbuild) entry["onbuild"] = true;
    json["variables"].push_back(std::move(entry));
  }
  for (const ImageRun& run : config.runs) {
    Json entry = {{"instruction", run.instruction},
                  {"stage", run.stage},
                  {"user", run.user},
                  {"home", run.home},
                  {"workdir", run.workdir}};
    if (run.uid) entry["uid"] = *run.uid;
    json["runs"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace oakum
