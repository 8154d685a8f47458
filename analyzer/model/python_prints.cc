#include "analyzer/model/python_prints.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/named_secret.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
constexpr Id kNone = SyntaxTree::kNone;

template <size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 5> kPrinters = {"print", "pprint", "pprint.pprint",
                                                       "rich.print", "sys.stdout.write"};
constexpr std::array<std::string_view, 8> kLevels = {"debug",    "info",      "warning", "warn",
                                                     "critical", "exception", "error",   "log"};
// Calls that let nothing of a value through.
constexpr std::array<std::string_view, 9> kSummaries = {"len",  "type", "list", "sorted",    "set",
                                                        "bool", "id",   "hash", "isinstance"};
constexpr std::array<std::string_view, 6> kRedactors = {"redact", "mask", "sanitiz",
                                                        "scrub",  "hide", "censor"};

bool IsSink(std::string_view name) {
  if (Contains(kPrinters, name)) return true;
  const size_t dot = name.rfind('.');
  if (dot == name.npos || !Contains(kLevels, name.substr(dot + 1))) return false;
  return ToLower(name.substr(0, dot)).find("log") != std::string::npos;
}

bool IsRedacting(std::string_view callee) {
  const size_t dot = callee.rfind('.');
  const std::string name = ToLower(dot == callee.npos ? callee : callee.substr(dot + 1));
  if (Contains(kSummaries, name) || name == "keys") return true;
  return std::any_of(kRedactors.begin(), kRedactors.end(), [&name](std::string_view word) {
    return name.find(word) != std::string::npos;
  });
}

class Printed {
 public:
  Printed(PythonModule& module, Id call, std::string sink, Facts& facts)
      : module_(module), tree_(module.tree()), facts_(facts) {
    print_.sink = std::move(sink);
    print_.span = module.SpanOf(call);
    const Id arguments = tree_.Child(call, "arguments");
    if (arguments != kNone) Look(arguments, 0);
  }

 private:
  // True when something was found: one finding a call.
  bool Look(Id id, int depth) {
    constexpr int kMaxArgumentDepth = 24;
    if (depth > kMaxArgumentDepth) return false;
    const std::string_view kind = tree_.kind(id);
    if (kind == "call") {
      const Id callee = tree_.Child(id, "function");
      if (callee != kNone && IsRedacting(module_.TextOf(callee))) return false;
      const Id method = callee == kNone ? kNone : tree_.Child(callee, "attribute");
      const std::string_view name = method == kNone ? std::string_view() : module_.TextOf(method);
      if (name == "get" || name == "pop" || name == "setdefault") return Member(id);
    }
    if (kind == "lambda" || kind == "comment" || kind == "string_content") return false;
    if (kind == "keyword_argument") return Look(tree_.Child(id, "value"), depth + 1);
    if (kind == "subscript") return Subscript(id);
    if (kind == "identifier") return Name(id);
    if (kind == "attribute" && Attribute(id)) return true;
    for (Id child : tree_.Children(id)) {
      if (kind == "attribute" && tree_.field(child) == "attribute") continue;
      if (Look(child, depth + 1)) return true;
    }
    return false;
  }

  // Of its fields, those that hold credentials.
  bool Subscript(Id id) {
    const Id base = tree_.Child(id, "value");
    if (!NamesRuntimeEnv(module_.TextOf(base))) return false;
    const std::string_view key = module_.TextOf(tree_.Child(id, "subscript"));
    if (key.find("env_vars") == key.npos || key.size() > 12) return false;
    return Name(base);
  }

  // x.get("env_vars")
  bool Member(Id call) {
    const Id base = tree_.Child(tree_.Child(call, "function"), "object");
    const std::string_view arguments = module_.TextOf(tree_.Child(call, "arguments"));
    return NamesRuntimeEnv(module_.TextOf(base)) && arguments.find("env_vars") < 4 && Name(base);
  }

  bool Attribute(Id id) {
    const std::string_view name = module_.TextOf(tree_.Child(id, "attribute"));
    if (name == "environ") return module_.QualifiedName(id) == "os.environ" && Add("os.environ");
    if (!NamesRuntimeEnv(name)) return false;
    const std::string qualified = module_.QualifiedName(id);
    if (qualified.find("get_runtime_context") != std::string::npos) {
      return Add("ray.get_runtime_context().runtime_env");
    }
    return Name(id);
  }

