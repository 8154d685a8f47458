#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/syntax/python_frame.h"
#include "analyzer/syntax/python_string.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;

// A format specification of the mini-language (Library Reference, string), as far as text needs it.
struct FormatSpec {
  std::string_view fill = " ";
  char align = 0;
  bool zero = false;
  size_t width = 0;
  std::optional<size_t> precision;
  char type = 0;
  bool known = true;
};

size_t ReadNumber(std::string_view& text) {
  size_t number = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    if (number < 10'000) number = number * 10 + static_cast<size_t>(text[0] - '0');
    text.remove_prefix(1);
  }
  return number;
}

FormatSpec ParseSpec(std::string_view text) {
  FormatSpec spec;
  constexpr std::string_view kAligns = "<>^=";
  if (text.size() > 1 && kAligns.find(text[1]) != std::string_view::npos) {
    spec.fill = text.substr(0, 1);
    spec.align = text[1];
    text.remove_prefix(2);
  } else if (!text.empty() && kAligns.find(text[0]) != std::string_view::npos) {
    spec.align = text[0];
    text.remove_prefix(1);
  }
  if (text.starts_with('0')) spec.zero = true;
  spec.width = ReadNumber(text);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    spec.precision = ReadNumber(text);
  }
  if (!text.empty()) {
    spec.type = text[0];
    text.remove_prefix(1);
  }
  spec.known = text.empty() && spec.width < 10'000;
  return spec;
}

Value Literal(std::string_view text, Span span) {
  return Value(MappedText::Synthetic(std::string(text), span));
}

Value Repeated(std::string_view text, size_t count, Span span) {
  std::string repeated;
  for (size_t i = 0; i < count; ++i) repeated += text;
  return Literal(repeated, span);
}

// As repr() shows a text.
Value Representation(const Value& value, Span span) {
  const bool has_single = value.text().find('\'') != std::string_view::npos;
  const bool has_double = value.text().find('"') != std::string_view::npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  Value::Builder builder;
  builder.AppendDecoded({&quote, 1}, span);
  for (uint32_t i = 0; i < value.size(); ++i) {
    const char c = value.text()[i];
    constexpr std::string_view kControls = "\n\r\t";
    const size_t control = kControls.find(c);
    if (value.HoleAt(i)) {
      builder.Append(value.Slice({i, i + 1}));
      continue;
    }
    if (c == '\\' || c == quote || control != std::string_view::npos) {
      builder.AppendDecoded("\\", value.ToSource({i, i + 1}));
    }
    if (control != std::string_view::npos) {
      builder.AppendDecoded(std::string_view("nrt").substr(control, 1), value.ToSource({i, i + 1}));
    } else {
      builder.Append(value.Slice({i, i + 1}));
    }
  }
  builder.AppendDecoded({&quote, 1}, span);
  return std::move(builder).Build();
}

Value Concatenated(std::initializer_list<const Value*> parts) {
  Value::Builder builder;
  for (const Value* part : parts) builder.Append(*part);
  return std::move(builder).Build();
}

}  // namespace

// --- literals ---

PyValues PythonModule::EvalString(Id id, const Frame* frame) {
  Assembler out(*this);
  if (tree_.Is(id, "string")) {
    AppendString(id, frame, out);
  } else {
    for (Id part : tree_.Children(id)) {
      if (tree_.Is(part, "string")) AppendString(part, frame, out);
    }
  }
  return out.Finish(id);
}

void PythonModule::AppendString(Id id, const Frame* frame, Assembler& out) {
  const Id start = tree_[id].first_child;
  if (start == kNone || !tree_.Is(start, "string_start")) return;
  const PyStringPrefix prefix = StringPrefix(TextOf(start));
  uint32_t copied = tree_[start].span.end;
  for (Id child = tree_[start].next; child != kNone; child = tree_[child].next) {
    const Span span = tree_[child].span;
    const bool ends = tree_.Is(child, "string_end");
    if (!ends && !tree_.Is(child, "interpolation")) continue;
    if (span.begin > copied) out.Add(DecodeString(text_, {copied, span.begin}, prefix));
    copied = std::max(copied, span.end);
    if (ends) return;
    AppendInterpolation(child, frame, out);
  }
}

