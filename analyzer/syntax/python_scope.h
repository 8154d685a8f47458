// Which names a Python module binds, where, and under which condition.
//
// One pass over the tree lists, for each scope (module, function, class, comprehension), everything
// that happens to a name in text order: assignments, augmented ones, imports, parameters, loop
// targets, definitions, and the calls and subscript assignments that change a dict or list in
// place. Reading these events backwards from a use gives the definitions that can reach it.
//
// A dotted target (`self.url = ...`, `cfg.url = ...`) is a name of its own, "self.url"; what
// methods assign to `self` belongs to the class.
//
// Thread-safety: immutable once built. Views point into the parsed text.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/syntax/syntax_tree.h"

namespace oakum {

struct PyEvent {
  enum class Kind {
    kAssign,     // `value`, or its item `unpack`
    kAugment,    // += and its like: `node` is the statement
    kImport,     // `imported`
    kParameter,  // `node` is the parameter, `value` its default or kNone
    kIterate,    // one item of `value`
    kDefine,     // `node` is a function_definition or class_definition
    kSetItem,    // name[...] = value: `node` is the subscript
    kMethod,     // name.update(...): `node` is the call
    kPassed,     // f(name): `node` is the call, `value` the argument
  };
  Kind kind = Kind::kAssign;
  SyntaxTree::Id node = SyntaxTree::kNone;
  SyntaxTree::Id value = SyntaxTree::kNone;
  uint32_t from = 0;    // offset from which it is in force
  uint32_t branch = 0;  // index into PythonScopes::branches
  int unpack = -1;
  std::string imported = {};
  SyntaxTree::Id target = SyntaxTree::kNone;  // where an assignment or a loop spells the name
};

// Whether an event gives the name a value, rather than changing the one it has.
bool Defines(const PyEvent& event);

struct PyScope {
  enum class Kind { kModule, kFunction, kClass, kComprehension };
  Kind kind = Kind::kModule;
  uint32_t parent = 0;  // of the module: itself
  SyntaxTree::Id node = SyntaxTree::kRoot;
  std::map<std::string, std::vector<PyEvent>, std::less<>> names;
  std::set<std::string_view> globals;   // names of `global` statements
  std::vector<SyntaxTree::Id> returns;  // return statements; a lambda's body
};

// A place that runs only sometimes: one arm of a statement.
struct PyBranch {
  uint32_t parent = 0;
  SyntaxTree::Id statement = SyntaxTree::kNone;  // kNone: the root, which always runs
  uint32_t arm = 0;
  uint32_t arms = 0;        // of the statement
  bool exhaustive = false;  // one of the arms runs
  bool exclusive = false;   // no more than one of the arms runs
};

class PythonScopes {
 public:
  PythonScopes() = default;
  PythonScopes(const SyntaxTree& tree, std::string_view text);

  uint32_t size() const { return static_cast<uint32_t>(scopes_.size()); }
  const PyScope& scope(uint32_t index) const { return scopes_[index]; }
  const PyBranch& branch(uint32_t index) const { return branches_[index]; }
  // Of a node: indices for scope() and branch(). Of SyntaxTree::kNone: those of the module.
  uint32_t ScopeOf(SyntaxTree::Id id) const { return id < scope_of_.size() ? scope_of_[id] : 0; }
  uint32_t BranchOf(SyntaxTree::Id id) const { return id < branch_of_.size() ? branch_of_[id] : 0; }
  // The scope that a function, lambda or class opens. REQUIRES: `node` is one.
  uint32_t ScopeOpenedBy(SyntaxTree::Id node) const { return opened_.at(node); }

  // Whether whatever reaches `use` has run `branch`, and whether it cannot have.
  bool Covers(uint32_t branch, uint32_t use) const;
  bool Excludes(uint32_t branch, uint32_t use) const;

 private:
  friend class PythonScopeBuilder;

  std::vector<PyScope> scopes_;
  std::vector<PyBranch> branches_;
  std::vector<uint32_t> scope_of_;
  std::vector<uint32_t> branch_of_;
  std::map<SyntaxTree::Id, uint32_t> opened_;
};

// "self.url" for an identifier or a chain of attributes on one; empty for anything else.
std::string DottedText(const SyntaxTree& tree, std::string_view text, SyntaxTree::Id id);

// The identifier of a parameter of any form: `x`, `x: str = "d"`, `*args`.
SyntaxTree::Id ParameterName(const SyntaxTree& tree, SyntaxTree::Id parameter);

}  // namespace oakum
