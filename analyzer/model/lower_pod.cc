#include "analyzer/model/lower_pod.h"

#include <algorithm>
#include <set>
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
  constexpr std::string_view kTrue[] = {"true", "True", "TRUE", "yes", "on"};
  return std::find(std::begin(kTrue), std::end(kTrue), node.text()) != std::end(kTrue);
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

GivenMode ReadGivenMode(const YamlNode& node) {
  GivenMode mode;
  mode.given = node.IsScalar();
  mode.span = node.span;
  if (node.IsPlain()) mode.value = ReadMode(node.text()).yaml11;
  return mode;
}

GivenOwner ReadOwner(const YamlNode& node) {
  return {node.IsScalar(), ReadId(node)};
}

// An argument as the kubelet hands it over: `$(NAME)` of a variable of the container is filled in,
// any other is left for the shell, to which `$(date)` is a command; `$$` is a dollar sign.
Value FillIn(const Value& argument, const std::set<std::string_view>& variables) {
  constexpr size_t kMaxName = 256;
  ValueRewriter rewriter(argument);
  const std::string_view text = argument.text();
  for (size_t at = text.find('$'); at != text.npos && at + 1 < text.size();
       at = text.find('$', at)) {
    const std::string_view rest = text.substr(at + 1, kMaxName);
    const size_t close = rest[0] == '(' ? rest.find(')') : rest.npos;
    const std::string_view name = close == rest.npos ? "" : rest.substr(1, close - 1);
    if (rest[0] == '$') {
      rewriter.ReplaceWithText(at, at + 2, "$");
      at += 2;
    } else if (variables.count(name) > 0) {
      rewriter.Replace(at, at + close + 2, HoleNamed(name, HoleOrigin::kEnvironment));
      at += close + 2;
    } else {
      ++at;
    }
  }
  return std::move(rewriter).Finish();
}

}  // namespace

std::optional<int64_t> ReadId(const YamlNode& node) {
  if (!node.IsPlain()) return std::nullopt;
  return ReadMode(node.text()).yaml11;
}

SecurityIds ReadIds(const YamlNode& context) {
  SecurityIds ids;
  ids.user = ReadId(context["runAsUser"]);
  ids.group = ReadId(context["runAsGroup"]);
  auto open = [](const YamlNode& node) { return node && !node.value.is_literal(); };
  ids.unknown = open(context) || open(context["runAsUser"]) || open(context["runAsGroup"]);
  return ids;
}

void ReadPodIds(const YamlNode& context, PodTemplate& pod) {
  pod.ids = ReadIds(context);
  pod.fs_group = ReadId(context["fsGroup"]);
  if (const YamlNode& group = context["fsGroup"]; group && !group.value.is_literal()) {
    pod.ids.unknown = true;
  }
  for (const YamlEntry& entry : context["supplementalGroups"].entries) {
    if (ReadId(*entry.value) == 0) pod.joins_root_group = true;
  }
}

std::span<const YamlEntry> PodReader::Take(const YamlNode& collection) {
  const size_t count = std::min(left_, collection.entries.size());
  left_ -= count;
  return {collection.entries.data(), count};
}

