#include "analyzer/syntax/python.h"

#include <algorithm>
#include <utility>

#include "analyzer/syntax/python_frame.h"

namespace oakum {

namespace {

constexpr SyntaxTree::Id kNone = SyntaxTree::kNone;
constexpr SyntaxLimits kLimits{4u << 20, std::chrono::milliseconds(1000)};
constexpr int kMaxDepth = 60;
constexpr int kStepsInAll = 1'000'000;
constexpr size_t kMaxObjects = 1'000'000;

std::string WithoutHoles(const Value& text) {
  std::string plain(text.text());
  for (const Value::PlacedHole& placed : text.holes()) plain[placed.position] = 'x';
  return plain;
}

bool IsKeyName(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  });
}

}  // namespace

PythonModule::PythonModule(const Value& text)
    : own_(std::make_unique<PythonProgram>()), program_(*own_), text_(text) {
  program_.total_steps = kStepsInAll;
  Parse();
}

PythonModule::PythonModule(PythonProgram& program, const Source& source, uint32_t begin)
    : program_(program),
      path_(source.path()),
      text_(MappedText::Verbatim(source.body().text(), begin + source.body().ToSource().begin)) {
  Parse();
}

PythonModule::~PythonModule() = default;

void PythonModule::Parse() {
  if (!text_.is_literal()) plain_ = WithoutHoles(text_);
  const std::string_view code = plain_.empty() ? text_.text() : plain_;
  Result<SyntaxTree> tree = ParseSyntax(Grammar::kPython, code, kLimits);
  if (!tree) {
    error_ = tree.error();
    error_->span = text_.ToSource();
    tree = ParseSyntax(Grammar::kPython, "");
  } else if (tree->Is(SyntaxTree::kRoot, "ERROR")) {
    error_ = Error{"it does not read as Python as a whole, so not all of it was understood",
                   text_.ToSource({0, 0})};
  }
  tree_ = *std::move(tree);
  scopes_ = PythonScopes(tree_, code);
  for (Id id = 0; id < tree_.size(); ++id) {
    if (!tree_.Is(id, "call")) continue;
    Id callee = tree_.Child(id, "function");
    if (callee != kNone && tree_.Is(callee, "attribute")) callee = tree_.Child(callee, "attribute");
    if (callee != kNone && tree_.Is(callee, "identifier")) {
      calls_[std::string(TextOf(callee))].push_back(id);
    }
  }
  if (program_.find) FindStars();
}

std::string_view PythonModule::TextOf(Id id) const {
  const std::string_view code = plain_.empty() ? text_.text() : std::string_view(plain_);
  const Span span = tree_[id].span;
  return span.end <= code.size() ? code.substr(span.begin, span.size()) : std::string_view();
}

PyValues PythonModule::Evaluate(Id expression) {
  steps_ = kStepsAnExpression;
  return Eval(expression, nullptr);
}

PyId PythonModule::Add(PyObject object) {
  // What is copied again and again costs steps too: x = x + x, d[k] = v a thousand times.
  const int cost = static_cast<int>(object.items.size() / 8 + object.value.size() / 64);
  steps_ -= cost;
  const int kept = static_cast<int>(std::min<size_t>(object.items.size(), kStepsInAll));
  total_steps_ -= cost + kStepsAnItem * kept;
  if (!object.home) object.home = this;
  objects_.push_back(std::move(object));
  return static_cast<PyId>(objects_.size() - 1);
}

PyId PythonModule::AddText(Value value, Id node) {
  PyObject object;
  object.kind = PyKind::kText;
  object.value = std::move(value);
  object.node = node;
  return Add(std::move(object));
}

PyId PythonModule::AddHole(std::string name, HoleOrigin origin, Id node, const PyValues* fallback) {
  Hole hole;
  hole.name = std::move(name);
  hole.origin = origin;
  hole.span = SpanOf(node);
  if (fallback && objects_[fallback->front()].kind == PyKind::kText) {
    hole.fallback = std::make_shared<const Value>(objects_[fallback->front()].value);
  }
  Value::Builder builder;
  builder.Append(std::move(hole));
  PyObject object;
  object.kind = PyKind::kUnknown;
  object.value = std::move(builder).Build();
  object.node = node;
  return Add(std::move(object));
}

void PythonModule::Join(PyValues& into, const PyValues& more) {
  for (PyId id : more) {
    if (into.size() == kMaxAlternatives) return;
    if (std::find(into.begin(), into.end(), id) == into.end()) into.push_back(id);
  }
}

// What any of the branches gives. Where there are more results than are kept, each branch has its
// share: one that has many must not hide the others.
PyValues PythonModule::OneOf(const std::vector<PyValues>& branches) {
  size_t total = 0;
  size_t longest = 0;
  for (const PyValues& branch : branches) {
    total += branch.size();
    longest = std::max(longest, branch.size());
  }
  PyValues values;
  if (total <= kMaxAlternatives) {
    for (const PyValues& branch : branches) Join(values, branch);
    return values;
  }
  for (size_t i = 0; i < longest; ++i) {
    for (const PyValues& branch : branches) {
      if (i < branch.size()) Join(values, {branch[i]});
    }
  }
  return values;
}

