// Methods of texts and dicts.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include <climits>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

PyValues PythonModule::CallMethod(std::string_view method, PyId object, const PyObject& call,
                                  Id id) {
  switch (objects_[object].kind) {
    case PyKind::kText:
    case PyKind::kUnknown:
      return CallTextMethod(method, object, call, id);
    case PyKind::kMap:
      return CallMapMethod(method, object, call, id);
    case PyKind::kCall: {  // Path(...).read_text().strip(); urlparse(...).geturl()
      PyValues values = CallMethodOfCall(method, object, call, id);
      if (values.empty() && method == "replace") values = ReplacedInUnknown(object, call, id);
      return values;
    }
    case PyKind::kName:
      return {};
    default:
      return method == "copy" ? PyValues{object} : PyValues{};
  }
}

PyValues PythonModule::CallTextMethod(std::string_view method, PyId object, const PyObject& call,
                                      Id id) {
  const Value value = objects_[object].value;
  const PyItem* first = Argument(call, {}, 0);
  if (IsOneOf(method, {"encode", "decode", "expandtabs", "as_posix", "expanduser", "resolve",
                       "absolute", "copy", "__str__", "casefold", "capitalize", "title"})) {
    return {object};
  }
  if (IsOneOf(method, {"strip", "lstrip", "rstrip"})) {
    std::string blanks = " \t\r\n\v\f";
    if (first) {
      const Value& set = objects_[first->values.front()].value;
      if (!set.is_literal()) return {object};
      blanks = std::string(set.text());
    }
    const std::string_view all = value.text();
    uint32_t begin = 0;
    uint32_t end = value.size();
    auto stripped = [&](uint32_t at) {
      return !value.HoleAt(at) && blanks.find(all[at]) != std::string::npos;
    };
    while (method != "rstrip" && begin < end && stripped(begin)) ++begin;
    while (method != "lstrip" && end > begin && stripped(end - 1)) --end;
    return {AddText(value.Slice({begin, end}), id)};
  }
  if (method == "joinpath" && first) {
    std::vector<PyItem> parts = {{{}, {object}, SpanOf(id), false}};
    parts.insert(parts.end(), call.items.begin(), call.items.end());
    return JoinTexts(parts, "/", id);
  }
  if (method == "lower" || method == "upper")
    return {AddText(InCase(value, method == "upper"), id)};
  if (objects_[object].kind == PyKind::kUnknown || value.OnlyHole()) {
    return method == "replace" ? ReplacedInUnknown(object, call, id) : PyValues{};
  }
  if (method == "format") return FormatBraces(object, call, id);
  if (method == "format_map" && first) {
    return FormatBraces(object, objects_[first->values.front()], id);
  }
  if (method == "join" && first && value.is_literal()) {
    const PyObject list = objects_[first->values.front()];
    if (list.kind == PyKind::kList) return JoinTexts(list.items, value.text(), id);
  }
  if (method == "replace") return Replaced(value, call, id);
  if ((method == "removeprefix" || method == "removesuffix") && first) {
    const Value& part = objects_[first->values.front()].value;
    const bool prefix = method == "removeprefix";
    if (!part.is_literal()) return {object};
    if (prefix && value.text().starts_with(part.text()))
      return {AddText(value.Slice(part.size()), id)};
    if (!prefix && value.text().ends_with(part.text())) {
      return {AddText(value.Slice({0, value.size() - part.size()}), id)};
    }
    return {object};
  }
  return {};
}

Value PythonModule::InCase(const Value& value, bool upper) {
  Value::Builder builder;
  for (uint32_t i = 0; i < value.size(); ++i) {
    const char c = value.text()[i];
    const bool changes = !value.HoleAt(i) && (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z');
    if (changes) {
      const char changed = static_cast<char>(c ^ 0x20);
      builder.AppendDecoded({&changed, 1}, value.ToSource({i, i + 1}));
    } else {
      builder.Append(value.Slice({i, i + 1}));
    }
  }
  return std::move(builder).Build();
}

PyValues PythonModule::Replaced(const Value& value, const PyObject& call, Id id) {
  const PyItem* from = Argument(call, {}, 0);
  const PyItem* to = Argument(call, {}, 1);
  if (!from || !to) return {};
  const PyItem* limit = Argument(call, "count", 2);
  int left = limit ? std::atoi(std::string(objects_[limit->values.front()].value.text()).c_str())
                   : INT_MAX;
  const Value pattern = objects_[from->values.front()].value;
  if (!pattern.is_literal() || pattern.empty()) return {AddText(value, id)};
  Assembler out(*this);
  uint32_t copied = 0;
  for (size_t at = value.text().find(pattern.text()); at != std::string_view::npos;
       at = value.text().find(pattern.text(), copied)) {
    if (left-- == 0) break;
    const auto begin = static_cast<uint32_t>(at);
    out.Add(value.Slice({copied, begin}));
    out.AddValues(to->values, to->span);
    copied = begin + pattern.size();
  }
  out.Add(value.Slice(copied));
  return out.Finish(id);
}

PyValues PythonModule::CallMapMethod(std::string_view method, PyId object, const PyObject& call,
                                     Id id) {
  const PyItem* first = Argument(call, {}, 0);
  if (method == "copy") return {object};
  if (IsOneOf(method, {"get", "pop", "setdefault"}) && first) {
    const Value key = objects_[first->values.front()].value;
    PyValues values = key.is_literal() ? Lookup(object, key.text()) : PyValues{};
    const PyItem* fallback = Argument(call, {}, 1);
    if (values.empty() && fallback) values = fallback->values;
    return values;
  }
  if (method == "values" || method == "items" || method == "keys") {
    PyObject list;
    list.kind = PyKind::kList;
    list.node = id;
    for (const PyItem& item : objects_[object].items) {  // a deque: adding moves nothing
      if (item.unpacked) continue;
      PyItem element{{}, item.values, item.span, false};
      if (method != "values") {
        const PyId key = AddText(item.key, id);
        element.values = {key};
        if (method == "items") {
          PyObject pair;
          pair.kind = PyKind::kList;
          pair.node = id;
          pair.items = {{{}, {key}, item.span, false}, {{}, item.values, item.span, false}};
          element.values = {Add(std::move(pair))};
        }
      }
      list.items.push_back(std::move(element));
    }
    return {Add(std::move(list))};
  }
  return {};
}

// The values of a key or index, or none.
PyValues PythonModule::Lookup(PyId map, std::string_view key) const {
  PyValues values;
  const PyObject& object = objects_[map];
  if (object.kind == PyKind::kList && key.size() < 4 &&
      key.find_first_not_of("0123456789") == std::string_view::npos) {
    const auto at = static_cast<size_t>(std::atoi(std::string(key).c_str()));
    return at < object.items.size() ? object.items[at].values : values;
  }
  if (object.kind != PyKind::kMap && object.kind != PyKind::kCall) return values;
  for (const PyItem& item : object.items) {
    if (!item.unpacked && item.key.is_literal() && item.key.text() == key) values = item.values;
  }
  return values;
}

// `a` with the members of `b` over it.
PyId PythonModule::Merged(PyId a, PyId b, Id node) {
  PyObject map;
  map.kind = PyKind::kMap;
  if (objects_[a].kind == PyKind::kMap || objects_[a].kind == PyKind::kCall) {
    map = objects_[a];
  } else {
    Spread({a}, SpanOf(node), map);
  }
  map.home = this;
  map.node = node;
  Spread({b}, SpanOf(node), map);
  return Add(std::move(map));
}

}  // namespace oakum
