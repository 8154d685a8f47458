#include "analyzer/syntax/python_scope.h"

#include <algorithm>

namespace oakum {

using Id = SyntaxTree::Id;
constexpr Id kNone = SyntaxTree::kNone;

namespace {

constexpr uint32_t kMaxBranchDepth = 64;

bool ChangesInPlace(std::string_view method) {
  return method == "update" || method == "append" || method == "extend" || method == "insert" ||
         method == "setdefault" || method == "add";
}

}  // namespace

std::string DottedText(const SyntaxTree& tree, std::string_view text, Id id) {
  std::vector<std::string_view> parts;
  while (tree.Is(id, "attribute")) {
    const Id name = tree.Child(id, "attribute");
    id = tree.Child(id, "object");
    if (name == kNone || id == kNone || parts.size() > 16) return {};
    parts.push_back(text.substr(tree[name].span.begin, tree[name].span.size()));
  }
  if (!tree.Is(id, "identifier")) return {};
  std::string dotted(text.substr(tree[id].span.begin, tree[id].span.size()));
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) dotted.append(".").append(*part);
  return dotted;
}

Id ParameterName(const SyntaxTree& tree, Id parameter) {
  Id name = tree.Child(parameter, "name");
  if (name == kNone) name = parameter;
  while (!tree.Is(name, "identifier") && tree[name].first_child != kNone) {
    name = tree[name].first_child;
  }
  return name;
}

bool Defines(const PyEvent& event) {
  return event.kind != PyEvent::Kind::kSetItem && event.kind != PyEvent::Kind::kMethod &&
         event.kind != PyEvent::Kind::kAugment && event.kind != PyEvent::Kind::kPassed;
}

class PythonScopeBuilder {
 public:
  PythonScopeBuilder(PythonScopes& out, const SyntaxTree& tree, std::string_view text)
      : out_(out), tree_(tree), text_(text) {}

  void Build() {
    out_.scopes_.push_back({});
    out_.branches_.push_back({});
    out_.scope_of_.assign(tree_.size(), 0);
    out_.branch_of_.assign(tree_.size(), 0);
    depth_.assign(1, 0);
    for (Id id = 0; id < tree_.size(); ++id) {  // pre-order: parents come first
      if (id != SyntaxTree::kRoot) Place(id);
      OpenScope(id);
    }
    for (Id id = 0; id < tree_.size(); ++id) Visit(id);
    for (PyScope& scope : out_.scopes_) {
      for (auto& [name, events] : scope.names) {
        std::erase_if(events, [this](const PyEvent& event) {
          return event.kind == PyEvent::Kind::kPassed && !MayChange(event.node);
        });
      }
      // A name that is only changed here is defined elsewhere: os.environ["X"] = ...
      std::erase_if(scope.names, [](const auto& name) {
        return std::none_of(name.second.begin(), name.second.end(), Defines);
      });
      for (auto& [name, events] : scope.names) {
        std::stable_sort(events.begin(), events.end(),
                         [](const PyEvent& a, const PyEvent& b) { return a.from < b.from; });
      }
    }
  }

 private:
  std::string_view Text(Id id) const {
    return text_.substr(tree_[id].span.begin, tree_[id].span.size());
  }

  // Scope and branch of a node, from its parent's.
  void Place(Id id) {
    const Id parent = tree_[id].parent;
    uint32_t scope = out_.scope_of_[parent];
    uint32_t branch = out_.branch_of_[parent];
    const auto opened = out_.opened_.find(parent);
    if (opened != out_.opened_.end() && EntersScope(parent, id)) {
      scope = opened->second;
      if (out_.scopes_[scope].kind != PyScope::Kind::kComprehension) branch = 0;
    }
    if (tree_.field(id) == "value" && IsParameter(parent)) {
      scope = out_.scopes_[scope].parent;  // a default is evaluated outside
    }
    out_.scope_of_[id] = scope;
    out_.branch_of_[id] = ArmOf(parent, id, branch);
  }

  bool IsParameter(Id id) const {
    return tree_.Is(id, "default_parameter") || tree_.Is(id, "typed_default_parameter");
  }

  // Whether a child belongs to the scope its parent opens.
  bool EntersScope(Id parent, Id child) const {
    const std::string_view field = tree_.field(child);
    if (tree_.Is(parent, "class_definition")) return field == "body";
    if (tree_.Is(parent, "function_definition")) return field == "body" || field == "parameters";
    return true;
  }

  // --- branches ---