std::string PythonModule::NameOf(Id id, int depth) const {
  const std::string_view kind = tree_.kind(id);
  if (depth < 16) {
    if (kind == "identifier") return std::string(TextOf(id));
    if (kind == "attribute") {
      const Id object = tree_.Child(id, "object");
      const Id name = tree_.Child(id, "attribute");
      if (object != kNone && name != kNone) {
        return NameOf(object, depth + 1) + "." + std::string(TextOf(name));
      }
    }
    if (kind == "call") return NameOf(tree_.Child(id, "function"), depth + 1) + "()";
    if (kind == "subscript") {
      const Id value = tree_.Child(id, "value");
      const Id key = tree_.Child(id, "subscript");
      std::string name = NameOf(value, depth + 1);
      std::string_view text = key == kNone ? std::string_view() : TextOf(key);
      if (text.size() > 2 && (text.front() == '"' || text.front() == '\'')) {
        text = text.substr(1, text.size() - 2);
      }
      return IsKeyName(text) ? name + "." + std::string(text) : name + "[]";
    }
    if (kind == "await" || kind == "parenthesized_expression") {
      const Id inner = tree_[id].first_child;
      if (inner != kNone) return NameOf(inner, depth + 1);
    }
  }
  return "expression";
}

PyValues PythonModule::Eval(Id id, const Frame* frame) {
  if (id == kNone) return {AddHole("expression", HoleOrigin::kUnknown, SyntaxTree::kRoot)};
  if (!frame) {
    const auto known = folded_.find(id);
    if (known != folded_.end()) return known->second;
  }
  if (--total_steps_ < 0 || objects_.size() > kMaxObjects) {
    if (!error_) error_ = Error{"its expressions were not all folded: there are too many", {}};
    return {Unknown(id)};
  }
  if (--steps_ < 0 || depth_ > kMaxDepth) return {Unknown(id)};
  ++depth_;
  PyValues values = EvalNew(id, frame);
  --depth_;
  if (values.empty()) values = {Unknown(id)};
  if (!frame && steps_ > 0) folded_[id] = values;
  return values;
}

PyValues PythonModule::EvalNew(Id id, const Frame* frame) {
  const std::string_view kind = tree_.kind(id);
  if (kind == "string" || kind == "concatenated_string") return EvalString(id, frame);
  if (kind == "identifier") return EvalName(TextOf(id), id, frame);
  if (kind == "attribute") return EvalAttribute(id, frame);
  if (kind == "call") return EvalCall(id, frame);
  if (kind == "binary_operator") return EvalBinary(id, frame);
  if (kind == "subscript") return EvalSubscript(id, frame);
  if (kind == "dictionary") return EvalMap(id, frame);
  if (kind == "list" || kind == "tuple" || kind == "set" || kind == "expression_list") {
    return EvalList(id, frame);
  }
  if (kind == "list_comprehension" || kind == "set_comprehension" ||
      kind == "generator_expression" || kind == "dictionary_comprehension") {
    return EvalComprehension(id, frame);
  }
  if (kind == "parenthesized_expression" || kind == "await")
    return Eval(tree_[id].first_child, frame);
  if (kind == "named_expression") return Eval(tree_.Child(id, "value"), frame);
  if (kind == "conditional_expression") {
    const std::vector<Id> parts = tree_.Children(id);
    if (parts.size() != 3) return {};
    return OneOf({Eval(parts[0], frame), Eval(parts[2], frame)});
  }
  if (kind == "boolean_operator") {
    PyValues right = Eval(tree_.Child(id, "right"), frame);
    if (TextOf(tree_.Child(id, "operator")) != "or") return right;
    PyValues values;
    for (PyId left : Eval(tree_.Child(id, "left"), frame)) {
      const PyObject& object = objects_[left];
      const bool falsy = object.kind == PyKind::kNull || object.value.text() == "False" ||
                         (object.kind == PyKind::kText && object.value.empty()) ||
                         (object.kind == PyKind::kMap && object.items.empty());
      if (!falsy) Join(values, {left});
      const bool known = object.kind == PyKind::kText && object.value.is_literal();
      if (falsy || !known) Join(values, right);
    }
    return values;
  }
  if (kind == "lambda") {
    PyObject object;
    object.kind = PyKind::kFunction;
    object.node = id;
    return {Add(std::move(object))};
  }
  static constexpr std::pair<std::string_view, PyKind> kScalars[] = {
      {"integer", PyKind::kNumber}, {"float", PyKind::kNumber}, {"true", PyKind::kBool},
      {"false", PyKind::kBool},     {"none", PyKind::kNull},
  };
  for (const auto& [name, scalar] : kScalars) {
    if (kind != name) continue;
    PyObject object;
    object.kind = scalar;
    object.value = text_.Slice(tree_[id].span);
    object.node = id;
    return {Add(std::move(object))};
  }
  return {};
}

