// Names that come from other modules of the tree.
#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;
constexpr size_t kMaxModules = 24;
constexpr size_t kMaxModuleBytes = 128 << 10;
constexpr uint32_t kMaxProgramBytes = 2u << 20;

// Packages whose names say what they do, whoever else has a module that is called so.
bool IsKnownPackage(std::string_view name) {
  return IsOneOf(
      name.substr(0, name.find('.')),
      {"anyscale", "boto3", "copy", "dataclasses", "functools", "git", "json", "logging", "os",
       "pathlib", "ray", "requests", "subprocess", "sys", "typing", "urllib", "yaml"});
}

}  // namespace

PythonProgram::PythonProgram() = default;
PythonProgram::~PythonProgram() = default;

PythonModule* PythonProgram::Load(const Source& source) {
  const auto known = modules_.find(&source);
  if (known != modules_.end()) return known->second.get();
  if (modules_.size() == kMaxModules || source.text().size() > kMaxModuleBytes) return nullptr;
  if (end + source.text().size() > kMaxProgramBytes) return nullptr;
  const auto added = modules_.emplace(
      &source, std::unique_ptr<PythonModule>(new PythonModule(*this, source, end)));
  parts.push_back({end, &source});
  end += static_cast<uint32_t>(source.text().size()) + 1;
  return added.first->second.get();
}

void PythonModule::FollowImports(std::string_view path, ModuleFinder find, uint32_t end) {
  path_ = program_.path = path;
  program_.find = std::move(find);
  program_.end = end;
  FindStars();
}

std::vector<std::string> PythonModule::ImportedModules() const {
  std::vector<std::string> modules;
  for (Id id = 0; id < tree_.size(); ++id) {
    if (!tree_.Is(id, "import_statement") && !tree_.Is(id, "import_from_statement")) continue;
    const Id module = tree_.Child(id, "module_name");
    std::string prefix(module == kNone ? std::string_view() : TextOf(module));
    if (module != kNone) modules.push_back(prefix);
    if (!prefix.empty() && prefix.back() != '.') prefix += '.';
    for (Id child : tree_.Children(id)) {
      if (tree_.field(child) != "name") continue;
      const Id path = tree_.Is(child, "aliased_import") ? tree_.Child(child, "name") : child;
      if (path != kNone) modules.push_back(prefix + std::string(TextOf(path)));
    }
  }
  std::erase_if(modules, [](const std::string& name) { return IsKnownPackage(name); });
  return modules;
}

PyValues PythonModule::Imported(std::string_view name) {
  if (!program_.find || IsKnownPackage(name)) return {};
  const auto known = imported_.find(name);
  if (known != imported_.end()) return known->second;
  imported_.emplace(name, PyValues());  // modules that import from each other
  const size_t first = std::min(name.find_first_not_of('.'), name.size());
  PyValues values;
  for (size_t dot = name.rfind('.'); dot != name.npos && values.empty();
       dot = dot == 0 ? name.npos : name.rfind('.', dot - 1)) {
    const bool relative = dot < first;  // `from . import NAME`
    const Source* source = program_.find(path_, name.substr(0, relative ? first : dot));
    PythonModule* module = source ? program_.Load(*source) : nullptr;
    if (module && module != this)
      values = module->Exported(name.substr(relative ? first : dot + 1));
    if (relative) break;
  }
  if (program_.steps > 0) imported_[std::string(name)] = values;
  return values;
}

// What a module that is loaded gives a name, members of classes included; none if it has no such
// name.
PyValues PythonModule::Exported(std::string_view dotted) {
  const std::string_view first = dotted.substr(0, dotted.find('.'));
  const PyScope& scope = scopes_.scope(0);
  const auto events = scope.names.find(first);
  if (events == scope.names.end()) return FromStars(dotted);
  PyValues values = Replay(events->second, events->second.size(), 0, SyntaxTree::kRoot, nullptr);
  for (size_t dot = dotted.find('.'); dot != dotted.npos && !values.empty();) {
    const size_t end = std::min(dotted.find('.', dot + 1), dotted.size());
    PyValues members;
    for (PyId object : values) {
      Join(members,
           Attribute(object, dotted.substr(dot + 1, end - dot - 1), SyntaxTree::kRoot, nullptr));
    }
    values = std::move(members);
    dot = dotted.find('.', dot + 1);
  }
  return values;
}

// `from settings import *`.
PyValues PythonModule::FromStars(std::string_view name) {
  PyValues values;
  for (const std::string& module : stars_) {
    if (values.empty()) values = Imported(module + std::string(name));
  }
  return values;
}

void PythonModule::FindStars() {
  for (Id id = 0; id < tree_.size(); ++id) {
    if (!tree_.Is(id, "wildcard_import")) continue;
    const Id module = tree_.Child(tree_[id].parent, "module_name");
    if (module == kNone) continue;
    stars_.push_back(std::string(TextOf(module)));
    if (stars_.back().back() != '.') stars_.back() += '.';
  }
}

std::vector<PyInnerCall> PythonModule::CallsBehind(Id call) {
  std::vector<PyInnerCall> calls;
  if (!program_.find) return calls;
  steps_ = kStepsAnExpression;
  AddCallsBehind(call, nullptr, 0, calls);
  return calls;
}

void PythonModule::AddCallsBehind(Id call, const Frame* frame, int depth,
                                  std::vector<PyInnerCall>& calls) {
  constexpr int kMaxBehind = 3;
  const Id callee = tree_.Child(call, "function");
  if (callee == kNone || depth == kMaxBehind) return;
  for (PyId target : Eval(callee, frame)) {
    const PyObject& function = objects_[target];  // a deque: adding moves nothing
    if (function.kind != PyKind::kFunction || (depth == 0 && function.home == this)) continue;
    const bool method = tree_.Is(callee, "attribute");
    function.home->AddCallsIn(function, Arguments(call, frame), method, frame, depth, calls);
  }
}

// REQUIRES: `function` is at home here.
void PythonModule::AddCallsIn(const PyObject& function, const PyObject& call, bool method,
                              const Frame* frame, int depth, std::vector<PyInnerCall>& calls) {
  constexpr size_t kMaxInnerCalls = 256;
  const Frame inner = FrameOf(function, call, method, frame);
  const uint32_t end = tree_[function.node].span.end;
  for (Id id = function.node; id < tree_.size() && tree_[id].span.begin < end; ++id) {
    if (!tree_.Is(id, "call") || calls.size() == kMaxInnerCalls || steps_ <= 0) continue;
    const Id callee = tree_.Child(id, "function");
    PyObject made = Arguments(id, &inner);
    made.name = QualifiedNameIn(callee, &inner, 0);
    calls.push_back({std::move(made), callee == kNone ? SpanOf(id) : SpanOf(callee)});
    AddCallsBehind(id, &inner, depth + 1, calls);
  }
}

}  // namespace oakum