  uint32_t AddBranch(PyBranch branch) {
    if (depth_[branch.parent] >= kMaxBranchDepth) return branch.parent;
    depth_.push_back(depth_[branch.parent] + 1);
    out_.branches_.push_back(branch);
    return static_cast<uint32_t>(out_.branches_.size() - 1);
  }

  uint32_t ArmOf(Id parent, Id id, uint32_t branch) {
    const std::string_view kind = tree_.kind(parent);
    const std::string_view field = tree_.field(id);
    if (kind == "if_statement") {
      if (field == "consequence") return Arm(parent, id, branch, true);
      if (field == "alternative") return Arm(parent, id, branch, true);
    } else if (kind == "match_statement") {
      return branch;
    } else if (kind == "block" && tree_.Is(id, "case_clause")) {
      return Arm(parent, id, branch, true);
    } else if (kind == "for_statement" || kind == "while_statement") {
      if (field == "body" || field == "alternative") {
        return AddBranch({branch, parent, 0, 1, false, false});
      }
    } else if (kind == "try_statement") {
      if (field == "body" || tree_.Is(id, "except_clause")) return Arm(parent, id, branch, false);
      if (tree_.Is(id, "else_clause")) return AddBranch({branch, parent, 0, 1, false, false});
    }
    return branch;
  }

  uint32_t Arm(Id statement, Id id, uint32_t outer, bool exclusive) {
    uint32_t arm = 0;
    uint32_t arms = 0;
    bool exhaustive = tree_.Is(statement, "try_statement");
    for (Id child = tree_[statement].first_child; child != kNone; child = tree_[child].next) {
      const std::string_view kind = tree_.kind(child);
      const std::string_view field = tree_.field(child);
      if (tree_.Is(statement, "if_statement") && field == "condition") continue;
      if (tree_.Is(statement, "try_statement") && field != "body" && kind != "except_clause")
        continue;
      if (child == id) arm = arms;
      if (kind == "else_clause") exhaustive = true;
      ++arms;
      if (arms > kMaxArms) break;
    }
    const bool counted = arms <= kMaxArms;
    return AddBranch({outer, statement, arm, arms, exhaustive && counted, exclusive && counted});
  }

  // --- scopes ---

  void OpenScope(Id id) {
    const std::string_view kind = tree_.kind(id);
    if (kind == "function_definition" || kind == "lambda") {
      Open(id, PyScope::Kind::kFunction);
    } else if (kind == "class_definition") {
      Open(id, PyScope::Kind::kClass);
    } else if (kind == "list_comprehension" || kind == "dictionary_comprehension" ||
               kind == "set_comprehension" || kind == "generator_expression") {
      Open(id, PyScope::Kind::kComprehension);
    }
  }

  void Open(Id id, PyScope::Kind kind) {
    out_.opened_[id] = static_cast<uint32_t>(out_.scopes_.size());
    PyScope opened;
    opened.kind = kind;
    opened.parent = out_.scope_of_[id];
    opened.node = id;
    out_.scopes_.push_back(std::move(opened));
  }

  // --- what happens at a node ---

  void Visit(Id id) {
    const std::string_view kind = tree_.kind(id);
    if (kind == "assignment") {
      VisitAssignment(id);
    } else if (kind == "augmented_assignment") {
      const Id left = tree_.Child(id, "left");
      Add(left, {PyEvent::Kind::kAugment, id, tree_.Child(id, "right"), tree_[id].span.end});
    } else if (kind == "named_expression") {
      AddTarget(tree_.Child(id, "name"), tree_.Child(id, "value"), tree_[id].span.end,
                PyEvent::Kind::kAssign);
    } else if (kind == "for_statement" || kind == "for_in_clause") {
      const Id left = tree_.Child(id, "left");
      if (left == kNone) return;
      const uint32_t from = kind == "for_in_clause" ? 0 : tree_[left].span.end;
      AddTarget(left, tree_.Child(id, "right"), from, PyEvent::Kind::kIterate);
    } else if (kind == "as_pattern") {
      VisitAs(id);
    } else if (kind == "import_statement" || kind == "import_from_statement") {
      VisitImport(id);
    } else if (kind == "function_definition" || kind == "class_definition" || kind == "lambda") {
      VisitDefinition(id);
    } else if (kind == "global_statement") {
      for (Id name : tree_.Children(id)) scope(id).globals.insert(Text(name));
    } else if (kind == "return_statement") {
      scope(id).returns.push_back(id);
    } else if (kind == "call") {
      VisitCall(id);
    }
  }