void PythonModule::AppendInterpolation(Id id, const Frame* frame, Assembler& out) {
  const Id expression = tree_.Child(id, "expression");
  if (expression == kNone) return;
  const Span whole = SpanOf(id);
  char conversion = 0;
  std::string_view spec;
  Span self_documenting{tree_[id].span.begin + 1, tree_[id].span.end - 1};  // {x=}
  if (const Id node = tree_.Child(id, "type_conversion"); node != kNone) {
    conversion = TextOf(node).back();
    self_documenting.end = tree_[node].span.begin;
  }
  if (const Id node = tree_.Child(id, "format_specifier"); node != kNone) {
    spec = TextOf(node).substr(1);
    self_documenting.end = std::min(self_documenting.end, tree_[node].span.begin);
  }
  const Span after{tree_[expression].span.end, self_documenting.end};
  if (text_.text().substr(after.begin, after.size()).find('=') != std::string_view::npos) {
    out.Add(text_.Slice(self_documenting));
    if (conversion == 0 && spec.empty()) conversion = 'r';
  }
  std::vector<Value> pieces;
  for (PyId value : Eval(expression, frame)) {
    pieces.push_back(Converted(value, conversion, spec, whole));
  }
  out.AddAny(pieces);
}

// What an object prints as where it stands at `anchor`. A value that is one hole is referred to
// there; where it came from becomes its origin.
Value PythonModule::Anchored(PyId id, Span anchor) {
  const PyObject& object = objects_[id];
  if (object.kind == PyKind::kNull) return Literal("None", anchor);
  const Value& value = object.value;
  const Hole* hole = value.OnlyHole();
  if (!hole) return value;
  Hole referred = *hole;
  if (referred.span != anchor) {
    std::vector<Span>& origins = origins_[anchor];
    std::vector<Span> chain = OriginsOf(value);
    if (!anchor.Contains(hole->span)) chain.push_back(hole->span);
    for (const Span& origin : chain) {
      const bool known = std::find(origins.begin(), origins.end(), origin) != origins.end();
      if (!known && origins.size() < 8) origins.push_back(origin);
    }
  }
  referred.span = anchor;
  Value::Builder builder;
  builder.Append(std::move(referred));
  return std::move(builder).Build();
}

std::vector<Span> PythonModule::OriginsOf(const Value& value) const {
  std::vector<Span> origins;
  for (const Value::PlacedHole& placed : value.holes()) {
    const auto found = origins_.find(placed.hole.span);
    if (found == origins_.end()) continue;
    origins.insert(origins.end(), found->second.begin(), found->second.end());
  }
  return origins;
}

Value PythonModule::Converted(PyId id, char conversion, std::string_view format, Span anchor) {
  const bool is_text = objects_[id].kind == PyKind::kText || objects_[id].kind == PyKind::kUnknown;
  Value value = Anchored(id, anchor);
  if ((conversion == 'r' || conversion == 'a') && is_text) value = Representation(value, anchor);
  const FormatSpec spec = ParseSpec(format);
  if (!spec.known || !value.is_literal() || format.empty()) return value;
  const bool number = objects_[id].kind == PyKind::kNumber && conversion == 0;
  if (number && spec.type != 0 && spec.type != 'd') return value;
  if (!number && spec.precision) {
    value =
        value.Slice({0, static_cast<uint32_t>(std::min<size_t>(*spec.precision, value.size()))});
  }
  if (value.size() >= spec.width) return value;
  const size_t missing = spec.width - value.size();
  const std::string_view fill = spec.zero && number ? "0" : spec.fill;
  const char align = spec.align ? spec.align : (number ? '>' : '<');
  const size_t before = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
  const Value left = Repeated(fill, before, anchor);
  const Value right = Repeated(fill, missing - before, anchor);
  return Concatenated({&left, &value, &right});
}

// --- "..." % arguments ---

