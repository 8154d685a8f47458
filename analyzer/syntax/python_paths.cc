// Paths that begin where a module's own file lies: Path(__file__).parent / "code".
//
// They are folded relative to the folder of the program's first module, which is how an upload's
// local path is read (engine/ray_upload.h).
#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr int kMaxParents = 6;

std::string ParentOf(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (path == ".") return "..";
  const size_t slash = path.rfind('/');
  const std::string_view last = slash == path.npos ? path : path.substr(slash + 1);
  if (last == "..") return std::string(path) + "/..";
  return slash == path.npos ? "." : std::string(path.substr(0, slash));
}

// `path` as seen from `folder`, both from the root of the tree.
std::string RelativeTo(std::string_view folder, std::string_view path) {
  std::string up;
  while (!folder.empty() && folder != ".") {
    if (path.starts_with(folder) && path.substr(folder.size()).starts_with('/')) {
      path.remove_prefix(folder.size() + 1);
      break;
    }
    folder = ParentPath(folder);
    up += "../";
  }
  return (up.empty() ? "./" : up) + std::string(path);
}

}  // namespace

PyValues PythonModule::OwnFile(Id use) {
  if (program_.path.empty()) return {};
  const std::string path = RelativeTo(ParentPath(program_.path), path_);
  return {AddText(Value(MappedText::Synthetic(path, SpanOf(use))), use)};
}

// path.parent, path.parents
PyValues PythonModule::PathAttribute(PyId path, std::string_view name, Id node) {
  const Value value = objects_[path].value;
  if (!value.is_literal() || (name != "parent" && name != "parents")) return {};
  PyObject list;
  list.kind = PyKind::kList;
  list.node = node;
  std::string at(value.text());
  for (int i = 0; i < (name == "parent" ? 1 : kMaxParents); ++i) {
    at = ParentOf(at);
    const PyId parent = AddText(Value(MappedText::Synthetic(at, SpanOf(node))), node);
    if (name == "parent") return {parent};
    list.items.push_back({{}, {parent}, SpanOf(node), false});
  }
  return {Add(std::move(list))};
}

// Calls of os.path and pathlib that give a path.
PyValues PythonModule::CallPath(const std::string& name, const PyObject& call, Id id) {
  if (IsOneOf(name, {"os.getcwd", "pathlib.Path.cwd", "Path.cwd"})) {
    return {AddText(Value(MappedText::Synthetic(".", SpanOf(id))), id)};
  }
  const PyItem* first = Argument(call, {}, 0);
  if (!first) return {};
  if (IsOneOf(name, {"os.path.dirname", "posixpath.dirname"})) {
    const PyId path = first->values.front();
    return objects_[path].kind == PyKind::kText ? PathAttribute(path, "parent", id) : PyValues();
  }
  const bool joins =
      IsOneOf(name, {"os.path.join", "posixpath.join"}) ||
      (IsOneOf(name, {"pathlib.Path", "pathlib.PurePath", "Path"}) && Argument(call, {}, 1));
  if (!joins) return {};
  std::vector<PyItem> parts;
  for (const PyItem& item : call.items) {
    if (item.key.empty()) parts.push_back(item);
  }
  return JoinTexts(parts, "/", id);
}

}  // namespace oakum