  PyScope& scope(Id id) { return out_.scopes_[out_.scope_of_[id]]; }

  // Records an event for the name that `target` (an identifier or dotted name) spells.
  void Add(Id target, PyEvent event) {
    if (target == kNone) return;
    const std::string name = DottedText(tree_, text_, target);
    if (name.empty()) return;
    event.branch = out_.branch_of_[target];
    event.target = target;
    uint32_t owner = out_.scope_of_[target];
    if (name.starts_with("self.") || name.starts_with("cls.")) {
      const uint32_t outer = out_.scopes_[owner].parent;
      if (out_.scopes_[outer].kind == PyScope::Kind::kClass) owner = outer;
      out_.scopes_[owner].names["self" + name.substr(name.find('.'))].push_back(std::move(event));
      return;
    }
    if (out_.scopes_[owner].globals.contains(name)) owner = 0;
    if (event.kind == PyEvent::Kind::kSetItem) owner = OwnerOf(name, owner);
    out_.scopes_[owner].names[name].push_back(std::move(event));
  }

  // The scope that binds a name which code in `scope` changes in place.
  uint32_t OwnerOf(const std::string& name, uint32_t scope) const {
    uint32_t owner = scope;
    while (owner != 0 && !out_.scopes_[owner].names.contains(name)) {
      owner = out_.scopes_[owner].parent;
    }
    return out_.scopes_[owner].names.contains(name) ? owner : scope;
  }

  void VisitAssignment(Id id) {
    Id value = tree_.Child(id, "right");
    if (value == kNone) return;
    for (int i = 0; tree_.Is(value, "assignment") && i < 16; ++i) {
      const Id inner = tree_.Child(value, "right");
      if (inner == kNone) return;
      value = inner;
    }
    AddTarget(tree_.Child(id, "left"), value, tree_[id].span.end, PyEvent::Kind::kAssign);
  }

  void AddTarget(Id target, Id value, uint32_t from, PyEvent::Kind kind) {
    if (target == kNone || value == kNone) return;
    const std::string_view form = tree_.kind(target);
    if (form == "pattern_list" || form == "tuple_pattern" || form == "list_pattern") {
      int index = 0;
      for (Id part : tree_.Children(target)) {
        PyEvent event{kind, target, value, from};
        event.unpack = index++;
        const Id inner = tree_[part].first_child;  // a name in parentheses
        Add(tree_.Is(part, "tuple_pattern") && inner != kNone ? inner : part, std::move(event));
      }
    } else if (form == "subscript") {
      Id base = target;
      for (int i = 0; tree_.Is(base, "subscript") && i < 16; ++i) base = tree_.Child(base, "value");
      Add(base, {PyEvent::Kind::kSetItem, target, value, from});
    } else {
      Add(target, {kind, target, value, from});
    }
  }

  void VisitAs(Id id) {  // `with open(x) as f`
    const Id alias = tree_.Child(id, "alias");
    const Id value = tree_[id].first_child;
    if (alias == kNone || value == alias || !tree_.Is(tree_[id].parent, "with_item")) return;
    AddTarget(tree_[alias].first_child, value, tree_[id].span.end, PyEvent::Kind::kAssign);
  }

  void VisitImport(Id id) {
    const Id module = tree_.Child(id, "module_name");
    std::string prefix;
    if (module != kNone) prefix = std::string(Text(module));
    if (!prefix.empty() && prefix.back() != '.') prefix += '.';  // `from . import a` is ".a"
    for (Id child : tree_.Children(id)) {
      if (tree_.field(child) != "name") continue;
      const Id alias = tree_.Child(child, "alias");
      const Id path = alias == kNone ? child : tree_.Child(child, "name");
      if (path == kNone) continue;
      std::string full = prefix + std::string(Text(path));
      std::string name(alias == kNone ? Text(path) : Text(alias));
      if (module != kNone) functions_.insert(Text(alias == kNone ? path : alias));
      if (module == kNone && alias == kNone) {  // `import a.b` binds a
        name = name.substr(0, name.find('.'));
        full = name;
      }
      PyEvent event{PyEvent::Kind::kImport, child, kNone, tree_[id].span.end};
      event.branch = out_.branch_of_[id];
      event.imported = std::move(full);
      scope(id).names[name].push_back(std::move(event));
    }
  }

