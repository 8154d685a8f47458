#include "analyzer/model/lower_python.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/base/one_of.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/config_uris.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/lower_config.h"
#include "analyzer/model/lower_runtime_env.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/python_fields.h"
#include "analyzer/model/python_installs.h"
#include "analyzer/model/python_prints.h"
#include "analyzer/model/python_processes.h"
#include "analyzer/model/python_ray_names.h"
#include "analyzer/model/python_uris.h"
#include "analyzer/model/python_writes.h"
#include "analyzer/model/registry.h"
#include "analyzer/model/runtime_env.h"
#include "analyzer/model/uri_hint.h"
#include "analyzer/syntax/python.h"
#include "analyzer/syntax/script_metadata.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
constexpr Id kNoNode = SyntaxTree::kNone;
constexpr std::string_view kRllibVariables = "extra_python_environs_for_worker";

class PythonLowering {
 public:
  PythonLowering(const Value& text, Facts& facts)
      : module_(text), tree_(module_.tree()), facts_(facts) {}

  // Follows what the module imports if it hands it to others, or hands its own to a module that
  // does.
  void FollowImports(const Source& source, const ModuleFinder& modules) {
    if (!modules) return;
    for (const std::string& name : module_.ImportedModules()) {
      const Source* imported = modules(source.path(), name);
      calls_others_ |= imported && imported != &source && MentionsRuntimeEnv(imported->text());
    }
    if (!calls_others_ && !HandsOn(source.text())) return;
    module_.FollowImports(source.path(), modules, static_cast<uint32_t>(source.text().size()) + 1);
  }

  void Lower() {
    local_ = IsLocal();
    for (Id id = 0; id < tree_.size(); ++id) {
      if (tree_.Is(id, "call")) Call(id);
    }
    // What no call hands over: modules that define a runtime_env for others.
    for (Id id : constructed_) Add(module_.Evaluate(id), "", {});
    for (Id id = 0; id < tree_.size(); ++id) {
      if (tree_.Is(id, "assignment")) Assignment(id);
    }
    for (Id id = 0; id < tree_.size(); ++id) {
      if (tree_.Is(id, "dictionary")) Display(id);
    }
    AddBashTasks(module_, facts_);
    AddRuntimeEnvTexts(module_, facts_);
    AddProgramUris(module_, facts_);
    facts_.parts = module_.parts();
    if (module_.error()) {
      facts_.notices.push_back({module_.error()->message, module_.error()->span.value_or(Span{})});
    }
  }

 private:
  // --- runtime_env ---

  RuntimeEnvUse UseAs(RuntimeEnvSurface surface, std::string handed_by = {}, Span handed_at = {}) {
    return {surface, std::move(handed_by), handed_at,
            [this](const Value& value) { return module_.OriginsOf(value); }, local_};
  }

  void Add(const PyValues& values, std::string handed_by, Span handed_at) {
    const RuntimeEnvUse use = UseAs(RuntimeEnvSurface::kProgram, std::move(handed_by), handed_at);
    for (PyId id : values) {
      const DataTree data = module_.ToData(id);
      if (data.Is(data.root(), DataKind::kMap)) AddNew(ReadRuntimeEnv(data, data.root(), use));
    }
  }

  // Adds what has not been added by another name or call.
  void AddNew(RuntimeEnv env) {
    std::erase_if(env.packages, [this](const RuntimeEnvPackage& package) {
      return !IsNew(package.span, package.value);
    });
    std::erase_if(env.env_vars, [this](const RuntimeEnvVariable& variable) {
      return !IsNew(variable.name.ToSource(), variable.value);
    });
    std::erase_if(env.requirements, [this](const RuntimeEnvRequirement& requirement) {
      return !IsNew({}, requirement.line);
    });
    AddRuntimeEnv(std::move(env), facts_);
  }

  // Alternatives may begin and end at the same places: `f"{name} @ {ssh or https}"`.
  bool IsNew(Span key, const Value& value) {
    const size_t text = std::hash<std::string_view>()(value.text());
    return added_.insert({key, value.ToSource(), text}).second;
  }

  // Every runtime_env inside a dict that holds one under that key.
  void AddHeld(const PyValues& values, const std::string& handed_by, Span handed_at) {
    for (PyId id : values) {
      const PyObject& object = module_[id];
      if (object.kind != PyKind::kMap && object.kind != PyKind::kCall) continue;
      for (const PyItem& item : object.items) {
        if (item.key.is_literal() && IsRuntimeEnvKeyword(item.key.text())) {
          Add(item.values, handed_by, handed_at);
        }
      }
    }
  }

