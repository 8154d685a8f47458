#include "analyzer/model/lower_pod.h"

#include <string_view>
#include <utility>

#include "analyzer/model/volume_mode.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

std::string Text(const YamlNode& node) {
  return std::string(node.text());
}

bool IsTrue(const YamlNode& node) {
  const std::string_view text = node.text();
  return text == "true" || text == "True" || text == "TRUE" || text == "yes" || text == "on";
}

void ReadValueFrom(const YamlNode& from, EnvVar& variable) {
  struct Kind {
    std::string_view key;
    EnvVar::From from;
  };
  constexpr Kind kKinds[] = {
      {"secretKeyRef", EnvVar::From::kSecretKey},
      {"configMapKeyRef", EnvVar::From::kConfigMapKey},
      {"fieldRef", EnvVar::From::kField},
      {"resourceFieldRef", EnvVar::From::kResource},
  };
  for (const Kind& kind : kKinds) {
    const YamlNode& reference = from[kind.key];
    if (!reference) continue;
    variable.from = kind.from;
    variable.reference = Text(reference["name"]);
    variable.key = Text(reference["key"]);
  }
}

std::vector<VolumeItem> ReadItems(const YamlNode& list) {
  std::vector<VolumeItem> items;
  for (const YamlEntry& entry : list.entries) {
    const YamlNode& item = *entry.value;
    items.push_back({item["key"].value, item["path"].value, item.span});
  }
  return items;
}

VolumeSource ReadSource(VolumeSource::Kind kind, const YamlNode& node, std::string_view name_key) {
  VolumeSource source;
  source.kind = kind;
  source.name = Text(node[name_key]);
  source.name_span = node[name_key].span;
  source.optional = IsTrue(node["optional"]);
  source.has_items = static_cast<bool>(node["items"]);
  source.items = ReadItems(node["items"]);
  return source;
}

std::vector<VolumeSource> ReadProjectedSources(const YamlNode& projected) {
  std::vector<VolumeSource> sources;
  for (const YamlEntry& entry : projected["sources"].entries) {
    const YamlNode& node = *entry.value;
    if (node["secret"]) {
      sources.push_back(ReadSource(VolumeSource::Kind::kSecret, node["secret"], "name"));
    } else if (node["configMap"]) {
      sources.push_back(ReadSource(VolumeSource::Kind::kConfigMap, node["configMap"], "name"));
    } else if (node["downwardAPI"]) {
      sources.push_back(ReadSource(VolumeSource::Kind::kDownwardApi, node["downwardAPI"], ""));
    } else if (const YamlNode& token = node["serviceAccountToken"]) {
      VolumeSource source;
      source.kind = VolumeSource::Kind::kServiceAccountToken;
      source.has_items = true;
      source.items.push_back({token["path"].value, token["path"].value, token.span});
      sources.push_back(std::move(source));
    } else {
      sources.push_back({});
    }
  }
  return sources;
}

Volume ReadVolume(const YamlNode& node) {
  Volume volume;
  volume.name = Text(node["name"]);
  volume.name_span = node["name"].span;
  volume.span = node.span;
  for (const YamlEntry* pair : node.Pairs()) {
    const std::string_view key = pair->key->text();
    if (key == "name") continue;
    volume.source_span = pair->key->span;
    volume.kind = Volume::Kind::kOther;
    if (key == "secret") {
      volume.kind = Volume::Kind::kSecret;
      volume.sources = {ReadSource(VolumeSource::Kind::kSecret, *pair->value, "secretName")};
    } else if (key == "configMap") {
      volume.kind = Volume::Kind::kConfigMap;
      volume.sources = {ReadSource(VolumeSource::Kind::kConfigMap, *pair->value, "name")};
    } else if (key == "downwardAPI") {
      volume.kind = Volume::Kind::kDownwardApi;
      volume.sources = {ReadSource(VolumeSource::Kind::kDownwardApi, *pair->value, "")};
    } else if (key == "projected") {
      volume.kind = Volume::Kind::kProjected;
      volume.sources = ReadProjectedSources(*pair->value);
    } else if (key == "hostPath") {
      volume.kind = Volume::Kind::kHostPath;
    } else if (key.empty()) {
      volume.kind = Volume::Kind::kUnknown;  // a template's doing
    }
    break;
  }
  return volume;
}

// An argument as the kubelet hands it over: `$(NAME)` of a variable of the container is filled in,
// any other is left for the shell, to which `$(date)` is a command; `$$` is a dollar sign.
Value FillIn(const Value& argument, const Container& container) {
  ValueRewriter rewriter(argument);
  const std::string_view text = argument.text();
  for (size_t at = text.find('$'); at != text.npos && at + 1 < text.size();
       at = text.find('$', at)) {
    const size_t close = text[at + 1] == '(' ? text.find(')', at) : text.npos;
    if (text[at + 1] == '$') {
      rewriter.ReplaceWithText(at, at + 2, "$");
      at += 2;
    } else if (close != text.npos && container.Env(text.substr(at + 2, close - at - 2))) {
      const std::string_view name = text.substr(at + 2, close - at - 2);
      rewriter.Replace(at, close + 1, HoleNamed(name, HoleOrigin::kEnvironment));
      at = close + 1;
    } else {
      ++at;
    }
  }
  return std::move(rewriter).Finish();
}