  void VisitDefinition(Id id) {
    if (const Id name = tree_.Child(id, "name"); name != kNone) {
      if (tree_.Is(id, "function_definition")) functions_.insert(Text(name));
      PyEvent event{PyEvent::Kind::kDefine, id, kNone, tree_[id].span.end};
      event.branch = out_.branch_of_[id];
      scope(id).names[std::string(Text(name))].push_back(std::move(event));
    }
    if (tree_.Is(id, "class_definition")) return;
    PyScope& function = out_.scopes_[out_.opened_.at(id)];
    if (tree_.Is(id, "lambda") && tree_.Child(id, "body") != kNone)
      function.returns.push_back(tree_.Child(id, "body"));
    const Id parameters = tree_.Child(id, "parameters");
    if (parameters == kNone) return;
    for (Id parameter : tree_.Children(parameters)) {
      const Id name = ParameterName(tree_, parameter);
      if (!tree_.Is(name, "identifier")) continue;
      PyEvent event{PyEvent::Kind::kParameter, parameter, tree_.Child(parameter, "value"), 0};
      function.names[std::string(Text(name))].push_back(std::move(event));
    }
  }

  void VisitCall(Id id) {
    const Id function = tree_.Child(id, "function");
    if (function == kNone) return;
    VisitArguments(id);
    if (!tree_.Is(function, "attribute")) return;
    const Id method = tree_.Child(function, "attribute");
    if (method == kNone || !ChangesInPlace(Text(method))) return;
    Id base = tree_.Child(function, "object");
    for (int i = 0; base != kNone && tree_.Is(base, "subscript") && i < 16; ++i) {
      base = tree_.Child(base, "value");
    }
    if (base == kNone) return;
    PyEvent event{PyEvent::Kind::kMethod, id, kNone, tree_[id].span.end};
    const std::string name = DottedText(tree_, text_, base);
    if (name.empty()) return;
    event.branch = out_.branch_of_[id];
    uint32_t owner = out_.scope_of_[id];
    if (name.starts_with("self.")) {
      const uint32_t outer = out_.scopes_[owner].parent;
      if (out_.scopes_[outer].kind == PyScope::Kind::kClass) owner = outer;
    }
    out_.scopes_[OwnerOf(name, owner)].names[name].push_back(std::move(event));
  }

  // Whether what is called may be a function of the tree.
  bool MayChange(Id call) const {
    Id callee = tree_.Child(call, "function");
    if (tree_.Is(callee, "attribute")) {
      const Id method = tree_.Child(callee, "attribute");
      if (method != kNone && functions_.contains(Text(method))) return true;
    }
    while (tree_.Is(callee, "attribute")) callee = tree_.Child(callee, "object");
    return tree_.Is(callee, "identifier") && functions_.contains(Text(callee));
  }

  // Names that a statement of its own passes on: complete(env), self.add_code(env, settings).
  void VisitArguments(Id call) {
    const Id list = tree_.Child(call, "arguments");
    if (list == kNone || !tree_.Is(tree_[call].parent, "expression_statement")) return;
    for (Id child : tree_.Children(list)) {
      const bool keyword = tree_.Is(child, "keyword_argument");
      const Id value = keyword ? tree_.Child(child, "value") : child;
      if (value == kNone || !tree_.Is(value, "identifier")) continue;
      PyEvent event{PyEvent::Kind::kPassed, call, value, tree_[call].span.end};
      event.branch = out_.branch_of_[call];
      const std::string name(Text(value));
      out_.scopes_[OwnerOf(name, out_.scope_of_[call])].names[name].push_back(std::move(event));
    }
  }

  static constexpr uint32_t kMaxArms = 64;

  PythonScopes& out_;
  const SyntaxTree& tree_;
  const std::string_view text_;
  std::vector<uint32_t> depth_;           // of each branch
  std::set<std::string_view> functions_;  // what is defined here or comes from another module
};

PythonScopes::PythonScopes(const SyntaxTree& tree, std::string_view text) {
  PythonScopeBuilder(*this, tree, text).Build();
}

bool PythonScopes::Covers(uint32_t branch, uint32_t use) const {
  while (use != branch && use != 0) use = branches_[use].parent;
  return use == branch;
}

bool PythonScopes::Excludes(uint32_t branch, uint32_t use) const {
  for (uint32_t b = branch; b != 0; b = branches_[b].parent) {
    if (!branches_[b].exclusive) continue;
    for (uint32_t u = use; u != 0; u = branches_[u].parent) {
      if (branches_[u].statement == branches_[b].statement) {
        if (branches_[u].arm != branches_[b].arm) return true;
        break;
      }
    }
  }
  return false;
}

}  // namespace oakum
