#include "analyzer/model/runtime_env.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/base/one_of.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/config_uris.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

bool IsField(std::string_view key) {
  return IsOneOf(key, {"working_dir",
                       "py_modules",
                       "py_executable",
                       "java_jars",
                       "excludes",
                       "pip",
                       "uv",
                       "conda",
                       "env_vars",
                       "container",
                       "image_uri",
                       "config",
                       "worker_process_setup_hook",
                       "nsight",
                       "_nsight",
                       "rocprof_sys",
                       "_rocprof_sys",
                       "mpi",
                       "plugins",
                       "_validate",
                       "_ray_release",
                       "_ray_commit",
                       "_inject_current_ray"});
}

// Keys that are taken for fields: Ray ignores them.
bool IsMistakenField(std::string_view key) {
  return IsOneOf(key, {"secret_env_vars", "secrets_env_vars", "secret_env", "env_vars_secrets",
                       "env_vars_from", "exclude", "exclude_files", "ignore"});
}

bool IsPackageField(std::string_view key) {
  return IsOneOf(key, {"working_dir", "py_modules", "java_jars"});
}

// `${NAME}` as a hole: something before Ray is to fill it in.
Value FillBraces(const Value& value) {
  ValueRewriter rewriter(value);
  const std::string_view text = value.text();
  for (size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 1)) {
    const size_t end = text.find('}', at);
    if (end == text.npos) break;
    const std::string_view name = text.substr(at + 2, end - at - 2);
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain) continue;
    rewriter.Replace(at, end + 1, HoleNamed(name, HoleOrigin::kEnvironment));
    at = end;
  }
  return std::move(rewriter).Finish();
}

class Reader {
 public:
  Reader(const DataTree& tree, const RuntimeEnvUse& use) : tree_(tree), use_(use) {}

  RuntimeEnv Read(DataTree::Id map) && {
    env_.surface = use_.surface;
    env_.handed_by = use_.handed_by;
    env_.handed_at = use_.handed_at;
    env_.span = tree_[map].span;
    env_.local = use_.local;
    for (DataTree::Id child : tree_.Children(map)) {
      const Value& key = tree_[child].key;
      if (key.is_literal() && !key.empty()) Field(key.text(), child);
    }
    return std::move(env_);
  }

 private:
  void Field(std::string_view key, DataTree::Id node) {
    if (IsPackageField(key)) {
      Packages(std::string(key), node);
    } else if (key == "env_vars") {
      Variables(node);
    } else if (key == "pip" || key == "uv" || key == "conda") {
      Requirements(std::string(key), node);
    } else if (key == "image_uri") {
      env_.image = tree_[node].value;
    } else if (key == "py_executable") {
      env_.py_executable = tree_[node].value;
    } else if (key == "excludes") {
      env_.excludes = Texts(node);
    } else if (key == "container") {
      if (const DataTree::Id image = tree_.Find(node, "image"); image != DataTree::kNone) {
        env_.image = tree_[image].value;
      }
      env_.run_options = Texts(tree_.Find(node, "run_options"));
    } else if (!IsField(key)) {
      env_.unknown.push_back({std::string(key), tree_[node].key.ToSource()});
    }
  }

  std::vector<Span> OriginsOf(const Value& value) const {
    return use_.origins ? use_.origins(value) : std::vector<Span>();
  }

  void Packages(const std::string& field, DataTree::Id node) {
    if (tree_.Is(node, DataKind::kText)) {
      env_.packages.push_back(ReadPackage(field, tree_[node].value, tree_[node].span, use_));
    }
    for (DataTree::Id item : tree_.Children(node)) {
      if (!tree_.Is(item, DataKind::kText)) continue;
      env_.packages.push_back(ReadPackage(field, tree_[item].value, tree_[item].span, use_));
    }
  }

  void Variables(DataTree::Id node) {
    if (tree_.Is(node, DataKind::kOther)) Spread(tree_[node].value);
    for (DataTree::Id item : tree_.Children(node)) {
      if (tree_[item].key.empty()) {
        Spread(tree_[item].value);
        continue;
      }
      env_.env_vars.push_back({tree_[item].key, RayVariables(tree_[item].value), tree_[item].span,
                               OriginsOf(tree_[item].value)});
    }
  }

  void Spread(const Value& value) { env_.env_vars_from.push_back({value, OriginsOf(value)}); }

  std::vector<Value> Texts(DataTree::Id node) const {
    std::vector<Value> texts;
    for (DataTree::Id item : tree_.Children(node)) texts.push_back(tree_[item].value);
    return texts;
  }

