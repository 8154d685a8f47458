#include "analyzer/model/lower_runtime_env.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/credential/uri.h"
#include "analyzer/model/command_text.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/runtime_env.h"
#include "analyzer/model/tool_config.h"
#include "analyzer/model/uri_hint.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/json.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_data.h"

namespace oakum {

namespace {

RuntimeEnvUse Use(RuntimeEnvSurface surface, std::string handed_by, Span handed_at) {
  return {surface, std::move(handed_by), handed_at, nullptr};
}

void AddFrom(const DataTree& tree, DataTree::Id map, const RuntimeEnvUse& use, Facts& facts) {
  if (tree.Is(map, DataKind::kMap)) AddRuntimeEnv(ReadRuntimeEnv(tree, map, use), facts);
}

DataTree ReadYaml(const Value& text) {
  const YamlTree yaml = ParseYaml(text);
  return yaml.documents().empty() ? DataTree() : ToDataTree(*yaml.documents().front());
}

// Every runtime_env below a key of that name; a Serve config has them in several places.
void AddNested(const DataTree& tree, const RuntimeEnvUse& use, Facts& facts) {
  for (DataTree::Id id = 0; id < tree.size(); ++id) {
    const Value& key = tree[id].key;
    if (!key.is_literal() || key.text() != "runtime_env") continue;
    RuntimeEnvUse here = use;
    if (here.handed_by.empty()) here.handed_by = "runtime_env";
    if (here.handed_at.empty()) here.handed_at = key.ToSource();
    if (!tree.Is(id, DataKind::kText)) {
      AddFrom(tree, id, here, facts);
      continue;
    }
    // A document in the document: what KubeRay's API server takes.
    const DataTree text = ReadYaml(tree[id].value);
    AddFrom(text, text.root(), here, facts);
  }
}

void AddScripts(const DataTree& tree, DataTree::Id holder, std::string_view key, Facts& facts) {
  const DataTree::Id script = tree.Find(holder, key);
  if (tree.Is(script, DataKind::kText)) {
    LowerShellText(tree[script].value, CommandHost::kCluster, facts);
  }
  for (DataTree::Id line : tree.Children(script)) {
    if (tree.Is(line, DataKind::kText)) {
      LowerShellText(tree[line].value, CommandHost::kCluster, facts);
    }
  }
}

void AddOtherUris(const std::vector<DataTree>& documents, Facts& facts) {
  std::vector<Span> known;
  for (const UriUse& use : facts.uris) known.push_back(use.span);
  std::sort(known.begin(), known.end());
  for (const DataTree& tree : documents) {
    for (DataTree::Id id = 0; id < tree.size(); ++id) {
      if (!tree.Is(id, DataKind::kText)) continue;
      for (Uri& uri : FindUris(tree[id].value)) {
        const Span span = uri.whole.ToSource();
        if (std::binary_search(known.begin(), known.end(), span)) continue;
        UriUse use;
        use.uri = std::move(uri);
        use.setting = tree[id].key.is_literal() ? std::string(tree[id].key.text()) : std::string();
        use.span = span;
        facts.uris.push_back(std::move(use));
      }
    }
  }
}

}  // namespace

void LowerJson(const Source& source, Facts& facts) {
  const std::string_view text = source.text();
  const bool tool = ToolConfigAt(source.path()) != nullptr;
  if (!tool && !MayHoldUriCredential(text, "\"") && !MayHoldEscapedUri(text) &&
      !ContainsAny(text, {"runtime_env", "env_vars", "\"auths\""})) {
    return;
  }
  JsonText json = ParseJson(Value(source.body()));
  if (json.error) {
    facts.notices.push_back({json.error->message, json.error->span.value_or(Span{})});
  }
  std::vector<DataTree> documents = std::move(json.further);
  documents.insert(documents.begin(), std::move(json.tree));
  for (const DataTree& tree : documents) {
    if (tool || ToolConfigOf(tree)) LowerToolConfig(tree, facts);
    if (LooksLikeRuntimeEnv(tree, tree.root())) {
      AddFrom(tree, tree.root(), Use(RuntimeEnvSurface::kFile, "", {}), facts);
    }
    AddNested(tree, Use(RuntimeEnvSurface::kFile, "", {}), facts);
  }
  AddOtherUris(documents, facts);
}

void LowerRuntimeEnvFile(const DataTree& tree, Facts& facts) {
  AddFrom(tree, tree.root(), Use(RuntimeEnvSurface::kFile, "", {}), facts);
}

void LowerServeConfig(const DataTree& tree, Facts& facts) {
  AddNested(tree, Use(RuntimeEnvSurface::kServeConfig, "", {}), facts);
}

void LowerClusterLauncher(const DataTree& tree, Facts& facts) {
  const DataTree::Id root = tree.root();
  for (std::string_view key :
       {"initialization_commands", "setup_commands", "head_setup_commands", "worker_setup_commands",
        "head_start_ray_commands", "worker_start_ray_commands"}) {
    AddScripts(tree, root, key, facts);
  }
  const DataTree::Id docker = tree.Find(root, "docker");
  for (std::string_view key : {"run_options", "head_run_options", "worker_run_options"}) {
    const DataTree::Id options = tree.Find(docker, key);
    for (DataTree::Id option : tree.Children(options)) {
      if (!tree.Is(option, DataKind::kText)) continue;
      Value::Builder command;
      command.AppendDecoded("docker run ", tree[option].span);
      command.Append(tree[option].value);
      LowerShellText(std::move(command).Build(), CommandHost::kCluster, facts);
    }
  }
  for (DataTree::Id type : tree.Children(tree.Find(root, "available_node_types"))) {
    AddScripts(tree, type, "worker_setup_commands", facts);
  }
}

RuntimeEnv ReadAnyscaleRuntimeEnv(const DataTree& tree, const RuntimeEnvUse& use) {
  const DataTree::Id root = tree.root();
  RuntimeEnv env = ReadRuntimeEnv(tree, root, use);
  env.unknown.clear();  // the keys of the file around it
  if (const DataTree::Id list = tree.Find(root, "requirements"); list != DataTree::kNone) {
    for (DataTree::Id line : tree.Children(list)) {
      env.requirements.push_back({"pip", tree[line].value, false});
    }
  }
  return env;
}

void LowerAnyscaleRuntimeEnv(const DataTree& tree, Facts& facts) {
  const RuntimeEnvUse use = Use(RuntimeEnvSurface::kAnyscale, "", {});
  AddNested(tree, use, facts);
  const DataTree::Id root = tree.root();
  if (!tree.Is(root, DataKind::kMap)) return;
  AddRuntimeEnv(ReadAnyscaleRuntimeEnv(tree, use), facts);
  AddScripts(tree, root, "entrypoint", facts);
  AddScripts(tree, root, "post_build_cmds", facts);
}

// --- KubeRay ---

namespace {

// The end of the command in `...` or $(...) that begins at `begin`, on one line; 0 if none does.
size_t CommandEnd(std::string_view text, size_t begin) {
  const bool ticks = text[begin] == '`';
  if (!ticks && text.substr(begin, 2) != "$(") return 0;
  const size_t line = std::min(text.find('\n', begin), text.size());
  const size_t end = text.find(ticks ? '`' : ')', begin + 1);
  return end < line ? end + 1 : 0;
}

// What the shell of the submitter Pod fills in: variables and the output of commands. Kubernetes
// takes $(NAME) for a variable of the container.
Value SubmitterText(const Value& text) {
  const Value variables = EnvsubstVariables(text);
  Value::Builder out;
  uint32_t at = 0;
  for (uint32_t i = 0; i < variables.size();) {
    const uint32_t end = static_cast<uint32_t>(CommandEnd(variables.text(), i));
    if (end == 0) {
      ++i;
      continue;
    }
    const std::string_view command = variables.text().substr(i, end - i);
    const size_t name = command.find_first_not_of("`$( ");
    Hole hole;
    hole.name = command.substr(std::min(name, command.size()));
    hole.name.resize(std::min(hole.name.find_first_of(" `)"), hole.name.size()));
    hole.origin = HoleOrigin::kCommand;
    hole.span = variables.ToSource({i, end});
    out.Append(variables.Slice({at, i}));
    out.Append(std::move(hole));
    at = i = end;
  }
  out.Append(variables.Slice(at));
  return std::move(out).Build();
}

}  // namespace

void LowerRayMember(const Value& key, const Value& text, bool submitted, Facts& facts) {
  if (key.text() == "serveConfigV2") {
    const RuntimeEnvUse use = Use(RuntimeEnvSurface::kRayService, "serveConfigV2", key.ToSource());
    AddNested(ReadYaml(text), use, facts);
  }
  if (key.text() != "runtimeEnvYAML") return;
  // The submitter's shell expands what stands in its arguments; over HTTP nothing does.
  const DataTree tree = ReadYaml(submitted ? SubmitterText(text) : text);
  const RuntimeEnvSurface surface =
      submitted ? RuntimeEnvSurface::kRayJob : RuntimeEnvSurface::kRayJobHttp;
  AddFrom(tree, tree.root(), Use(surface, "runtimeEnvYAML", key.ToSource()), facts);
}

namespace {

void LowerRayJob(const YamlNode& spec, Facts& facts) {
  if (const YamlEntry* entry = spec.Find("runtimeEnvYAML"); entry && entry->value->IsScalar()) {
    const std::string_view mode = spec["submissionMode"].text();
    const bool submitted = mode != "HTTPMode" && mode != "InteractiveMode";
    LowerRayMember(Value(MappedText::Synthetic("runtimeEnvYAML", entry->key->span)),
                   entry->value->value, submitted, facts);
  }
  if (spec["entrypoint"].IsScalar()) {
    LowerShellText(spec["entrypoint"].value, CommandHost::kCluster, facts);
  }
}

}  // namespace

namespace {

// A history server that is switched on for the cluster.
void LowerHistoryServer(const YamlNode& cluster, Facts& facts) {
  const YamlEntry* entry = cluster.Find("historyServerOptions");
  if (!entry || !entry->value->IsMapping() || (*entry->value)["enabled"].text() == "false") return;
  Setting setting;
  setting.name = "historyServerOptions";
  setting.name_span = entry->key->span;
  setting.span = entry->key->span;
  setting.scope = SettingScope::kFile;
  setting.file_kind = "kuberay";
  facts.settings.push_back(std::move(setting));
}

}  // namespace

void LowerRayResource(const YamlNode& root, Facts& facts) {
  if (!root["apiVersion"].text().starts_with("ray.io/")) return;
  const std::string_view kind = root["kind"].text();
  const YamlNode& spec = root["spec"];
  for (const YamlNode* cluster : {&spec, &spec["rayClusterSpec"], &spec["rayClusterConfig"],
                                  &spec["jobTemplate"]["rayClusterSpec"]}) {
    LowerHistoryServer(*cluster, facts);
  }
  if (kind == "RayJob") return LowerRayJob(spec, facts);
  if (kind == "RayCronJob") return LowerRayJob(spec["jobTemplate"], facts);
  const YamlEntry* config = spec.Find("serveConfigV2");
  if (kind != "RayService" || !config || !config->value->IsScalar()) return;
  LowerRayMember(Value(MappedText::Synthetic("serveConfigV2", config->key->span)),
                 config->value->value, false, facts);
}

// --- command lines and variables ---

namespace {

// The words of a command after which the flags of a job or application follow.
bool TakesRuntimeEnv(const Command& command) {
  std::vector<std::string_view> words;
  for (const Value& word : command.argv) {
    if (words.size() == 5) break;
    if (word.is_literal() && !word.text().starts_with("-")) words.push_back(word.text());
  }
  const std::string_view program = command.Program();
  auto follows = [&words](std::initializer_list<std::string_view> expected) {
    return words.size() > expected.size() &&
           std::equal(expected.begin(), expected.end(), words.begin() + 1);
  };
  if (program == "ray") return follows({"job", "submit"});
  if (program == "serve") return follows({"run"}) || follows({"deploy"}) || follows({"build"});
  if (program == "kubectl") return follows({"ray", "job", "submit"});
  if (program == "anyscale") return follows({"job", "submit"}) || follows({"service", "deploy"});
  return false;
}

void AddFlag(std::string_view flag, const Value& value, Span span, Facts& facts) {
  const RuntimeEnvUse use = Use(RuntimeEnvSurface::kCommandLine, std::string(flag), span);
  if (flag == "--runtime-env-json") {
    const TextOrigin origin = OriginOf(value, facts);
    const JsonText json = ParseJson(origin.text ? *origin.text : value);
    return AddFrom(json.tree, json.tree.root(), use, facts);
  }
  RuntimeEnv env;
  env.surface = use.surface;
  env.handed_by = use.handed_by;
  env.handed_at = span;
  env.span = value.ToSource();
  if (flag == "--env") {
    const auto equals = static_cast<uint32_t>(value.text().find('='));
    if (equals >= value.size()) return;
    env.surface = RuntimeEnvSurface::kAnyscale;
    env.env_vars.push_back(
        {value.Slice({0, equals}), value.Slice(equals + 1), value.ToSource(), {}});
    return AddRuntimeEnv(std::move(env), facts);
  }
  const std::string field = flag == "--py-module" ? "py_modules" : "working_dir";
  env.packages.push_back(ReadPackage(field, value, env.span, use));
  // A variable that another file may set, which the script sources.
  if (const Hole* hole = value.HoleAt(0); hole && hole->origin == HoleOrigin::kEnvironment) {
    env.references.push_back({field, hole->name, hole->span});
  }
  AddRuntimeEnv(std::move(env), facts);
}

}  // namespace

void LowerRuntimeEnvText(const Value& text, const RuntimeEnvUse& use, Facts& facts) {
  if (!MentionsRuntimeEnv(text.text())) return;
  const YamlTree yaml = ParseYaml(text);
  for (const auto& document : yaml.documents()) {
    const DataTree tree = ToDataTree(*document);
    if (LooksLikeRuntimeEnv(tree, tree.root())) {
      AddFrom(tree, tree.root(), use, facts);
    } else if (document->Find("apiVersion")) {
      LowerRayResource(*document, facts);
    } else {
      AddNested(tree, use, facts);
    }
  }
}

void CollectWrittenRuntimeEnvs(Facts& facts) {
  // Lowering adds to the commands that are read here.
  std::vector<Value> texts;
  std::set<Span> seen;
  // Of a flag that was followed to its text.
  const auto is_known = [&facts](Span text) {
    return std::any_of(
        facts.runtime_envs.begin(), facts.runtime_envs.end(),
        [text](const RuntimeEnv& env) { return !env.span.empty() && text.Contains(env.span); });
  };
  const auto add = [&](const Value& text) {
    if (is_known(text.ToSource())) return;
    if (MentionsRuntimeEnv(text.text()) && seen.insert(text.ToSource()).second) {
      texts.push_back(text);
    }
  };
  for (const Command& command : facts.commands) {
    for (const Redirection& redirection : command.redirections) {
      const bool text = redirection.kind == Redirection::Kind::kHeredoc ||
                        redirection.kind == Redirection::Kind::kHereString;
      if (text) add(redirection.target);
    }
    for (const FileWrite& write : WritesOf(command, facts.commands)) add(write.text);
    if (command.Program() != "curl") continue;  // of the Jobs API
    for (const Value& argument : command.argv) {
      if (argument.text().starts_with('{')) add(argument);
    }
  }
  const RuntimeEnvUse use = Use(RuntimeEnvSurface::kFile, "", {});
  for (const Value& text : texts) LowerRuntimeEnvText(text, use, facts);
}

void DeriveRuntimeEnv(const Command& command, Facts& facts) {
  if (!TakesRuntimeEnv(command)) return;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    if (word.text() == "--" && word.is_literal()) return;  // the entrypoint
    for (std::string_view flag : {"--runtime-env-json", "--working-dir", "--py-module", "--env"}) {
      if (!word.text().starts_with(flag)) continue;
      if (flag == "--env" && command.Program() != "anyscale") continue;
      const auto size = static_cast<uint32_t>(flag.size());
      if (word.size() > size && word.text()[size] == '=') {
        AddFlag(flag, word.Slice(size + 1), word.ToSource({0, size}), facts);
      } else if (word.size() == size && i + 1 < command.argv.size()) {
        AddFlag(flag, command.argv[++i], word.ToSource(), facts);
      }
      break;
    }
  }
}

void DeriveRuntimeEnv(std::string_view name, const Value& value, Span at, Facts& facts) {
  if (name != "RAY_RUNTIME_ENV" && name != "RAY_JOB_CONFIG_JSON_ENV_VAR") return;
  const JsonText json = ParseJson(value);
  const RuntimeEnvUse use = Use(RuntimeEnvSurface::kVariable, std::string(name), at);
  if (name == "RAY_RUNTIME_ENV") {
    AddFrom(json.tree, json.tree.root(), use, facts);
  } else {
    AddNested(json.tree, use, facts);
  }
}

}  // namespace oakum
