#include "analyzer/model/python_writes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/one_of.h"
#include "analyzer/model/lower_written.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
constexpr Id kNone = SyntaxTree::kNone;
constexpr int kMaxOpen = 3;  // os.fdopen(os.open(...))

// The last name of a callee: "write" of `(folder / "x").open().write`.
std::string_view MethodOf(const PythonModule& module, Id call) {
  const Id callee = module.tree().Child(call, "function");
  if (callee == kNone) return {};
  const Id attribute = module.tree().Child(callee, "attribute");
  return module.TextOf(attribute == kNone ? callee : attribute);
}

class Writes {
 public:
  Writes(PythonModule& module, Id call, Facts& facts)
      : module_(module), call_(call), facts_(facts) {}

  // What the method of this call belongs to; empty if it is no method.
  PyValues Owner(Id call) const {
    const Id callee = module_.tree().Child(call, "function");
    const Id owner = callee == kNone ? kNone : module_.tree().Child(callee, "object");
    return owner == kNone ? PyValues{} : module_.Evaluate(owner);
  }

  // The path of an open file, which may be unknown; none for what is no open file.
  std::optional<std::string> OpenedPath(PyId file, int depth = 0) const {
    const PyObject& object = module_[file];
    if (object.kind != PyKind::kCall || depth > kMaxOpen || !IsOwn(object)) return std::nullopt;
    const std::string_view method = MethodOf(module_, object.node);
    if (method == "NamedTemporaryFile" || method == "TemporaryFile") return std::string();
    if (method != "open" && method != "fdopen") return std::nullopt;
    const bool function = IsOneOf(
        object.name, {"open", "io.open", "codecs.open", "gzip.open", "os.open", "os.fdopen"});
    if (!function) {  // Path(...).open("w")
      const PyValues owner = Owner(object.node);
      return owner.empty() ? std::nullopt : std::optional(PathOf(owner.front()));
    }
    const PyItem* first = PythonModule::Argument(object, "file", 0);
    if (!first) return std::string();
    if (method == "fdopen") return OpenedPath(first->values.front(), depth + 1);
    return PathOf(first->values.front());
  }

  // What is known of it: of folder.joinpath("pip.conf") the last part.
  std::string PathOf(PyId path) const {
    const PyObject& object = module_[path];
    const bool joined = object.kind == PyKind::kCall && IsOwn(object) && !object.items.empty() &&
                        MethodOf(module_, object.node) == "joinpath";
    return module_[joined ? object.items.back().values.front() : path].value.Describe();
  }

  void Text(std::string_view path, const PyItem& text) {
    for (PyId value : text.values) {
      const PyObject& object = module_[value];
      if (object.kind == PyKind::kText) Add(path, object.value);
      if (object.kind == PyKind::kJson || object.kind == PyKind::kMap) {
        Data(path, module_.ToData(value));
      }
      if (object.kind == PyKind::kList) {
        for (const PyItem& line : object.items) Line(path, line);
      }
    }
  }

 private:
  // Whether it is a call of this module, not of one that is imported.
  bool IsOwn(const PyObject& call) const {
    return call.node < module_.tree().size() && module_.tree().Is(call.node, "call") &&
           module_.SpanOf(call.node) == call.value.ToSource();
  }

  void Line(std::string_view path, const PyItem& line) {
    for (PyId value : line.values) {
      if (module_[value].kind == PyKind::kText) Add(path, module_[value].value);
    }
  }

  void Data(std::string_view path, const DataTree& data) {
    for (DataTree::Id node = 0; node < data.size(); ++node) {
      if (data.Is(node, DataKind::kText)) Add(path, data[node].value);
    }
  }

  void Add(std::string_view path, const Value& text) {
    const size_t known = facts_.uris.size();
    LowerWrittenText(path, text, UriSink::kWrittenFile, facts_);
    for (size_t i = known; i < facts_.uris.size(); ++i) {
      facts_.uris[i].span = module_.SpanOf(call_);
      facts_.uris[i].origins = module_.OriginsOf(facts_.uris[i].uri.whole);
    }
  }

  PythonModule& module_;
  const Id call_;
  Facts& facts_;
};

}  // namespace

void AddWrites(PythonModule& module, Id id, const PyObject& call, Facts& facts) {
  const std::string_view name = MethodOf(module, id);
  const bool printed = call.name == "print";
  const bool dumped = name == "dump" || name == "safe_dump";
  const bool whole = name == "write_text" || name == "write_bytes";
  if (!printed && !dumped && !whole && name != "write" && name != "writelines") return;
  Writes writes(module, id, facts);
  const PyItem* text = PythonModule::Argument(call, whole ? "data" : "", 0);
  if (!text) return;
  if (whole) {
    const PyValues owner = writes.Owner(id);
    return writes.Text(owner.empty() ? "" : writes.PathOf(owner.front()), *text);
  }
  const PyItem* file = nullptr;
  if (printed) file = PythonModule::Argument(call, "file");
  if (dumped) file = PythonModule::Argument(call, name == "dump" ? "fp" : "stream", 1);
  const PyValues files = file ? file->values : (printed || dumped) ? PyValues{} : writes.Owner(id);
  for (PyId opened : files) {
    const std::optional<std::string> path = writes.OpenedPath(opened);
    if (path) return writes.Text(*path, *text);
  }
}

}  // namespace oakum
