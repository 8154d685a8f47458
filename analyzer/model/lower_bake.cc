#include "analyzer/model/lower_bake.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/base/fill_holes.h"
#include "analyzer/base/path.h"
#include "analyzer/model/derive.h"
#include "analyzer/syntax/hcl.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

using Id = DataTree::Id;

constexpr int kMaxInherited = 8;  // generations

class Bake {
 public:
  // `json`: the strings of the tree are templates still.
  Bake(const DataTree& tree, bool json, Facts& facts) : tree_(tree), json_(json), facts_(facts) {}

  void Run() {
    targets_ = tree_.Find(tree_.root(), "target");
    for (const Id target : tree_.Children(targets_)) {
      for (const Id parent : Parents(target)) parts_.insert(parent);
    }
    for (const Id group : tree_.Children(tree_.Find(tree_.root(), "group"))) {
      for (const Id name : tree_.Children(tree_.Find(group, "targets"))) {
        parts_.erase(Named(tree_[name].value));
      }
    }
    for (const Id target : tree_.Children(targets_)) {
      if (!tree_.Is(target, DataKind::kMap)) continue;
      Settings(tree_.Find(target, "args"));
      if (!parts_.contains(target)) Target(target);
    }
  }

 private:
  Value TextOf(Id node) const {
    if (node == DataTree::kNone) return {};
    const Value& value = tree_[node].value;
    return json_ ? HclTemplate(value.mapped()) : value;
  }

  // With the defaults of the file's variables in their places.
  Value WithDefaults(const Value& text) const {
    const Id variables = tree_.Find(tree_.root(), "variable");
    return FillHoles(text, [&](const Hole& hole) {
      const Id given = tree_.Find(tree_.Find(variables, hole.name), "default");
      return tree_.Is(given, DataKind::kText) ? std::optional<Value>(TextOf(given)) : std::nullopt;
    });
  }

  Id Named(const Value& name) const {
    return name.is_literal() ? tree_.Find(targets_, name.text()) : DataTree::kNone;
  }

  // The targets that this one inherits, those that count more first.
  std::vector<Id> Parents(Id target) const {
    std::vector<Id> parents;
    for (const Id name : tree_.Children(tree_.Find(target, "inherits"))) {
      const Id parent = Named(tree_[name].value);
      if (parent != DataTree::kNone && parent != target) parents.push_back(parent);
    }
    std::reverse(parents.begin(), parents.end());
    return parents;
  }

  // The target and what it inherits, in the order that counts.
  void Line(Id target, int depth, std::vector<Id>& line) const {
    if (depth > kMaxInherited || std::find(line.begin(), line.end(), target) != line.end()) return;
    line.push_back(target);
    for (const Id parent : Parents(target)) Line(parent, depth + 1, line);
  }

  Id Attribute(const std::vector<Id>& line, std::string_view name) const {
    for (const Id target : line) {
      const Id found = tree_.Find(target, name);
      if (found != DataTree::kNone) return found;
    }
    return DataTree::kNone;
  }

  Span SpanOf(Id node) const { return node == DataTree::kNone ? Span() : tree_[node].span; }

  static Span EntryOf(const DataTree::Node& entry) {
    return Span::Cover(entry.key.ToSource(), entry.span);
  }

  void Target(Id target) {
    std::vector<Id> line;
    Line(target, 0, line);
    BuildRequest request;
    request.bake_target = tree_[target].key.text();
    request.tool = "target " + request.bake_target;
    request.base = BuildRequest::Base::kFile;
    request.dockerfile_in_context = true;
    const Id context = Attribute(line, "context");
    request.context = TextOf(context);
    request.span = context == DataTree::kNone ? tree_[target].key.ToSource() : SpanOf(context);
    request.dockerfile = TextOf(Attribute(line, "dockerfile"));
    // Its Dockerfile stands in the target itself: there is no file.
    if (const Id text = Attribute(line, "dockerfile-inline"); text != DataTree::kNone) {
      request.dockerfile = Value(MappedText::Synthetic("-", SpanOf(text)));
    }
    const Id stage = Attribute(line, "target");
    request.target = TargetName(TextOf(stage));
    request.target_span = SpanOf(stage);
    for (const Id cache : tree_.Children(Attribute(line, "cache-to"))) {
      if (!ExportsAllStages(TextOf(cache))) continue;
      request.exports_all_stages = true;
      request.cache_span = SpanOf(cache);
    }
    Arguments(line, request);
    for (const Id tag : tree_.Children(Attribute(line, "tags"))) {
      request.tags.push_back(TextOf(tag));
      if (Value filled = WithDefaults(request.tags.back()); filled.is_literal()) {
        request.tags.push_back(std::move(filled));
      }
    }
    Contexts(line, request);
    facts_.build_requests.push_back(std::move(request));
  }

  void Contexts(const std::vector<Id>& line, BuildRequest& request) const {
    std::set<std::string> known;
    for (const Id target : line) {
      for (const Id context : tree_.Children(tree_.Find(target, "contexts"))) {
        std::string name = TargetName(tree_[context].key);
        if (!known.insert(name).second) continue;
        request.contexts.push_back({std::move(name), TextOf(context)});
      }
    }
  }

  void Arguments(const std::vector<Id>& line, BuildRequest& request) const {
    std::set<std::string, std::less<>> set;
    for (const Id target : line) {
      for (const Id entry : tree_.Children(tree_.Find(target, "args"))) {
        const DataTree::Node& node = tree_[entry];
        BuildArgument argument;
        argument.name = node.key.text();
        argument.value = TextOf(entry);
        argument.has_value = node.kind != DataKind::kNull;
        argument.span = EntryOf(node);
        if (set.insert(argument.name).second) request.arguments.push_back(std::move(argument));
      }
    }
  }

  void Settings(Id args) {
    for (const Id entry : tree_.Children(args)) {
      const DataTree::Node& node = tree_[entry];
      if (node.kind != DataKind::kText) continue;
      Setting setting;
      setting.name = node.key.text();
      setting.value = TextOf(entry);
      setting.name_span = node.key.ToSource();
      setting.span = EntryOf(node);
      setting.scope = SettingScope::kBuildArg;
      AddSetting(std::move(setting), facts_);
    }
  }

  const DataTree& tree_;
  const bool json_;
  Facts& facts_;
  Id targets_ = DataTree::kNone;
  std::set<Id> parts_;  // targets that others inherit and no group builds
};

}  // namespace

bool IsBakeFile(std::string_view path) {
  const std::string_view name = BaseName(path);
  const bool kind = name.ends_with(".hcl") || name.ends_with(".json");
  return kind && (name.starts_with("docker-bake.") || name.starts_with("bake.") ||
                  name.find(".bake.") != name.npos || name.find("-bake.") != name.npos);
}

void LowerHcl(const Source& source, Facts& facts) {
  const HclText hcl = ParseHcl(source.body());
  for (const Error& error : hcl.errors) {
    facts.notices.push_back({error.message, error.span.value_or(Span())});
  }
  Bake(hcl.tree, false, facts).Run();
}

void LowerBakeJson(const Source& source, Facts& facts) {
  if (!IsBakeFile(source.path())) return;
  const JsonText json = ParseJson(Value(source.body()));
  Bake(json.tree, true, facts).Run();
}

}  // namespace oakum