  // ray.init(address="local"): a cluster of one machine, for as long as the program runs.
  // Whether every Ray that the module starts or joins is one of this machine alone.
  bool IsLocal() {
    bool local = false;
    for (Id id = 0; id < tree_.size(); ++id) {
      const Id callee = tree_.Is(id, "call") ? tree_.Child(id, "function") : kNoNode;
      if (callee == kNoNode) continue;
      const std::string_view name = module_.TextOf(callee);
      if (name.ends_with("ray.client") || name.ends_with("JobSubmissionClient")) return false;
      if (!name.ends_with("init")) continue;
      const PyObject call = module_.CallOf(id);
      if (call.name != "ray.init") continue;
      const PyItem* address = PythonModule::Argument(call, "address", 0);
      if (!address || address->values.empty()) return false;
      for (const PyId value : address->values) {
        if (module_[value].value.text() != "local") return false;
      }
      local = true;
    }
    return local;
  }

  void Call(Id id) {
    const Id callee = tree_.Child(id, "function");
    if (callee == kNoNode) return;
    const PyObject call = module_.CallOf(id);
    const std::string& name = call.name;
    const Span at = module_.SpanOf(callee);
    const std::string shown = ShownName(name, module_.TextOf(callee));
    HandOver(call, shown, at);
    if (calls_others_) {
      for (const PyInnerCall& inner : module_.CallsBehind(id)) {
        HandOver(inner.call, ShownName(inner.call.name, inner.call.name), inner.callee);
      }
    }
    if (EndsWithName(name, "RuntimeEnv")) constructed_.push_back(id);
    if (EndsWithName(name, "RuntimeEnv().set")) Set(call, id);
    if (name.starts_with("anyscale.")) Anyscale(name, id, shown, at);
    AddInstalls(module_, call, facts_);
    AddWrites(module_, id, call, facts_);
    AddPrint(module_, id, call, facts_);
    AddHeaders(module_, call, facts_);
    LowerRegistryCall(module_, call, module_.SpanOf(id), facts_);
    if (const PyItem* environment = AddProcess(module_, id, call, facts_)) {
      SetVariables(environment->values, id);
    }
    Environment(name, call, id);
  }

  // The runtime_envs that a call gets.
  void HandOver(const PyObject& call, const std::string& shown, Span at) {
    for (const PyItem& item : call.items) {
      if (item.key.empty() || !item.key.is_literal()) continue;
      if (IsRuntimeEnvKeyword(item.key.text())) {
        Add(item.values, shown, at);
      } else if (HoldsRuntimeEnv(item.key.text())) {
        AddHeld(item.values, shown, at);
      } else if (item.key.text() == kRllibVariables) {
        AddWorkerVariables(item.key, item.values, item.span);
      }
    }
    AddFlagged(call.items);
    const PyItem* first = PythonModule::Argument(call, {}, 0);
    if (first) AddFlagged(module_[first->values.front()].items);
    const bool sets =
        call.name.ends_with("client().env") || EndsWithName(call.name, "set_runtime_env");
    if (sets && first) Add(first->values, shown, at);
  }

  // ["ray", "job", "submit", "--runtime-env-json", json.dumps(...)]
  void AddFlagged(const std::vector<PyItem>& words) {
    constexpr std::string_view kFlag = "--runtime-env-json";
    for (size_t i = 0; i + 1 < words.size(); ++i) {
      if (module_[words[i].values.front()].value.text() != kFlag) continue;
      for (PyId value : words[i + 1].values) {
        const PyObject& json = module_[value];
        if (json.kind != PyKind::kJson) continue;
        Add(json.items.front().values, std::string(kFlag), words[i].span);
      }
    }
  }

  // JobConfig(...), ServiceConfig(...), WorkspaceConfig(...) and anyscale.image.register(...).
  void Anyscale(const std::string& name, Id id, const std::string& handed_by, Span handed_at) {
    const bool config = name.ends_with("Config");
    if (!config && !name.ends_with("image.register")) return;
    for (PyId value : module_.Evaluate(id)) {
      const DataTree data = module_.ToData(value);
      if (!data.Is(data.root(), DataKind::kMap)) continue;
      LowerAnyscale(data, facts_);
      if (!config) continue;
      AddNew(
          ReadAnyscaleRuntimeEnv(data, UseAs(RuntimeEnvSurface::kAnyscale, handed_by, handed_at)));
    }
  }

