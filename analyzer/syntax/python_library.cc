// What modules of the standard library, and of a few that everybody uses beside it, do to texts:
// urllib.parse, string.Template, argparse, click, dataclasses.
#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;

bool EndsWithName(std::string_view qualified, std::string_view name) {
  return qualified.ends_with(name) &&
         (qualified.size() == name.size() || qualified[qualified.size() - name.size() - 1] == '.');
}

bool IsParsedUrl(std::string_view name) {
  return EndsWithName(name, "urlparse") || EndsWithName(name, "urlsplit") ||
         EndsWithName(name, "SplitResult") || EndsWithName(name, "ParseResult");
}

bool IsOptionCall(std::string_view name) {
  return IsOneOf(name, {"typer.Option", "typer.Argument", "dataclasses.field", "attr.ib",
                        "attrs.field", "pydantic.Field", "field", "Field"});
}

// `--bundle-url` is bundle_url.
std::string OptionName(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('-'), text.size()));
  std::string name(text.substr(0, text.find('/')));  // click's --flag/--no-flag
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

PyValues PythonModule::CallLibrary(const std::string& name, const PyObject& call, Id id) {
  const PyItem* first = Argument(call, {}, 0);
  if ((EndsWithName(name, "urlunparse") || EndsWithName(name, "urlunsplit")) && first) {
    const PyObject parts = objects_[first->values.front()];
    if (parts.kind == PyKind::kCall)
      return CallMethodOfCall("geturl", first->values.front(), {}, id);
    if (parts.items.size() < 3) return {};
    const PyItem end{{}, JoinTexts({parts.items[1], parts.items[2]}, "", id), SpanOf(id), false};
    return JoinTexts({parts.items[0], end}, "://", id);
  }
  if (EndsWithName(name, "urlencode") && first) {
    const PyObject map = objects_[first->values.front()];
    if (map.kind != PyKind::kMap) return {};
    std::vector<PyItem> pairs;
    for (const PyItem& item : map.items) {
      if (item.unpacked) continue;
      const PyItem key{{}, {AddText(item.key, id)}, item.span, false};
      pairs.push_back({{}, JoinTexts({key, item}, "=", id), item.span, false});
    }
    return JoinTexts(pairs, "&", id);
  }
  if (name == "shlex.split" && first) return first->values;  // a command line all the same
  if (IsOptionCall(name)) {
    const PyItem* value = Argument(call, "default", 0);
    if (value) return value->values;
    const PyItem* factory = Argument(call, "default_factory");
    const PyObject* made = factory ? &objects_[factory->values.front()] : nullptr;
    if (made && made->kind == PyKind::kFunction) return CallFunction(*made, {}, false, nullptr);
  }
  return {};
}

// Scheme, network location and the rest of what urlparse() and its like give.
std::vector<PyItem> PythonModule::UrlParts(const PyObject& parsed, Id node) {
  std::vector<PyItem> parts(3, PyItem{{}, {}, SpanOf(node), false});
  const bool built = parsed.name.ends_with("Result");
  const PyItem* first = Argument(parsed, "url", 0);
  const Value whole = first ? objects_[first->values.front()].value : Value();
  const size_t colon = whole.text().find("://");
  if (!built && colon != std::string_view::npos) {
    const auto begin = static_cast<uint32_t>(colon) + 3;
    const auto end = static_cast<uint32_t>(
        std::min<size_t>(whole.text().find_first_of("/?#", begin), whole.size()));
    parts[0].values = {AddText(whole.Slice({0, begin - 3}), node)};
    parts[1].values = {AddText(whole.Slice({begin, end}), node)};
    parts[2].values = {AddText(whole.Slice(end), node)};
  }
  static constexpr std::string_view kNames[] = {"scheme", "netloc", "path"};
  const std::string base = first && whole.OnlyHole() ? whole.OnlyHole()->name : "url";
  for (int i = 0; i < 3; ++i) {
    const PyItem* given = Argument(parsed, kNames[i], built ? i : -1);
    if (given) parts[i] = *given;
    if (parts[i].values.empty()) {
      parts[i].values = {
          AddHole(base + "." + std::string(kNames[i]), HoleOrigin::kExpression, node)};
    }
  }
  return parts;
}

PyValues PythonModule::CallMethodOfCall(std::string_view method, PyId object, const PyObject& call,
                                        Id id) {
  PyObject owner = objects_[object];
  if (IsParsedUrl(owner.name)) {
    if (method == "_replace") {
      for (const PyItem& item : call.items) {
        std::erase_if(owner.items, [&item](const PyItem& old) {
          return !old.key.empty() && old.key.text() == item.key.text();
        });
        if (!item.key.empty()) owner.items.push_back(item);
      }
      return {Add(std::move(owner))};
    }
    if (method != "geturl") return {};
    const std::vector<PyItem> parts = UrlParts(owner, id);
    const PyItem end{{}, JoinTexts({parts[1], parts[2]}, "", id), SpanOf(id), false};
    return JoinTexts({parts[0], end}, "://", id);
  }
  const PyItem* text = Argument(owner, "template", 0);
  if (EndsWithName(owner.name, "Template") && text &&
      IsOneOf(method, {"substitute", "safe_substitute"})) {
    return Substituted(objects_[text->values.front()].value, call, id);
  }
  return {};
}