  bool Name(Id id) {
    const std::string_view text = module_.TextOf(id);
    const bool named = NamesRuntimeEnv(text);
    for (PyId value : module_.Evaluate(id)) {
      const PyKind kind = module_[value].kind;
      if (kind == PyKind::kName && module_[value].name == "os.environ") return Add("os.environ");
      if (kind != PyKind::kMap && kind != PyKind::kCall && kind != PyKind::kJson) continue;
      const DataTree data = module_.ToData(value);
      if (!data.Is(data.root(), DataKind::kMap)) continue;
      if (!named && !LooksLikeRuntimeEnv(data, data.root())) continue;
      RuntimeEnvUse use;
      use.surface = RuntimeEnvSurface::kProgram;
      print_.env = ReadRuntimeEnv(data, data.root(), use);
      return Add(std::string(text));
    }
    return named && Add(std::string(text));
  }

  bool Add(std::string what) {
    // Of programs that have nothing to do with Ray the environment is their own affair.
    const std::string_view text = module_.TextOf(SyntaxTree::kRoot);
    const bool ray = text.find("import ray") != text.npos || text.find("from ray") != text.npos;
    if (what == "os.environ" && !ray) return false;
    print_.what = std::move(what);
    facts_.runtime_env_prints.push_back(std::move(print_));
    return true;
  }

  PythonModule& module_;
  const SyntaxTree& tree_;
  Facts& facts_;
  RuntimeEnvPrint print_;
};

// Cookies are called as the server likes: of others than a session's only what looks generated.
Value SecretOfCookie(std::string_view name, const Value& value) {
  if (!value.is_literal()) return Value();
  const std::string lower = ToLower(name);
  const bool session = NamesSecret(lower) || lower.find("session") != lower.npos ||
                       lower.find("auth") != lower.npos || lower.ends_with("sid");
  const bool secret = session
                          ? JudgeNamedSecret("session_token", value.text()) == NamedSecret::kSecret
                          : LooksLikeToken(value.text());
  return secret ? value : Value();
}

void AddHeaders(const PythonModule& module, const PyItem* headers, bool cookies,
                std::string_view tool, Facts& facts) {
  if (!headers) return;
  for (PyId map : headers->values) {
    for (const PyItem& item : module[map].items) {
      if (!item.key.is_literal() || item.key.empty()) continue;
      for (PyId value : item.values) {
        const Value& text = module[value].value;
        InlineSecret found;
        found.secret =
            cookies ? SecretOfCookie(item.key.text(), text) : SecretOfHeader(item.key.text(), text);
        found.kind = ClassifySecret(found.secret);
        if (found.kind != SecretKind::kLiteral && found.kind != SecretKind::kInterpolated) continue;
        found.tool = tool;
        found.option = cookies ? "cookies" : "headers";
        found.name = item.key.text();
        found.argument = text.ToSource();
        found.header = !cookies;
        facts.headers.push_back(std::move(found));
      }
    }
  }
}

// requests.post(f"{address}/api/jobs/", ...): a request to Ray's dashboard, by whatever library.
bool CallsRay(const PythonModule& module, const PyObject& call) {
  for (const PyItem& item : call.items) {
    if (!item.key.empty() && item.key.text() != "url") continue;
    const std::string_view text = module[item.values.front()].value.text();
    if (text.find("/api/jobs") != text.npos || text.find("/api/serve/") != text.npos) return true;
  }
  return false;
}

}  // namespace

bool NamesRuntimeEnv(std::string_view name) {
  return ToLower(name).find("runtime_env") != std::string::npos;
}

void AddPrint(PythonModule& module, Id id, const PyObject& call, Facts& facts) {
  const std::string_view written = module.TextOf(module.tree().Child(id, "function"));
  if (IsSink(call.name) || IsSink(written)) Printed(module, id, std::string(written), facts);
}

void AddHeaders(const PythonModule& module, const PyObject& call, Facts& facts) {
  constexpr std::string_view kClient = "JobSubmissionClient";
  const PyItem* headers = PythonModule::Argument(call, "headers");
  if (call.name.ends_with(kClient)) {
    AddHeaders(module, headers, false, kClient, facts);
    AddHeaders(module, PythonModule::Argument(call, "cookies"), true, kClient, facts);
  } else if (headers && CallsRay(module, call)) {
    AddHeaders(module, headers, false, "Ray", facts);
  }
}

}  // namespace oakum
