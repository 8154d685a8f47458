// What the scopes of a module bind, for those who want to see all of it.
#include <algorithm>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;

// The node that stands for an event where it is shown, and where a name in it is looked up.
SyntaxTree::Id PlaceOf(const SyntaxTree& tree, const PyEvent& event) {
  if (event.target != kNone) return event.target;
  if (event.kind == PyEvent::Kind::kDefine) return tree.Child(event.node, "name");
  if (event.kind == PyEvent::Kind::kParameter) return ParameterName(tree, event.node);
  return event.node;
}

}  // namespace

std::vector<Error> PythonModule::Errors() const {
  std::vector<Error> errors;
  if (error_) errors.push_back(*error_);
  for (const Span span : tree_.Broken()) {
    errors.push_back(
        {span.empty() ? "a token is missing" : "text that is no Python", text_.ToSource(span)});
  }
  return errors;
}

std::vector<PyImport> PythonModule::Imports() const {
  std::vector<PyImport> imports;
  for (uint32_t scope = 0; scope < scopes_.size(); ++scope) {
    for (const auto& [name, events] : scopes_.scope(scope).names) {
      for (const PyEvent& event : events) {
        if (event.kind != PyEvent::Kind::kImport) continue;
        imports.push_back({name, event.imported, SpanOf(event.node)});
      }
    }
  }
  for (Id id = 0; id < tree_.size(); ++id) {
    if (!tree_.Is(id, "wildcard_import")) continue;
    const Id module = tree_.Child(tree_[id].parent, "module_name");
    if (module == kNone) continue;
    imports.push_back({"*", std::string(TextOf(module)), SpanOf(tree_[id].parent)});
  }
  std::stable_sort(imports.begin(), imports.end(),
                   [](const PyImport& a, const PyImport& b) { return a.span < b.span; });
  return imports;
}

std::vector<PyBinding> PythonModule::BoundNames() {
  std::vector<PyBinding> bindings;
  for (uint32_t scope = 0; scope < scopes_.size(); ++scope) {
    if (scopes_.scope(scope).kind == PyScope::Kind::kComprehension) continue;
    for (const auto& [name, events] : scopes_.scope(scope).names) {
      const bool binds = std::any_of(events.begin(), events.end(), [](const PyEvent& event) {
        return Defines(event) && event.kind != PyEvent::Kind::kImport;
      });
      if (binds) bindings.push_back(BindingOf(name, events, scope));
    }
  }
  std::stable_sort(bindings.begin(), bindings.end(), [](const PyBinding& a, const PyBinding& b) {
    return a.places.front() < b.places.front();
  });
  return bindings;
}

PyBinding PythonModule::BindingOf(std::string_view name, const std::vector<PyEvent>& events,
                                  uint32_t scope) {
  PyBinding binding{std::string(name), NameOfScope(scope), {}, {}};
  for (const PyEvent& event : events) binding.places.push_back(SpanOf(PlaceOf(tree_, event)));
  steps_ = kStepsAnExpression;
  const Id use = PlaceOf(tree_, events.back());
  binding.values = Replay(events, events.size(), 0, use, nullptr);
  if (binding.values.empty()) binding.values = {Unknown(use)};
  return binding;
}

std::string PythonModule::NameOfScope(uint32_t scope) const {
  std::string name;
  for (; scope != 0; scope = scopes_.scope(scope).parent) {
    const Id label = tree_.Child(scopes_.scope(scope).node, "name");
    const std::string_view part = label == kNone ? "<lambda>" : TextOf(label);
    if (!name.empty()) name.insert(0, ".");
    name.insert(0, part);
  }
  return name;
}

}  // namespace oakum