void AppendArguments(const YamlNode& list, const Container& container, ContainerCommand& command) {
  if (!list) return;
  command.span = command.argv.empty() ? list.span : Span::Cover(command.span, list.span);
  if (list.IsScalar()) command.argv.push_back(FillIn(list.value, container));
  for (const YamlEntry& entry : list.entries) {
    if (entry.value->IsScalar()) command.argv.push_back(FillIn(entry.value->value, container));
  }
}

void ReadCommand(const YamlNode& node, Container& container) {
  ContainerCommand command;
  AppendArguments(node["command"], container, command);
  command.has_program = !command.argv.empty();
  AppendArguments(node["args"], container, command);
  if (!command.argv.empty()) container.commands.push_back(std::move(command));
}

}  // namespace

std::optional<int64_t> ReadId(const YamlNode& node) {
  if (!node.IsPlain()) return std::nullopt;
  return ReadMode(node.text()).yaml11;
}

std::vector<EnvVar> ReadEnv(const YamlNode& list) {
  std::vector<EnvVar> env;
  for (const YamlEntry& entry : list.entries) {
    const YamlNode& item = *entry.value;
    const YamlNode& name = item["name"];
    if (!name.IsScalar()) continue;
    EnvVar variable;
    variable.name = Text(name);
    variable.name_span = name.span;
    variable.value_span = variable.span = item.span;
    if (const YamlNode& value = item["value"]; value.IsScalar()) {
      variable.from = EnvVar::From::kValue;
      variable.value = KubernetesReferences(value.value);
      variable.value_span = value.span;
    } else {
      ReadValueFrom(item["valueFrom"], variable);
    }
    env.push_back(std::move(variable));
  }
  return env;
}

std::vector<VolumeMount> ReadMounts(const YamlNode& list) {
  std::vector<VolumeMount> mounts;
  for (const YamlEntry& entry : list.entries) {
    const YamlNode& node = *entry.value;
    if (!node.IsMapping()) continue;
    VolumeMount mount;
    mount.volume = Text(node["name"]);
    mount.volume_span = node["name"].span;
    mount.path = node["mountPath"].value;
    mount.path_span = node["mountPath"].span;
    const YamlNode& plain = node["subPath"];
    const YamlNode& expression = node["subPathExpr"];
    mount.sub_path = plain ? plain.value : KubernetesReferences(expression.value);
    mount.has_sub_path = !mount.sub_path.empty();
    mount.read_only = IsTrue(node["readOnly"]);
    mount.span = node.span;
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

std::vector<Volume> ReadVolumes(const YamlNode& list) {
  std::vector<Volume> volumes;
  for (const YamlEntry& entry : list.entries) {
    if (entry.value->IsMapping()) volumes.push_back(ReadVolume(*entry.value));
  }
  return volumes;
}

Container ReadContainer(const YamlNode& node) {
  Container container;
  container.name = Text(node["name"]);
  container.image = node["image"].value;
  container.working_dir = node["workingDir"].value;
  container.env = ReadEnv(node["env"]);
  container.has_env_from = !node["envFrom"].entries.empty();
  container.mounts = ReadMounts(node["volumeMounts"]);
  ReadCommand(node, container);
  for (const std::string_view hook : {"postStart", "preStop"}) {
    ReadCommand(node["lifecycle"][hook]["exec"], container);
  }
  container.run_as_user = ReadId(node["securityContext"]["runAsUser"]);
  container.span = node.span;
  return container;
}

PodTemplate ReadPodTemplate(const YamlNode& pod) {
  PodTemplate result;
  const YamlNode& spec = pod["spec"];
  result.span = spec.span;
  result.group_span = pod.span;
  struct List {
    std::string_view key;
    Container::Kind kind;
  };
  constexpr List kLists[] = {
      {"containers", Container::Kind::kMain},
      {"initContainers", Container::Kind::kInit},
      {"ephemeralContainers", Container::Kind::kEphemeral},
  };
  for (const List& list : kLists) {
    size_t index = 0;
    for (const YamlEntry& entry : spec[list.key].entries) {
      if (!entry.value->IsMapping()) continue;
      Container container = ReadContainer(*entry.value);
      container.kind = list.kind;
      container.index = index++;
      result.containers.push_back(std::move(container));
    }
  }
  result.volumes = ReadVolumes(spec["volumes"]);
  for (const YamlEntry& entry : pod["metadata"]["annotations"].entries) {
    if (entry.key != nullptr) result.annotations.push_back(Text(*entry.key));
  }
  result.fs_group = ReadId(spec["securityContext"]["fsGroup"]);
  result.run_as_user = ReadId(spec["securityContext"]["runAsUser"]);
  return result;
}

}  // namespace oakum
