// Python as far as strings and dicts are decided by the text of a module.
//
// A module is parsed with tree-sitter-python; expressions are then folded on demand: adjacent
// literals, f-strings, `+`, `%`, .format, join, dicts built in steps, helper functions whose return
// folds, names assigned before their use. What cannot be known becomes a hole named by the
// expression, and what comes from the environment or a prompt becomes a hole that says so. Where a
// branch decides (if/else, `a if c else b`, `or`, try), every result is kept.
//
// Folding follows the order of the text inside a scope, sees the last state of an enclosing scope,
// and takes a parameter's arguments from the calls of the same module. It is checked against what
// CPython assembles (tests/syntax/python_truth_test.cc).
//
// A hole's span is the reference at the place where the text is assembled; where it was filled from
// is in OriginsOf(). Names of holes are dotted names, never the text of a string literal.
//
// Budgets: depth, steps an expression and in total, size of a text, number of alternatives; when
// the total runs out, error() says so. Never throws.
//
// Thread-safety: none; a module is used by one thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/python_object.h"
#include "analyzer/syntax/python_program.h"
#include "analyzer/syntax/python_scope.h"
#include "analyzer/syntax/syntax_tree.h"

namespace oakum {

class PythonModule {
 public:
  using Id = SyntaxTree::Id;

  // A file's or notebook's code. Holes of the text are holes of its string literals.
  explicit PythonModule(const Value& text);
  ~PythonModule();

  // Lets names be followed into other modules, whose offsets begin at `end`. Before anything is
  // asked.
  void FollowImports(std::string_view path, ModuleFinder find, uint32_t end);
  // The modules that its import statements name, as a ModuleFinder takes them.
  std::vector<std::string> ImportedModules() const;

  // What its import statements bind, in the order of the text.
  std::vector<PyImport> Imports() const;
  // What else is bound in modules, classes and functions, by the place where it is first.
  std::vector<PyBinding> BoundNames();

  // The modules it was read together with.
  const std::vector<TextPart>& parts() const { return program_.parts; }

  const std::optional<Error>& error() const { return error_; }
  // The same, and what could not be parsed.
  std::vector<Error> Errors() const;
  const SyntaxTree& tree() const { return tree_; }
  std::string_view TextOf(Id id) const;
  Span SpanOf(Id id) const { return text_.ToSource(tree_[id].span); }

  PyValues Evaluate(Id expression);
  const PyObject& operator[](PyId id) const { return objects_[id]; }

  // "ray.init" for the callee of a call, whatever the module is called here; a call in it is "()".
  // Empty if it has no name.
  std::string QualifiedName(Id expression);
  // The callee and arguments of a call, also of one that folds.
  PyObject CallOf(Id call);
  // The calls that functions of other modules make when `call` calls them, with what they get then.
  std::vector<PyInnerCall> CallsBehind(Id call);
  // What a keyword argument, or the positional one at `position`, is; null if absent. `call` is
  // kCall.
  static const PyItem* Argument(const PyObject& call, std::string_view keyword, int position = -1);

  // An object as data: a call with keyword arguments is the map of them, kJson what it holds.
  DataTree ToData(PyId id) const;

  // Where the holes of a value were filled from, in order: os.environ[...], an argument.
  std::vector<Span> OriginsOf(const Value& value) const;

 private:
  friend struct PythonProgram;
  struct Frame;     // the arguments of a call that is being folded
  class Assembler;  // a text put together from alternatives
  using Bindings = std::map<std::string, PyValues, std::less<>>;

  PythonModule(PythonProgram& program, const Source& source, uint32_t begin);
  void Parse();

  // python_imports.cc: other modules
  PyValues Imported(std::string_view name);
  PyValues Exported(std::string_view dotted);
  PyValues FromStars(std::string_view name);
  void FindStars();
  void PassTo(PyValues& state, const PyEvent& event, bool conditional, const Frame* frame);
  void AddCallsBehind(Id call, const Frame* frame, int depth, std::vector<PyInnerCall>& calls);
  void AddCallsIn(const PyObject& function, const PyObject& call, bool method, const Frame* frame,
                  int depth, std::vector<PyInnerCall>& calls);
  PyValues Changes(const PyObject& function, PythonModule& caller, Id call, Id argument,
                   const PyValues& state, const Frame* frame);

  // python.cc: expressions
  PyValues Eval(Id id, const Frame* frame);
  PyValues EvalNew(Id id, const Frame* frame);
  PyValues EvalBinary(Id id, const Frame* frame);
  PyValues EvalSum(Id id, const Frame* frame);
  PyValues EvalSubscript(Id id, const Frame* frame);
  PyValues EvalAttribute(Id id, const Frame* frame);
  PyValues EvalList(Id id, const Frame* frame);
  PyValues EvalMap(Id id, const Frame* frame);
  PyValues EvalComprehension(Id id, const Frame* frame);
  Id WholeOf(Id comprehension) const;
  bool Selects(Id condition, int depth) const;
  std::string QualifiedNameIn(Id id, const Frame* frame, int depth);
  PyId Add(PyObject object);
  PyId AddText(Value value, Id node);
  PyId AddHole(std::string name, HoleOrigin origin, Id node, const PyValues* fallback = nullptr);
  PyId Unknown(Id id) { return AddHole(NameOf(id), HoleOrigin::kExpression, id); }
  std::string NameOf(Id id, int depth = 0) const;
  static void Join(PyValues& into, const PyValues& more);
  static PyValues OneOf(const std::vector<PyValues>& branches);

