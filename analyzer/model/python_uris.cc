#include "analyzer/model/python_uris.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "analyzer/base/one_of.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/lower_runtime_env.h"
#include "analyzer/model/uri_hint.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
constexpr Id kNone = SyntaxTree::kNone;

class ProgramTexts {
 public:
  ProgramTexts(PythonModule& module, Facts& facts)
      : module_(module), tree_(module.tree()), facts_(facts) {}

  void Add() {
    std::set<Span> secrets;
    for (const UriUse& use : facts_.uris) {
      for (const UriCredential& credential : CredentialsIn(use.uri)) {
        secrets.insert(credential.secret.ToSource());
      }
    }
    std::set<Id> seen;
    for (Id id = 0; id < tree_.size(); ++id) {
      if (!tree_.Is(id, "string") || !MayHoldUri(module_.TextOf(id))) continue;
      const Id top = Assembled(id);
      if (!seen.insert(top).second || IsDocumentation(top)) continue;
      for (PyId value : module_.Evaluate(top)) {
        for (Uri& uri : FindUris(module_[value].value)) AddOther(std::move(uri), top, secrets);
      }
    }
  }

  // '{"working_dir": "..."}', a manifest between triple quotes.
  void AddRuntimeEnvs() {
    std::set<Id> seen;
    for (Id id = 0; id < tree_.size(); ++id) {
      if (!tree_.Is(id, "string") || !IsDocument(module_.TextOf(id))) continue;
      const Id top = Assembled(id);
      if (!seen.insert(top).second || IsDocumentation(top)) continue;
      RuntimeEnvUse use;
      use.surface = RuntimeEnvSurface::kProgram;
      use.origins = [this](const Value& value) { return module_.OriginsOf(value); };
      for (PyId value : module_.Evaluate(top)) {
        const Value& text = module_[value].value;
        if (!IsKnown(text.ToSource())) LowerRuntimeEnvText(text, use, facts_);
      }
    }
  }

 private:
  static bool MayHoldUri(std::string_view text) {
    return text.find("://") != text.npos ||
           (text.find('\\') != text.npos && MayHoldEscapedUri(text));
  }

  // Whether it may be one: the beginning of an object, or lines with keys.
  static bool IsDocument(std::string_view text) {
    if (!MentionsRuntimeEnv(text)) return false;
    return text.find('{') != std::string_view::npos || text.find(": ") != std::string_view::npos ||
           text.find(":\n") != std::string_view::npos;
  }

  // json.loads(text) that is handed over.
  bool IsKnown(Span text) const {
    return std::any_of(
        facts_.runtime_envs.begin(), facts_.runtime_envs.end(),
        [text](const RuntimeEnv& env) { return !env.span.empty() && text.Contains(env.span); });
  }

  // The largest expression that a string is assembled in.
  Id Assembled(Id string) const {
    Id top = string;
    for (Id at = tree_[top].parent; at != kNone; at = tree_[at].parent) {
      const std::string_view kind = tree_.kind(at);
      if (kind == "binary_operator" || kind == "concatenated_string" || kind == "string") {
        top = at;
      } else if (kind == "call") {
        const Id callee = tree_.Child(at, "function");
        const Id method = callee == kNone ? kNone : tree_.Child(callee, "attribute");
        if (method == kNone || !IsOneOf(module_.TextOf(method), {"format", "join", "replace"}))
          break;
        top = at;
      } else if (!IsOneOf(kind, {"parenthesized_expression", "attribute", "interpolation", "list",
                                 "tuple", "argument_list"})) {
        break;
      }
    }
    return top;
  }

  bool IsDocumentation(Id id) const { return tree_.Is(tree_[id].parent, "expression_statement"); }

  void AddOther(Uri uri, Id expression, std::set<Span>& secrets) {
    bool carries = false;
    for (const UriCredential& credential : CredentialsIn(uri)) {
      carries |= secrets.insert(credential.secret.ToSource()).second;
    }
    if (!carries) return;
    UriUse use;
    use.sink = UriSink::kProgram;
    use.span = module_.SpanOf(expression);
    use.origins = module_.OriginsOf(uri.whole);
    use.uri = std::move(uri);
    facts_.uris.push_back(std::move(use));
  }

  PythonModule& module_;
  const SyntaxTree& tree_;
  Facts& facts_;
};

}  // namespace

void AddRuntimeEnvTexts(PythonModule& module, Facts& facts) {
  ProgramTexts(module, facts).AddRuntimeEnvs();
}

void AddProgramUris(PythonModule& module, Facts& facts) {
  ProgramTexts(module, facts).Add();
}

}  // namespace oakum