PyValues PythonModule::EvalPercent(Id id, const Frame* frame) {
  const Id left = tree_.Child(id, "left");
  const Id right = tree_.Child(id, "right");
  if (left == kNone || right == kNone) return {};
  const PyId format = Eval(left, frame).front();
  if (objects_[format].kind != PyKind::kText) return {};
  const PyValues alternatives = Eval(right, frame);
  const PyId arguments = alternatives.front();
  const bool is_tuple = objects_[arguments].kind == PyKind::kList;
  const Value text = objects_[format].value;
  const std::string_view all = text.text();
  Assembler out(*this);
  size_t next = 0;
  uint32_t copied = 0;
  for (size_t at = all.find('%'); at != std::string_view::npos; at = all.find('%', copied)) {
    const auto begin = static_cast<uint32_t>(at);
    out.Add(text.Slice({copied, begin}));
    size_t i = at + 1;
    std::string_view key;
    if (i < all.size() && all[i] == '(') {
      const size_t end = all.find(')', i);
      if (end == std::string_view::npos) return {};
      key = all.substr(i + 1, end - i - 1);
      i = end + 1;
    }
    const size_t flags = i;
    while (i < all.size() && std::string_view("#0- +123456789.*").find(all[i]) != all.npos) ++i;
    if (i >= all.size()) return {};
    const std::string_view width = all.substr(flags, i - flags);
    const char type = all[i];
    copied = static_cast<uint32_t>(i + 1);
    if (type == '%') {
      out.Add(text.Slice({copied - 1, copied}));
      continue;
    }
    PyValues values;
    // What is filled in is referred to where it becomes part of the text.
    const Span anchor = text.ToSource({begin, copied});
    if (!key.empty()) {
      values = Lookup(arguments, key);
      if (values.empty()) values = {AddHole(std::string(key), HoleOrigin::kExpression, right)};
    } else if (is_tuple) {
      if (next >= objects_[arguments].items.size()) return {};
      values = objects_[arguments].items[next++].values;
    } else {
      values = alternatives;
    }
    std::string spec(width);
    if (spec.starts_with('-')) spec[0] = '<';
    if (!spec.empty() && spec[0] != '<' && spec[0] != '0' && spec[0] != '.') spec = ">" + spec;
    std::vector<Value> pieces;
    for (PyId value : values) {
      pieces.push_back(Converted(value, type == 'r' || type == 'a' ? 'r' : 0, spec, anchor));
    }
    out.AddAny(pieces);
  }
  out.Add(text.Slice(copied));
  return out.Finish(id);
}

// --- "...".format(...) ---

PyValues PythonModule::FormatBraces(PyId format, const PyObject& call, Id node) {
  const Value text = objects_[format].value;
  const std::string_view all = text.text();
  Assembler out(*this);
  int next = 0;
  uint32_t copied = 0;
  for (;;) {
    const size_t at = all.find_first_of("{}", copied);
    if (at == std::string_view::npos) break;
    const auto begin = static_cast<uint32_t>(at);
    out.Add(text.Slice({copied, begin}));
    if (at + 1 < all.size() && all[at + 1] == all[at]) {  // {{ and }}
      out.Add(text.Slice({begin, begin + 1}));
      copied = begin + 2;
      continue;
    }
    const size_t end = all.find('}', at);
    if (all[at] == '}' || end == std::string_view::npos) return {};
    std::string_view field = all.substr(at + 1, end - at - 1);
    copied = static_cast<uint32_t>(end + 1);
    std::string_view spec;
    if (const size_t colon = field.find(':'); colon != std::string_view::npos) {
      spec = field.substr(colon + 1);
      field = field.substr(0, colon);
    }
    char conversion = 0;
    if (field.size() > 1 && field[field.size() - 2] == '!') {
      conversion = field.back();
      field.remove_suffix(2);
    }
    const PyItem argument = FieldValue(field, call, next, node);
    // What is filled in is referred to where it becomes part of the text.
    const Span anchor = text.ToSource({begin, copied});
    std::vector<Value> pieces;
    for (PyId value : argument.values) {
      pieces.push_back(Converted(value, conversion, spec, anchor));
    }
    out.AddAny(pieces);
  }
  out.Add(text.Slice(copied));
  return out.Finish(node);
}

// The argument a replacement field names: {}, {0}, {name}, {name.attribute}, {name[key]}.
PyItem PythonModule::FieldValue(std::string_view field, const PyObject& call, int& next, Id node) {
  const size_t end = std::min(field.find_first_of(".["), field.size());
  const std::string_view name = field.substr(0, end);
  const PyItem* item = nullptr;
  if (name.empty()) {
    item = Argument(call, {}, next++);
  } else if (name.find_first_not_of("0123456789") == std::string_view::npos && name.size() < 4) {
    item = Argument(call, {}, std::atoi(std::string(name).c_str()));
  } else {
    item = Argument(call, name);
  }
  const PyItem unknown{
      {}, {AddHole(std::string(field), HoleOrigin::kExpression, node)}, SpanOf(node), false};
  if (!item) return unknown;
  PyValues values = item->values;
  std::string_view path = field.substr(end);
  while (!path.empty()) {
    const bool key = path[0] == '[';
    const size_t stop = key ? path.find(']') : path.find_first_of(".[", 1);
    const std::string_view step = path.substr(1, (stop == path.npos ? path.size() : stop) - 1);
    PyValues found;
    for (PyId value : values) {
      Join(found, key ? Lookup(value, step) : Attribute(value, step, node, nullptr));
    }
    if (found.empty()) return unknown;
    values = std::move(found);
    path.remove_prefix(
        std::min(path.size(), stop == path.npos ? path.size() : stop + (key ? 1 : 0)));
  }
  return {{}, std::move(values), item->span, false};
}

}  // namespace oakum