  // `name = {...}`, `name["working_dir"] = ...` where the name says what it is.
  void Assignment(Id id) {
    Id left = tree_.Child(id, "left");
    const Id right = tree_.Child(id, "right");
    if (left == kNoNode || right == kNoNode) return;
    if (!tree_.Is(left, "subscript")) {
      if (NamesRuntimeEnv(module_.TextOf(left))) Add(module_.Evaluate(right), "", {});
      return;
    }
    const Id key_node = tree_.Child(left, "subscript");
    const Id base = tree_.Child(left, "value");
    if (key_node == kNoNode || base == kNoNode) return;
    const PyId key = module_.Evaluate(key_node).front();
    const Value& key_text = module_[key].value;
    if (!key_text.is_literal()) return;
    if (module_.QualifiedName(base) == "os.environ") {
      return SetVariable(key_text, module_.Evaluate(right), id);
    }
    if (IsRuntimeEnvKeyword(key_text.text())) return Add(module_.Evaluate(right), "", {});
    const std::string_view holder = module_.TextOf(base);
    const bool defaulted = GivesVariables(holder);
    if (!defaulted && !NamesRuntimeEnv(holder)) return;
    // `runtime_env["env_vars"]["TOKEN"]`; what is set below another member is no field.
    const Id member = tree_.Is(base, "subscript") ? tree_.Child(base, "subscript") : kNoNode;
    const std::string_view in =
        member == kNoNode ? "" : module_[module_.Evaluate(member).front()].value.text();
    const bool variables = defaulted || in == "env_vars" || holder.ends_with("env_vars");
    if (variables) {
      AddVariable(key_text, module_.Evaluate(right), module_.SpanOf(right), id);
    } else if (member == kNoNode || IsRuntimeEnvKeyword(in)) {
      AddMember(key_text, module_.Evaluate(right), module_.SpanOf(right), id);
    }
  }

  // env.set("working_dir", ...)
  void Set(const PyObject& call, Id id) {
    const PyItem* key = PythonModule::Argument(call, "name", 0);
    const PyItem* value = PythonModule::Argument(call, "value", 1);
    if (!key || !value) return;
    const Value name = module_[key->values.front()].value;
    if (name.is_literal()) AddMember(name, value->values, value->span, id);
  }

  // A runtime_env of one field.
  void AddMember(const Value& key, const PyValues& values, Span span, Id id) {
    DataTree data;
    const DataTree::Id root =
        data.Add(DataTree::kNone, {DataKind::kMap, {}, {}, module_.SpanOf(id)});
    for (PyId value : values) AddField(data, root, key, module_.ToData(value), span);
    AddNew(data, root);
  }

  // A runtime_env whose env_vars have one variable.
  void AddVariable(const Value& name, const PyValues& values, Span span, Id id) {
    DataTree data;
    const Span all = module_.SpanOf(id);
    const DataTree::Id root = data.Add(DataTree::kNone, {DataKind::kMap, {}, {}, all});
    const Value key(MappedText::Synthetic("env_vars", all));
    const DataTree::Id map = data.Add(root, {DataKind::kMap, {}, key, all});
    for (PyId value : values) AddField(data, map, name, module_.ToData(value), span);
    AddNew(data, root);
  }

  // What RLlib sets in its workers: env_vars of another name.
  void AddWorkerVariables(const Value& key, const PyValues& values, Span span) {
    DataTree data;
    const DataTree::Id root = data.Add(DataTree::kNone, {DataKind::kMap, {}, {}, span});
    const Value field(MappedText::Synthetic("env_vars", key.ToSource()));
    for (PyId value : values) AddField(data, root, field, module_.ToData(value), span);
    AddNew(ReadRuntimeEnv(
        data, root,
        UseAs(RuntimeEnvSurface::kRllib, std::string(kRllibVariables), key.ToSource())));
  }

  void AddNew(const DataTree& data, DataTree::Id root) {
    AddNew(ReadRuntimeEnv(data, root, UseAs(RuntimeEnvSurface::kProgram)));
  }