  // A list, or {packages, pip_install_options}, or conda's {channels, dependencies: [{pip: []}]}.
  void Requirements(const std::string& tool, DataTree::Id node) {
    for (DataTree::Id item : tree_.Children(node)) {
      const std::string_view key = tree_[item].key.text();
      if (tree_.Is(item, DataKind::kText) && key.empty()) {
        env_.requirements.push_back({tool, tree_[item].value, false});
      } else if (tree_.Is(item, DataKind::kList)) {
        const bool nested = tool == "conda" && (key == "pip" || key == "dependencies");
        for (DataTree::Id line : tree_.Children(item)) {
          if (tree_.Is(line, DataKind::kMap) && nested) {
            Requirements(tool, line);
          } else if (tree_.Is(line, DataKind::kText)) {
            const std::string by = tool == "conda" && key == "pip" ? "pip" : tool;
            env_.requirements.push_back({by, tree_[line].value, key == "channels"});
          }
        }
      }
    }
  }

  const DataTree& tree_;
  const RuntimeEnvUse& use_;
  RuntimeEnv env_;
};

void AddPackageUris(const RuntimeEnvPackage& package, const RuntimeEnv& env, Facts& facts) {
  for (Uri& uri : FindUris(package.value)) {
    UriUse use;
    use.span = uri.whole.ToSource();
    std::erase_if(facts.uris, [&use](const UriUse& other) {  // found where it stands before
      return other.role == UriRole::kOther && other.uri.whole.ToSource() == use.span;
    });
    use.uri = std::move(uri);
    use.role = UriRole::kRuntimeEnv;
    use.sink = UriSink::kRay;
    use.consumer = "Ray";
    use.setting = package.field;
    for (const FilledFrom& from : package.origins) use.origins.push_back(from.origin);
    if (!env.handed_at.empty()) use.origins.push_back(env.handed_at);
    facts.uris.push_back(std::move(use));
  }
}

}  // namespace

bool RuntimeEnv::empty() const {
  return packages.empty() && references.empty() && env_vars.empty() && env_vars_from.empty() &&
         requirements.empty() && image.empty() && run_options.empty() && py_executable.empty() &&
         excludes.empty() && unknown.empty();
}

RuntimeEnvPackage ReadPackage(std::string field, const Value& value, Span span,
                              const RuntimeEnvUse& use) {
  RuntimeEnvPackage package;
  package.field = std::move(field);
  package.value = FillBraces(value);
  package.span = span;
  for (const Value::PlacedHole& placed : value.holes()) {
    if (!use.origins) break;
    for (Span origin : use.origins(value.Slice({placed.position, placed.position + 1}))) {
      package.origins.push_back({placed.hole.span, origin});
    }
  }
  return package;
}

RuntimeEnv ReadRuntimeEnv(const DataTree& tree, DataTree::Id map, const RuntimeEnvUse& use) {
  return Reader(tree, use).Read(map);
}

bool MayBeRuntimeEnvKey(std::string_view key) {
  return IsField(key) || IsMistakenField(key);
}

bool LooksLikeRuntimeEnv(const DataTree& tree, DataTree::Id map) {
  if (!tree.Is(map, DataKind::kMap)) return false;
  bool marked = false;
  for (DataTree::Id child : tree.Children(map)) {
    const Value& key = tree[child].key;
    if (key.empty()) continue;
    if (!key.is_literal() || !MayBeRuntimeEnvKey(key.text())) return false;
    marked |= IsPackageField(key.text()) || key.text() == "env_vars" || key.text() == "pip";
  }
  return marked;
}

namespace {

// What Ray starts workers with, and logs (ray.md 1.1): the options as podman gets them.
void AddRunOptions(const std::vector<Value>& options, Facts& facts) {
  if (options.empty()) return;
  const Span first = options.front().ToSource();
  Value::Builder command;
  command.AppendDecoded("podman run", {first.begin, first.begin});
  for (const Value& option : options) {
    const Span span = option.ToSource();
    command.AppendDecoded(" ", {span.begin, span.begin});
    command.Append(option);
  }
  LowerShellText(std::move(command).Build(), CommandHost::kCluster, facts);
}

}  // namespace

void AddRuntimeEnv(RuntimeEnv env, Facts& facts) {
  if (env.empty()) return;
  for (const RuntimeEnvPackage& package : env.packages) {
    AddPackageUris(package, env, facts);
  }
  for (const RuntimeEnvRequirement& requirement : env.requirements) {
    if (requirement.channel) {
      AddConfigUris(requirement.line,
                    {UriRole::kIndex, requirement.tool, "channels", UriSink::kRay}, facts);
    } else {
      LowerRequirementsText(requirement.line, requirement.tool, UriSink::kRay, facts);
    }
  }
  for (const RuntimeEnvVariable& variable : env.env_vars) {
    if (!variable.name.is_literal()) continue;
    Setting setting;
    setting.name = std::string(variable.name.text());
    setting.value = variable.value;
    setting.name_span = variable.name.ToSource();
    setting.span = Span::Cover(setting.name_span, variable.span);
    setting.scope = SettingScope::kRuntimeEnv;
    AddSetting(std::move(setting), facts);
  }
  AddRunOptions(env.run_options, facts);
  if (!env.py_executable.empty()) {
    LowerShellText(env.py_executable, CommandHost::kCluster, facts);
  }
  facts.runtime_envs.push_back(std::move(env));
}

}  // namespace oakum
