#include "analyzer/model/module_export.h"

#include <optional>
#include <string>
#include <utility>

#include "analyzer/credential/uri.h"
#include "analyzer/model/facts.h"
#include "analyzer/syntax/python.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;

class Exporter {
 public:
  Exporter(PythonModule& module, Facts& facts)
      : module_(module), tree_(module.tree()), facts_(facts) {
    use_.surface = RuntimeEnvSurface::kProgram;
    use_.origins = [this](const Value& value) { return module_.OriginsOf(value); };
  }

  void Export() {
    for (Id id = 0; id < tree_.size(); ++id) {
      if (tree_.Is(id, "assignment")) Assignment(id);
      if (tree_.Is(id, "return_statement")) Return(id);
    }
  }

 private:
  // The function or class around a node, or kNone at module level.
  Id Around(Id id) const {
    for (Id at = tree_[id].parent; at != SyntaxTree::kNone; at = tree_[at].parent) {
      if (tree_.Is(at, "function_definition") || tree_.Is(at, "class_definition")) return at;
    }
    return SyntaxTree::kNone;
  }

  void Assignment(Id id) {
    const Id left = tree_.Child(id, "left");
    const Id right = tree_.Child(id, "right");
    if (right == SyntaxTree::kNone || !tree_.Is(left, "identifier")) return;
    if (Around(id) == SyntaxTree::kNone) Add(std::string(module_.TextOf(left)), right);
  }

  void Return(Id id) {
    const Id value = tree_[id].first_child;
    const Id function = Around(id);
    if (value == SyntaxTree::kNone || !tree_.Is(function, "function_definition")) return;
    const Id name = tree_.Child(function, "name");
    if (name == SyntaxTree::kNone || Around(function) != SyntaxTree::kNone) return;
    Add(std::string(module_.TextOf(name)) + "()", value);
  }

  void Add(const std::string& name, Id expression) {
    for (PyId id : module_.Evaluate(expression)) {
      const PyObject& object = module_[id];
      if (object.kind != PyKind::kText) continue;
      const std::optional<Uri> uri = ParseUri(object.value);
      if (!uri || CredentialsIn(*uri).empty()) continue;
      facts_.module_exports.push_back(
          {name, ReadPackage("", object.value, module_.SpanOf(expression), use_)});
    }
  }

  PythonModule& module_;
  const SyntaxTree& tree_;
  Facts& facts_;
  RuntimeEnvUse use_;
};

}  // namespace

void AddModuleExports(PythonModule& module, Facts& facts) {
  Exporter(module, facts).Export();
}

}  // namespace oakum