  // python_text.cc: strings and what assembles them
  PyValues EvalString(Id id, const Frame* frame);
  void AppendString(Id id, const Frame* frame, Assembler& out);
  void AppendInterpolation(Id id, const Frame* frame, Assembler& out);
  PyValues EvalPercent(Id id, const Frame* frame);
  PyValues FormatBraces(PyId format, const PyObject& call, Id node);
  PyItem FieldValue(std::string_view field, const PyObject& call, int& next, Id node);
  Value Anchored(PyId id, Span anchor);
  Value Converted(PyId id, char conversion, std::string_view format, Span anchor);

  // python_bindings.cc: what its scopes bind
  PyBinding BindingOf(std::string_view name, const std::vector<PyEvent>& events, uint32_t scope);
  std::string NameOfScope(uint32_t scope) const;

  // python_names.cc: what a name is at its use
  PyValues EvalName(std::string_view name, Id use, const Frame* frame);
  const std::vector<PyEvent>* Find(std::string_view name, uint32_t& scope, Id use) const;
  PyValues Replay(const std::vector<PyEvent>& events, size_t in_force, uint32_t branch, Id use,
                  const Frame* frame);
  void Apply(const PyEvent& event, bool conditional, Id use, const Frame* frame, PyValues& state);
  PyValues EventValue(const PyEvent& event, Id use, const Frame* frame);
  PyValues ParameterValue(const PyEvent& event, const Frame* frame);
  PyValues ArgumentsFromCalls(Id function, Id parameter);
  PyValues ItemOf(const PyValues& values, int index, Id node);
  PyValues ItemsOf(const PyValues& values, Id node);
  void SetItem(PyValues& state, Id subscript, const PyValues& value, Span span, bool conditional);
  PyId WithItem(PyId map, const std::vector<Value>& path, const PyValues& value, Span span,
                bool conditional);
  void ChangeInPlace(PyValues& state, Id call, bool conditional, const Frame* frame);
  PyId Changed(PyId id, std::string_view method, const PyObject& call, Id node);

  // python_calls.cc: calls and attributes
  PyValues EvalCall(Id id, const Frame* frame);
  PyObject Arguments(Id call, const Frame* frame, Id given = SyntaxTree::kNone,
                     const PyValues* as = nullptr);
  PyValues CallKnown(const std::string& name, const PyObject& call, Id id);
  PyValues CallMethod(std::string_view method, PyId object, const PyObject& call, Id id);
  PyValues CallTextMethod(std::string_view method, PyId object, const PyObject& call, Id id);
  static Value InCase(const Value& value, bool upper);
  PyValues Replaced(const Value& value, const PyObject& call, Id id);
  PyValues CallMapMethod(std::string_view method, PyId object, const PyObject& call, Id id);
  Bindings Bind(Id function, const PyObject& call, bool method);
  static PyValues CallFunction(const PyObject& function, const PyObject& call, bool method,
                               const Frame* frame);
  Frame FrameOf(const PyObject& function, const PyObject& call, bool method, const Frame* caller);
  PyValues Returned(const PyObject& function, const PyObject& call, bool method,
                    const Frame* frame);
  PyValues Given(PyId instance, std::string_view name);
  PyValues Member(PyId object, const PyObject& type, std::string_view name, const Frame* frame);
  PyValues Attribute(PyId object, std::string_view name, Id node, const Frame* frame);
  PyValues OfProperties(const PyValues& values, const Frame* frame);
  PyValues InstanceOf(Id annotation, const Frame* frame);
  PyValues InstanceOf(PyId type, Id node);
  PyValues FieldDefault(PyId value, const Frame* frame);
  PyValues Lookup(PyId map, std::string_view key) const;
  PyValues Environment(const PyObject& call, Id id);
  PyValues JoinTexts(const std::vector<PyItem>& parts, std::string_view separator, Id node);
  PyId Merged(PyId a, PyId b, Id node);
  void Spread(const PyValues& values, Span span, PyObject& map);

  // python_paths.cc: where the files of modules are
  PyValues OwnFile(Id use);
  PyValues PathAttribute(PyId path, std::string_view name, Id node);
  PyValues CallPath(const std::string& name, const PyObject& call, Id id);

  // python_library.cc: what modules of the standard library and of its neighbours do to texts
  PyValues CallLibrary(const std::string& name, const PyObject& call, Id id);
  PyValues CallMethodOfCall(std::string_view method, PyId object, const PyObject& call, Id id);
  PyValues AttributeOfCall(PyId object, std::string_view name, Id node);
  std::vector<PyItem> UrlParts(const PyObject& parsed, Id node);
  PyValues Substituted(const Value& text, const PyObject& call, Id node);
  PyValues OptionDefault(std::string_view name, const std::vector<Id>& calls);
  PyValues DecoratedDefault(Id function, std::string_view parameter);
  PyValues ReplacedInUnknown(PyId object, const PyObject& call, Id id);

  std::unique_ptr<PythonProgram> own_;  // of the first module
  PythonProgram& program_;
  std::string path_;
  Value text_;
  std::string plain_;  // text_ with letters for holes; empty if there are none
  SyntaxTree tree_;
  PythonScopes scopes_;
  std::optional<Error> error_;

  std::deque<PyObject>& objects_ = program_.objects;
  std::map<std::string, PyValues, std::less<>> imported_;
  std::vector<std::string> stars_;           // modules of `import *`, each with a dot behind it
  std::unordered_map<Id, PyValues> folded_;  // outside any call
  std::map<std::pair<const void*, std::pair<uint32_t, uint32_t>>, PyValues> names_;
  std::map<Span, std::vector<Span>>& origins_ = program_.origins;
  std::unordered_map<std::string, std::vector<Id>> calls_;  // by the last name of the callee
  std::set<Id> calling_;  // parameters whose arguments are being looked for
  int& depth_ = program_.depth;
  int& steps_ = program_.steps;
  int& total_steps_ = program_.total_steps;
};

}  // namespace oakum