  // A dict that has the fields of a runtime_env, or holds one.
  void Display(Id id) {
    for (Id pair : tree_.Children(id)) {
      const Id key = tree_.Child(pair, "key");
      if (key == kNoNode || !tree_.Is(key, "string")) continue;
      std::string_view text = module_.TextOf(key);
      if (text.size() < 2) continue;
      text = text.substr(1, text.size() - 2);
      if (IsOneOf(text, {"working_dir", "py_modules", "java_jars"})) {
        const PyValues values = module_.Evaluate(id);
        const DataTree data = module_.ToData(values.front());
        if (LooksLikeRuntimeEnv(data, data.root())) Add(values, "", {});
        return;
      }
      if (IsRuntimeEnvKeyword(text)) AddHeld(module_.Evaluate(id), "", {});
      const Id value = tree_.Child(pair, "value");
      if (text == kRllibVariables && value != kNoNode) {
        AddWorkerVariables(module_[module_.Evaluate(key).front()].value, module_.Evaluate(value),
                           module_.SpanOf(value));
      }
      if (IsOneOf(text, {"runtimeEnvYAML", "serveConfigV2"}) && value != kNoNode) {
        const Value& name = module_[module_.Evaluate(key).front()].value;
        for (PyId document : module_.Evaluate(value)) {
          LowerRayMember(name, module_[document].value, true, facts_);
        }
      }
      if (text == "actions" && value != kNoNode) {
        AddActions(module_, module_.Evaluate(value), module_.SpanOf(value), facts_);
      }
    }
  }

  // --- processes and the environment ---

  void Environment(const std::string& name, const PyObject& call, Id id) {
    const PyItem* first = PythonModule::Argument(call, {}, 0);
    const PyItem* second = PythonModule::Argument(call, {}, 1);
    if (name == "os.environ.update") {
      if (first) return SetVariables(first->values, id);
      for (const PyItem& item : call.items) SetVariable(item.key, item.values, id);
    } else if ((name == "os.environ.setdefault" || name == "os.putenv") && first && second) {
      SetVariable(module_[first->values.front()].value, second->values, id);
    }
  }

  void SetVariables(const PyValues& maps, Id id) {
    for (PyId map : maps) {
      const PyObject& object = module_[map];
      if (object.kind != PyKind::kMap) continue;
      for (const PyItem& item : object.items) SetVariable(item.key, item.values, id);
    }
  }

  void SetVariable(const Value& name, const PyValues& values, Id id) {
    if (!name.is_literal() || name.empty()) return;
    for (PyId value : values) {
      const PyObject& object = module_[value];
      if (object.kind == PyKind::kJson && name.text() == "RAY_RUNTIME_ENV") {
        Add(object.items.front().values, "RAY_RUNTIME_ENV", name.ToSource());
        continue;
      }
      Setting setting;
      setting.name = std::string(name.text());
      setting.value = object.value;
      setting.name_span = name.ToSource();
      setting.span = module_.SpanOf(id);
      setting.scope = SettingScope::kProgram;
      AddSetting(std::move(setting), facts_);
    }
  }

  PythonModule module_;
  const SyntaxTree& tree_;
  Facts& facts_;
  std::vector<Id> constructed_;  // RuntimeEnv(...)
  std::set<std::tuple<Span, Span, size_t>> added_;
  bool local_ = false;
  bool calls_others_ = false;  // functions of modules that hand over runtime_envs
};

}  // namespace

bool MayHandOver(std::string_view text) {
  if (MentionsRuntimeEnv(text) || MayHoldUriCredential(text) || MayAssembleUriCredential(text) ||
      MayHoldEscapedUri(text)) {
    return true;
  }
  if (ContainsAny(
          text, {"JobSubmissionClient", "RAY_JOB_HEADERS", "env_vars", "/api/jobs", "/api/serve/"}))
    return true;
  if (ContainsAny(text, {"registry_login_secret", "SecretString", kRllibVariables})) return true;
  return MayStartProcess(text) &&
         ContainsAny(text, {"netrc", "chmod", "login", "-password", "credentials", "--token",
                            "uthorization", "configure", "secret", "curl", "wget"});
}

void LowerPython(const Source& source, const ModuleFinder& modules, Facts& facts) {
  const std::string_view text = source.text();
  if (!MayHandOver(text)) return;
  PythonLowering lowering(Value(source.body()), facts);
  lowering.FollowImports(source, modules);
  lowering.Lower();
  LowerTomlText(ScriptMetadata(Value(source.body())), source.path(), facts);
}

void LowerProgram(const Value& code, Facts& facts) {
  if (MayHandOver(code.text())) PythonLowering(code, facts).Lower();
}

}  // namespace oakum