// string.Template: $name, ${name} and $$.
PyValues PythonModule::Substituted(const Value& text, const PyObject& call, Id node) {
  Assembler out(*this);
  const std::string_view all = text.text();
  const PyItem* map = Argument(call, {}, 0);
  uint32_t copied = 0;
  for (size_t at = all.find('$'); at != all.npos; at = all.find('$', copied)) {
    const auto begin = static_cast<uint32_t>(at);
    out.Add(text.Slice({copied, begin}));
    const bool braces = all.substr(at + 1, 1) == "{";
    size_t end = at + (braces ? 2 : 1);
    const size_t name_begin = end;
    while (end < all.size() && IsNameChar(all[end])) ++end;
    const std::string_view name = all.substr(name_begin, end - name_begin);
    if (braces) end = std::min(all.find('}', end), all.size() - 1) + 1;
    copied = static_cast<uint32_t>(std::max(end, at + 1));
    if (name.empty()) {
      copied = begin + (all.substr(at + 1, 1) == "$" ? 2 : 1);
      out.Add(text.Slice({begin, begin + 1}));
      continue;
    }
    const PyItem* item = Argument(call, name);
    PyValues values = item ? item->values : PyValues{};
    if (values.empty() && map) values = Lookup(map->values.front(), name);
    if (values.empty()) values = {AddHole(std::string(name), HoleOrigin::kExpression, node)};
    out.AddValues(values, text.ToSource({begin, copied}));
  }
  out.Add(text.Slice(copied));
  return out.Finish(node);
}

// The attributes of what argparse and urllib.parse return.
PyValues PythonModule::AttributeOfCall(PyId object, std::string_view name, Id node) {
  const PyObject owner = objects_[object];
  if (EndsWithName(owner.name, "parse_args") || EndsWithName(owner.name, "parse_known_args")) {
    const auto calls = calls_.find("add_argument");
    if (calls == calls_.end()) return {};
    PyValues values = OptionDefault(name, calls->second);
    if (!values.empty()) Join(values, {Unknown(node)});
    return values;
  }
  if (!IsParsedUrl(owner.name)) return {};
  const std::vector<PyItem> parts = UrlParts(owner, node);
  if (name == "scheme") return parts[0].values;
  if (name == "netloc") return parts[1].values;
  if (name == "path") return parts[2].values;
  if (name != "hostname") return {};
  const Value& netloc = objects_[parts[1].values.front()].value;
  const size_t begin = netloc.text().rfind('@') + 1;  // of none: 0
  const size_t end = std::min(netloc.text().find(':', begin), netloc.text().size());
  return {AddText(netloc.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}), node)};
}

// The default that one of these calls declares for an option of this name.
PyValues PythonModule::OptionDefault(std::string_view name, const std::vector<Id>& calls) {
  PyValues values;
  for (Id call : calls) {
    const PyObject declared = Arguments(call, nullptr);
    const PyItem* destination = Argument(declared, "dest");
    bool meant = destination && objects_[destination->values.front()].value.text() == name;
    for (const PyItem& item : declared.items) {
      if (destination || !item.key.empty() || item.unpacked) continue;
      const Value& flag = objects_[item.values.front()].value;
      meant |= flag.is_literal() && OptionName(flag.text()) == name;
    }
    const PyItem* given = meant ? Argument(declared, "default") : nullptr;
    if (given && objects_[given->values.front()].kind != PyKind::kNull) Join(values, given->values);
  }
  return values;
}

// @click.option("--name", default=...)
PyValues PythonModule::DecoratedDefault(Id function, std::string_view parameter) {
  const Id around = tree_[function].parent;
  if (around == kNone || !tree_.Is(around, "decorated_definition")) return {};
  std::vector<Id> calls;
  for (Id child : tree_.Children(around)) {
    const Id call = tree_.Is(child, "decorator") ? tree_[child].first_child : kNone;
    if (call == kNone || !tree_.Is(call, "call")) continue;
    const std::string_view callee = TextOf(tree_.Child(call, "function"));
    if (EndsWithName(callee, "option") || EndsWithName(callee, "argument")) calls.push_back(call);
  }
  return calls.empty() ? PyValues{} : OptionDefault(parameter, calls);
}

// url.replace("https://", "https://user:token@"): whatever `url` is, it is a URL with that before
// its host.
PyValues PythonModule::ReplacedInUnknown(PyId object, const PyObject& call, Id id) {
  const PyItem* from = Argument(call, {}, 0);
  const PyItem* to = Argument(call, {}, 1);
  if (!from || !to) return {};
  const Value& pattern = objects_[from->values.front()].value;
  const Value& first = objects_[to->values.front()].value;
  if (!pattern.is_literal() || first.text().find('@') == std::string_view::npos) return {};
  Assembler out(*this);
  const PyValues unknown = {object};
  const bool scheme = first.text().find("://") != std::string_view::npos;
  if (!scheme || first.text().starts_with("://")) {
    out.Add(Value(MappedText::Synthetic(scheme ? "https" : "https://", SpanOf(id))));
  }
  out.AddValues(to->values, to->span);
  out.AddValues(unknown, from->span);
  return out.Finish(id);
}

}  // namespace oakum