PyValues PythonModule::EvalBinary(Id id, const Frame* frame) {
  const Id operator_node = tree_.Child(id, "operator");
  const std::string_view op = operator_node == kNone ? std::string_view() : TextOf(operator_node);
  if (op == "+") return EvalSum(id, frame);
  if (op == "%") return EvalPercent(id, frame);
  if (op != "|" && op != "/") return {};
  const PyValues left = Eval(tree_.Child(id, "left"), frame);
  const PyValues right = Eval(tree_.Child(id, "right"), frame);
  PyValues values;
  for (PyId a : left) {
    for (PyId b : right) {
      if (values.size() == kMaxAlternatives) return values;
      if (op == "|") {
        // `os.environ | {...}`: a dict or not, one of the two says that both are.
        const bool maps = objects_[a].kind == PyKind::kMap || objects_[b].kind == PyKind::kMap;
        if (maps) values.push_back(Merged(a, b, id));
      } else if (objects_[b].kind == PyKind::kText) {  // pathlib
        Assembler out(*this);
        out.AddValues({a}, SpanOf(tree_.Child(id, "left")));
        out.Add(Value(MappedText::Synthetic("/", SpanOf(operator_node))));
        out.AddValues({b}, SpanOf(tree_.Child(id, "right")));
        Join(values, out.Finish(id));
      }
    }
  }
  return values;
}

// A chain of `+` is one sum: it may be thousands of terms long.
PyValues PythonModule::EvalSum(Id id, const Frame* frame) {
  std::vector<Id> terms;
  Id rest = id;
  while (tree_.Is(rest, "binary_operator") && TextOf(tree_.Child(rest, "operator")) == "+") {
    terms.push_back(tree_.Child(rest, "right"));
    rest = tree_.Child(rest, "left");
  }
  terms.push_back(rest);
  std::reverse(terms.begin(), terms.end());
  std::vector<PyValues> values;
  bool lists = false;
  bool texts = false;
  for (Id term : terms) {
    values.push_back(Eval(term, frame));
    const PyKind kind = objects_[values.back().front()].kind;
    lists |= kind == PyKind::kList;
    texts |= kind == PyKind::kText;
  }
  if (lists) {
    PyObject list;
    list.kind = PyKind::kList;
    list.node = id;
    for (size_t i = 0; i < terms.size(); ++i) {
      const PyObject& part = objects_[values[i].front()];
      if (part.kind == PyKind::kList) {
        list.items.insert(list.items.end(), part.items.begin(), part.items.end());
      } else {
        list.items.push_back({{}, values[i], SpanOf(terms[i]), true});
      }
    }
    return {Add(std::move(list))};
  }
  if (!texts) return {};
  Assembler out(*this);
  for (size_t i = 0; i < terms.size(); ++i) out.AddValues(values[i], SpanOf(terms[i]));
  return out.Finish(id);
}

PyValues PythonModule::EvalSubscript(Id id, const Frame* frame) {
  const Id base = tree_.Child(id, "value");
  const Id key_node = tree_.Child(id, "subscript");
  if (base == kNone || key_node == kNone || tree_.Is(key_node, "slice")) return {};
  const PyId key = Eval(key_node, frame).front();
  const Value& text = objects_[key].value;
  PyValues values;
  for (PyId object : Eval(base, frame)) {
    const PyKind kind = objects_[object].kind;
    if (kind == PyKind::kName && objects_[object].name == "os.environ" && text.is_literal()) {
      Join(values, {AddHole(std::string(text.text()), HoleOrigin::kEnvironment, id)});
    } else if (kind == PyKind::kName && IsKeyName(text.text())) {  // of another module
      Join(values, Attribute(object, text.text(), id, frame));
    } else if (kind == PyKind::kMap && text.is_literal()) {
      Join(values, Lookup(object, text.text()));
    } else if (kind == PyKind::kMap) {  // any of them
      for (const PyItem& item : objects_[object].items) Join(values, item.values);
    } else if (kind == PyKind::kList && objects_[key].kind == PyKind::kNumber && text.size() < 4) {
      Join(values, ItemOf({object}, std::atoi(std::string(text.text()).c_str()), id));
    }
  }
  return values;
}

PyValues PythonModule::EvalAttribute(Id id, const Frame* frame) {
  const Id object_node = tree_.Child(id, "object");
  const Id name_node = tree_.Child(id, "attribute");
  if (object_node == kNone || name_node == kNone) return {};
  if (frame && TextOf(object_node) == "self") {  // of a method that is called
    PyValues members;
    for (PyId self : Eval(object_node, frame)) {
      if (objects_[self].kind != PyKind::kCall || !objects_[self].inner) continue;
      Join(members, Attribute(self, TextOf(name_node), id, frame->caller));
    }
    if (!members.empty()) return members;
  }
  const std::string dotted = DottedText(tree_, TextOf(SyntaxTree::kRoot), id);
  if (!dotted.empty()) {  // self.url = ..., cfg.url = ...
    uint32_t scope = scopes_.ScopeOf(id);
    if (Find(dotted, scope, id)) return OfProperties(EvalName(dotted, id, frame), frame);
  }
  PyValues values;
  for (PyId object : Eval(object_node, frame)) {
    Join(values, Attribute(object, TextOf(name_node), id, frame));
  }
  return values;
}

}  // namespace oakum
