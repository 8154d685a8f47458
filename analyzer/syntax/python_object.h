// What a Python expression folds to.
//
// Objects are made by PythonModule and live as long as it does; they refer to each other by number.
// An expression may have several results, one for each branch that can reach it: PyValues.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/syntax_tree.h"

namespace oakum {

class PythonModule;

using PyId = uint32_t;
using PyValues = std::vector<PyId>;  // alternatives, most likely first; never empty

enum class PyKind {
  kText,    // str and bytes; paths too
  kNumber,  // `value` is its text
  kBool,
  kNull,      // None
  kList,      // lists, tuples, sets: items without keys
  kMap,       // dicts
  kJson,      // the text of json.dumps(x): x is the only item
  kName,      // something imported or built in: `name` is "os.environ"
  kFunction,  // defined in `home`: `node`
  kClass,     // defined in `home`: `node`, `name`
  kCall,      // a call that is not folded: `name` is the callee, items its arguments
  kUnknown,   // `value` is a hole
};

// An element, a member or an argument.
struct PyItem {
  Value key;  // empty for elements and positional arguments
  PyValues values;
  Span span;              // of the value's expression
  bool unpacked = false;  // *x or **x whose content is not known
};

struct PyObject {
  PyKind kind = PyKind::kUnknown;
  Value value;  // kText, kNumber, kBool, kNull: the text; others: a hole that names the expression
  std::string name;
  PythonModule* home = nullptr;             // whose `node` is
  SyntaxTree::Id node = SyntaxTree::kNone;  // the expression or definition
  std::vector<PyItem> items;
  // kCall: the class that is instantiated; kFunction: the instance that it is a method of.
  std::optional<PyId> inner;
};

// A name that a module, a class or a function binds.
struct PyBinding {
  std::string name;
  std::string scope;         // "Client.connect"; empty for the module's own
  std::vector<Span> places;  // where it is given a value or changed, in the order of the text
  PyValues values;           // once the scope has run; several if branches decide
};

// A name that an import statement binds.
struct PyImport {
  std::string name;      // "*" for all names
  std::string imported;  // "os.path.join"
  Span span;             // what is imported, and as what
};

// A call that a function makes: `call` is kCall, `callee` where it is named.
struct PyInnerCall {
  PyObject call;
  Span callee;
};

}  // namespace oakum