std::vector<EnvVar> PodReader::ReadEnv(const YamlNode& list) {
  std::vector<EnvVar> env;
  for (const YamlEntry& entry : Take(list)) {
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

std::vector<VolumeMount> PodReader::ReadMounts(const YamlNode& list) {
  std::vector<VolumeMount> mounts;
  for (const YamlEntry& entry : Take(list)) {
    const YamlNode& node = *entry.value;
    if (!node.IsMapping()) continue;
    VolumeMount mount;
    mount.volume = Text(node["name"]);
    mount.volume_span = node["name"].span;
    mount.path = node["mountPath"].value;
    mount.path_span = node["mountPath"].span;
    const YamlNode& plain = node["subPath"];
    mount.sub_path = plain ? plain.value : KubernetesReferences(node["subPathExpr"].value);
    mount.has_sub_path = !mount.sub_path.empty();
    mount.read_only = IsTrue(node["readOnly"]);
    mount.span = node.span;
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

VolumeSource PodReader::ReadSource(VolumeSource::Kind kind, const YamlNode& node,
                                   std::string_view name_key) {
  VolumeSource source;
  source.kind = kind;
  source.name = Text(node[name_key]);
  source.name_span = node[name_key].span;
  source.optional = IsTrue(node["optional"]);
  source.has_items = static_cast<bool>(node["items"]);
  for (const YamlEntry& entry : Take(node["items"])) {
    const YamlNode& item = *entry.value;
    source.items.push_back({item["key"].value, item["path"].value, item.span,
                            ReadGivenMode(item["mode"]), ReadOwner(item["user"])});
  }
  return source;
}

VolumeSource PodReader::ReadProjectedSource(const YamlNode& node) {
  if (node["secret"]) return ReadSource(VolumeSource::Kind::kSecret, node["secret"], "name");
  if (node["configMap"]) {
    return ReadSource(VolumeSource::Kind::kConfigMap, node["configMap"], "name");
  }
  if (node["downwardAPI"]) {
    return ReadSource(VolumeSource::Kind::kDownwardApi, node["downwardAPI"], "");
  }
  VolumeSource source;
  if (const YamlNode& token = node["serviceAccountToken"]) {
    source.kind = VolumeSource::Kind::kServiceAccountToken;
    source.has_items = true;
    source.items.push_back({token["path"].value, token["path"].value, token.span, {}, {}});
  }
  return source;
}

Volume PodReader::ReadVolume(const YamlNode& node) {
  Volume volume;
  volume.name = Text(node["name"]);
  volume.name_span = node["name"].span;
  volume.span = node.span;
  for (const YamlEntry* pair : node.Pairs()) {
    const std::string_view key = pair->key->text();
    const YamlNode& source = *pair->value;
    if (key == "name") continue;
    volume.source_span = pair->key->span;
    volume.kind = Volume::Kind::kOther;
    volume.default_mode = ReadGivenMode(source["defaultMode"]);
    volume.default_owner = ReadOwner(source["defaultUser"]);
    if (key == "secret") {
      volume.kind = Volume::Kind::kSecret;
      volume.sources = {ReadSource(VolumeSource::Kind::kSecret, source, "secretName")};
    } else if (key == "configMap") {
      volume.kind = Volume::Kind::kConfigMap;
      volume.sources = {ReadSource(VolumeSource::Kind::kConfigMap, source, "name")};
    } else if (key == "downwardAPI") {
      volume.kind = Volume::Kind::kDownwardApi;
      volume.sources = {ReadSource(VolumeSource::Kind::kDownwardApi, source, "")};
    } else if (key == "projected") {
      volume.kind = Volume::Kind::kProjected;
      for (const YamlEntry& entry : Take(source["sources"])) {
        volume.sources.push_back(ReadProjectedSource(*entry.value));
      }
    } else if (key == "hostPath") {
      volume.kind = Volume::Kind::kHostPath;
    } else if (key.empty()) {
      volume.kind = Volume::Kind::kUnknown;  // a template's doing
    }
    break;
  }
  return volume;
}

std::vector<Volume> PodReader::ReadVolumes(const YamlNode& list) {
  std::vector<Volume> volumes;
  for (const YamlEntry& entry : Take(list)) {
    if (entry.value->IsMapping()) volumes.push_back(ReadVolume(*entry.value));
  }
  return volumes;
}

std::vector<PullSecretReference> PodReader::ReadPullSecrets(const YamlNode& list) {
  std::vector<PullSecretReference> secrets;
  for (const YamlEntry& entry : Take(list)) {
    const YamlNode& name = (*entry.value)["name"];
    secrets.push_back({name.value, name ? name.span : entry.value->span});
  }
  return secrets;
}

void PodReader::ReadCommand(const YamlNode& node, const std::set<std::string_view>& variables,
                            Container& container) {
  ContainerCommand command;
  for (const std::string_view key : {"command", "args"}) {
    const YamlNode& list = node[key];
    if (!list) continue;
    command.span = command.argv.empty() ? list.span : Span::Cover(command.span, list.span);
    if (list.IsScalar()) command.argv.push_back(FillIn(list.value, variables));
    for (const YamlEntry& entry : Take(list)) {
      if (entry.value->IsScalar()) command.argv.push_back(FillIn(entry.value->value, variables));
    }
  }
  command.has_program = !node["command"].entries.empty() || node["command"].IsScalar();
  if (!command.argv.empty()) container.commands.push_back(std::move(command));
}

Container PodReader::ReadContainer(const YamlNode& node) {
  Container container;
  container.name = Text(node["name"]);
  container.image = EnvsubstVariables(node["image"].value);  // no reference holds a `$`
  container.working_dir = node["workingDir"].value;
  container.env = ReadEnv(node["env"]);
  container.has_env_from = !node["envFrom"].entries.empty();
  container.mounts = ReadMounts(node["volumeMounts"]);
  std::set<std::string_view> variables;
  for (const EnvVar& variable : container.env) variables.insert(variable.name);
  ReadCommand(node, variables, container);
  for (const std::string_view hook : {"postStart", "preStop"}) {
    ReadCommand(node["lifecycle"][hook]["exec"], variables, container);
  }
  container.ids = ReadIds(node["securityContext"]);
  container.span = node.span;
  return container;
}

PodTemplate PodReader::ReadPod(const YamlNode& pod) {
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
    for (const YamlEntry& entry : Take(spec[list.key])) {
      if (!entry.value->IsMapping()) continue;
      Container container = ReadContainer(*entry.value);
      container.kind = list.kind;
      container.index = index++;
      result.containers.push_back(std::move(container));
    }
  }
  result.volumes = ReadVolumes(spec["volumes"]);
  result.pull_secrets = ReadPullSecrets(spec["imagePullSecrets"]);
  result.service_account = spec["serviceAccountName"].value;
  for (const YamlEntry& entry : Take(pod["metadata"]["annotations"])) {
    if (entry.key != nullptr) result.annotations.push_back(Text(*entry.key));
  }
  ReadPodIds(spec["securityContext"], result);
  return result;
}

}  // namespace oakum
