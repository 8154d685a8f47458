#include "analyzer/model/module_export.h"

#include <optional>
#include <string>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
constexpr Id kNone = SyntaxTree::kNone;
constexpr int kMaxDepth = 3;  // of dicts in dicts

class Exporter {
 public:
  Exporter(PythonModule& module, Facts& facts)
      : module_(module), tree_(module.tree()), facts_(facts) {
    use_.surface = RuntimeEnvSurface::kProgram;
    use_.origins = [this](const Value& value) { return module_.OriginsOf(value); };
  }

  void Export() {
    for (Id id = 0; id < tree_.size(); ++id) {
      if (tree_.Is(id, "import_from_statement")) Import(id);
      if (tree_.Is(id, "assignment")) Assignment(id);
      if (tree_.Is(id, "return_statement")) Return(id);
    }
  }

 private:
  // The function or class around a node, or kNone at module level.
  Id Around(Id id) const {
    for (Id at = tree_[id].parent; at != kNone; at = tree_[at].parent) {
      if (tree_.Is(at, "function_definition") || tree_.Is(at, "class_definition")) return at;
    }
    return kNone;
  }

  // "Settings." for what is directly in a class at module level, "" at module level.
  std::optional<std::string> PrefixAt(Id id) const {
    const Id around = Around(id);
    if (around == kNone) return "";
    if (!tree_.Is(around, "class_definition") || Around(around) != kNone) return std::nullopt;
    return std::string(module_.TextOf(tree_.Child(around, "name"))) + ".";
  }

  void Import(Id id) {
    const Id module = tree_.Child(id, "module_name");
    if (module == kNone || Around(id) != kNone) return;
    std::string from(module_.TextOf(module));
    if (!from.ends_with('.')) from += '.';
    for (Id child : tree_.Children(id)) {
      if (tree_.Is(child, "wildcard_import")) facts_.module_imports.push_back({"", from});
      if (tree_.field(child) != "name") continue;
      const Id alias = tree_.Child(child, "alias");
      const Id path = alias == kNone ? child : tree_.Child(child, "name");
      if (path == kNone) continue;
      facts_.module_imports.push_back({std::string(module_.TextOf(alias == kNone ? path : alias)),
                                       from + std::string(module_.TextOf(path))});
    }
  }

  void Assignment(Id id) {
    const Id left = tree_.Child(id, "left");
    const Id right = tree_.Child(id, "right");
    if (left == kNone || right == kNone) return;
    const std::string_view text = module_.TextOf(left);
    if (text.starts_with("self.")) return Member(id, std::string(text.substr(5)), right);
    const std::optional<std::string> prefix = PrefixAt(id);
    if (tree_.Is(left, "identifier") && prefix) Add(*prefix + std::string(text), right);
  }

  // self.url = ... in a method of a class at module level.
  void Member(Id id, const std::string& name, Id right) {
    const Id function = Around(id);
    if (!tree_.Is(function, "function_definition")) return;
    const std::optional<std::string> prefix = PrefixAt(function);
    if (prefix && !prefix->empty()) Add(*prefix + name, right);
  }

  void Return(Id id) {
    const Id value = tree_[id].first_child;
    const Id function = Around(id);
    if (value == kNone || !tree_.Is(function, "function_definition")) return;
    const std::optional<std::string> prefix = PrefixAt(function);
    const Id name = tree_.Child(function, "name");
    if (name == kNone || !prefix) return;
    const bool property =
        tree_.Is(tree_[function].parent, "decorated_definition") &&
        module_.TextOf(tree_[tree_[function].parent].first_child).find("property") !=
            std::string_view::npos;
    Add(*prefix + std::string(module_.TextOf(name)) + (property ? "" : "()"), value);
  }

  void Add(const std::string& name, Id expression) {
    Add(name, module_.Evaluate(expression), module_.SpanOf(expression), 0);
  }

  void Add(const std::string& name, const PyValues& values, Span span, int depth) {
    for (PyId id : values) {
      const PyObject& object = module_[id];
      if (object.kind == PyKind::kMap && depth < kMaxDepth) {
        for (const PyItem& item : object.items) {
          if (item.key.empty() || !item.key.is_literal()) continue;
          Add(name + "." + std::string(item.key.text()), item.values, item.span, depth + 1);
        }
      } else if (object.kind == PyKind::kCall && object.inner) {
        Inherit(name, module_[*object.inner].name);
      }
      if (object.kind != PyKind::kText) continue;
      const std::optional<Uri> uri = ParseUri(object.value);
      if (!uri || CredentialsIn(*uri).empty()) continue;
      facts_.module_exports.push_back({name, ReadPackage("", object.value, span, use_)});
    }
  }

  // What the class of an instance has, the instance has.
  void Inherit(const std::string& instance, const std::string& type) {
    const std::string prefix = type + ".";
    for (size_t i = 0, count = facts_.module_exports.size(); i < count; ++i) {
      const ModuleExport& of_class = facts_.module_exports[i];
      if (!of_class.name.starts_with(prefix)) continue;
      ModuleExport of_instance = of_class;
      of_instance.name.replace(0, type.size(), instance);
      facts_.module_exports.push_back(std::move(of_instance));
    }
  }

  PythonModule& module_;
  const SyntaxTree& tree_;
  Facts& facts_;
  RuntimeEnvUse use_;
};

}  // namespace

bool PassesNamesOn(std::string_view path, std::string_view text) {
  constexpr size_t kMaxBytes = 16 << 10;
  return BaseName(path) == "__init__.py" && text.size() <= kMaxBytes &&
         text.find("import") != text.npos;
}

void AddModuleExports(PythonModule& module, Facts& facts) {
  Exporter(module, facts).Export();
}

}  // namespace oakum
