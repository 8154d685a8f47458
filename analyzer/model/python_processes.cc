#include "analyzer/model/python_processes.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/base/one_of.h"
#include "analyzer/base/path.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/uri_hint.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

using Id = SyntaxTree::Id;
constexpr Id kNone = SyntaxTree::kNone;

std::string_view LastName(std::string_view qualified) {
  return qualified.substr(qualified.rfind('.') + 1);
}

// Tools whose command lines matter; python and shells start others.
bool IsKnownTool(std::string_view word) {
  return IsOneOf(
      BaseName(word),
      {"anyscale",       "aws",    "az",      "bash",    "buildah", "conda",      "crane",
       "curl",           "docker", "env",     "gcloud",  "gh",      "git",        "glab",
       "helm",           "hf",     "heroku",  "kubectl", "mamba",   "npm",        "oc",
       "oras",           "pdm",    "pip",     "pip3",    "pipenv",  "pipx",       "poetry",
       "podman",         "python", "python3", "ray",     "sh",      "skopeo",     "sudo",
       "twine",          "uv",     "uvx",     "wandb",   "wget",    "micromamba", "nerdctl",
       "huggingface-cli"});
}

// "git clone ...", "cd x && PIP_NO_CACHE_DIR=1 pip install ...": a command of a tool, and something
// behind its name.
bool IsCommandOfTool(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\\";
  constexpr std::string_view kSeparators = "\n;&|()`";
  constexpr size_t kMaxBytes = 16 << 10;
  text = text.substr(0, kMaxBytes);
  bool first = true;  // where a command may begin
  for (size_t at = 0; at < text.size();) {
    if (kSeparators.find(text[at]) != kSeparators.npos || kBlanks.find(text[at]) != kBlanks.npos) {
      first |= kSeparators.find(text[at]) != kSeparators.npos;
      ++at;
      continue;
    }
    const size_t end = std::min(text.find_first_of(" \t\r\\\n;&|()`", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const bool last = text.find_first_not_of(" \t\r\n", end) == text.npos;
    if (first && !last && IsKnownTool(word)) return true;
    first = first && (word.find('=') != word.npos ||
                      IsOneOf(word, {"!", "do", "else", "exec", "if", "nohup", "then", "time"}));
    at = end;
  }
  return false;
}

// Calls whose first argument is a command, whatever it is.
bool RunsText(std::string_view name) {
  return IsOneOf(name,
                 {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput",
                  "asyncio.create_subprocess_shell", "commands.getoutput"});
}

bool RunsProgram(std::string_view name) {
  return IsOneOf(name, {"subprocess.run", "subprocess.Popen", "subprocess.call",
                        "subprocess.check_call", "subprocess.check_output", "pty.spawn"});
}

// Arguments that are the program's: asyncio.create_subprocess_exec("git", "clone", ...).
bool TakesArguments(std::string_view name) {
  return name == "asyncio.create_subprocess_exec";
}

// Methods and helpers that are called so in task runners and in code of one's own: a command only
// if it is one of a known tool.
bool IsRunner(std::string_view last) {
  return IsOneOf(last, {"run",
                        "sudo",
                        "local",
                        "shell",
                        "sh",
                        "system",
                        "execute",
                        "exec_command",
                        "check_call",
                        "check_output",
                        "run_command",
                        "run_cmd",
                        "run_shell",
                        "run_always",
                        "run_install",
                        "call",
                        "bash",
                        "cmd",
                        "command",
                        "run_commands",
                        "CmdAction",
                        "ShellOperation",
                        "shell_run_command",
                        "spawn",
                        "execute_shell_command",
                        "runcmd",
                        "run_process",
                        "popen"});
}

// Keyword arguments that are a shell's text: Airflow's BashOperator and its like, Prefect.
bool IsTextKeyword(std::string_view name) {
  return IsOneOf(name, {"bash_command", "shell_command"});
}

class Processes {
 public:
  Processes(PythonModule& module, Facts& facts) : module_(module), facts_(facts) {}

  // Airflow fills in its templates before the shell reads the text.
  void Templates(const PyValues& values, bool any) {
    for (PyId value : values) {
      if (module_[value].kind != PyKind::kText) continue;
      const Value text = JinjaTemplate(module_[value].value);
      if (any || IsCommandOfTool(text.text())) {
        LowerShellText(text, CommandHost::kProgram, facts_);
      }
    }
  }

  void Texts(const PyValues& values, bool any) {
    for (PyId value : values) {
      const PyObject& what = module_[value];
      if (what.kind == PyKind::kText && (any || IsCommandOfTool(what.value.text()))) {
        LowerShellText(what.value, CommandHost::kProgram, facts_);
      }
    }
  }

  // A list is the arguments of a program, a text a shell's.
  void Either(const PyValues& values, Span span, bool any) {
    for (PyId value : values) {
      const PyObject& what = module_[value];
      if (what.kind == PyKind::kList) Arguments(what.items, 0, span, any);
    }
    Texts(values, any);
  }

  // ["pip", "install", ...], from the element at `from` on, behind the words of `before`.
  void Arguments(const std::vector<PyItem>& items, size_t from, Span span, bool any,
                 const std::vector<std::string>& before = {}) {
    std::vector<Value> argv;
    for (const std::string& word : before) argv.emplace_back(MappedText::Synthetic(word, span));
    for (size_t i = from; i < items.size(); ++i) {
      const PyItem& item = items[i];
      if (item.unpacked || !item.key.empty()) continue;
      argv.push_back(Anchored(module_[item.values.front()].value, item.span));
    }
    const Hole* program = argv.empty() ? nullptr : argv.front().OnlyHole();
    if (program && program->name == "sys.executable") {
      argv.front() = Value(MappedText::Synthetic("python", argv.front().ToSource()));
    }
    if (argv.empty() || (!any && !IsKnownTool(argv.front().text()))) return;
    LowerArgv(std::move(argv), span, CommandHost::kProgram, facts_);
  }

  // sh.pip("install", "features", index_url=URL): keywords become `--index-url=URL`.
  void ShProgram(const PyObject& call, Span span) {
    std::vector<std::string> words;
    std::string_view names = std::string_view(call.name).substr(call.name.find('.') + 1);
    while (!names.empty()) {
      std::string word(names.substr(0, names.find('.')));
      names.remove_prefix(std::min(word.size() + 1, names.size()));
      std::replace(word.begin(), word.end(), '_', '-');
      words.push_back(std::move(word));
    }
    if (words.empty() || !IsKnownTool(words.front())) return;
    std::vector<Value> argv;
    for (const std::string& word : words) argv.emplace_back(MappedText::Synthetic(word, span));
    for (const PyItem& item : call.items) {
      const Value value = Anchored(module_[item.values.front()].value, item.span);
      if (item.key.empty()) {
        argv.push_back(value);
      } else if (item.key.is_literal() && !item.key.text().starts_with('_')) {
        argv.push_back(Option(item.key, value));
      }
    }
    LowerArgv(std::move(argv), span, CommandHost::kProgram, facts_);
  }

 private:
  // `--index-url=URL`; a value of one letter's option is glued to it.
  static Value Option(const Value& key, const Value& value) {
    std::string name(key.text());
    std::replace(name.begin(), name.end(), '_', '-');
    Value::Builder out;
    out.AppendDecoded(name.size() == 1 ? "-" + name : "--" + name + "=", key.ToSource());
    out.Append(value);
    return std::move(out).Build();
  }

  // An argument that is a variable stands where it is handed over.
  static Value Anchored(const Value& value, Span at) {
    const Hole* only = value.OnlyHole();
    if (only == nullptr || at.empty()) return value;
    Hole hole = *only;
    hole.span = at;
    Value::Builder out;
    out.Append(std::move(hole));
    return std::move(out).Build();
  }

  PythonModule& module_;
  Facts& facts_;
};

// os.execvp(file, [arguments]), os.execlp(file, argument, ...), and their spawning brothers.
void AddExec(Processes& processes, std::string_view name, const PyObject& call, Span span) {
  const size_t path = name.starts_with("os.spawn") ? 1 : 0;
  if (call.items.size() <= path + 1) return;
  const size_t form = name.find_first_of("vl", 3);
  const std::string_view kind = form == name.npos ? "v" : name.substr(form);
  if (kind.starts_with('l')) return processes.Arguments(call.items, path + 1, span, true);
  processes.Either(call.items[path + 1].values, span, true);
}

// What nox's sessions and their like install: the arguments of pip or conda.
bool AddInstall(Processes& processes, PythonModule& module, const PyObject& call, Span span) {
  const std::string_view last = LastName(call.name);
  const bool pip = last == "install";
  if (!pip && last != "conda_install") return false;
  const std::string_view text = module.TextOf(SyntaxTree::kRoot);
  if (text.find("nox") == text.npos) return false;
  processes.Arguments(call.items, 0, span, true, {pip ? "pip" : "conda", "install"});
  return true;
}

// A function of the module itself: what it starts is found in it.
bool IsOwnFunction(PythonModule& module, Id callee) {
  const PyValues values = module.Evaluate(callee);
  return std::any_of(values.begin(), values.end(), [&module](PyId value) {
    return module[value].kind == PyKind::kFunction && module[value].home == &module;
  });
}

void AddRunner(Processes& processes, PythonModule& module, Id callee, const PyObject& call,
               Span span) {
  size_t positional = 0;
  for (const PyItem& item : call.items) positional += item.key.empty() && !item.unpacked ? 1 : 0;
  for (const PyItem& item : call.items) {
    if (item.key.empty() || !item.key.is_literal()) continue;
    const bool command = item.key.text() == "command" && call.name.ends_with("Operator");
    if (command || IsTextKeyword(item.key.text())) processes.Templates(item.values, !command);
  }
  if (call.name.ends_with("containers.run")) return;  // an image, then a command
  const std::string_view written = LastName(module.TextOf(callee));
  if (!IsRunner(LastName(call.name)) && !IsRunner(written)) return;
  if (IsOwnFunction(module, callee)) return;
  const PyItem* first = PythonModule::Argument(call, {}, 0);
  if (!first) first = PythonModule::Argument(call, "command");
  if (!first) first = PythonModule::Argument(call, "commands");
  if (!first) first = PythonModule::Argument(call, "cmd");
  if (!first) return;
  const std::string_view word = module[first->values.front()].value.text();
  if (positional > 1 && word.find_first_of(" \t\n") == word.npos && !word.empty()) {
    return processes.Arguments(call.items, 0, span, false);
  }
  if (LastName(call.name) == "run_commands" || LastName(call.name) == "ShellOperation") {
    for (const PyItem& item : call.items) {
      for (PyId value : item.values) {
        for (const PyItem& inner : module[value].items) processes.Texts(inner.values, false);
      }
      processes.Texts(item.values, false);
    }
    return;
  }
  processes.Either(first->values, span, false);
}

}  // namespace

bool MayStartProcess(std::string_view text) {
  return ContainsAny(text, {"subprocess", "os.system", "os.popen", "os.exec", "os.spawn",
                            "import sh", "from sh "}) ||
         MayRunTasks(text);
}

bool MayRunTasks(std::string_view text) {
  return ContainsAny(text, {"create_subprocess", "invoke", "fabric", "nox", "bash_command",
                            "exec_command", "\"actions\"", "'actions'", "run_commands",
                            "ShellOperation", "shell_command", "task.bash"});
}

const PyItem* AddProcess(PythonModule& module, Id id, const PyObject& call, Facts& facts) {
  Processes processes(module, facts);
  const std::string& name = call.name;
  const Id callee = module.tree().Child(id, "function");
  const Span span = module.SpanOf(id);
  const PyItem* environment = PythonModule::Argument(call, "env");
  if (TakesArguments(name)) {
    processes.Arguments(call.items, 0, span, true);
  } else if (name.starts_with("sh.")) {
    processes.ShProgram(call, span);
    return PythonModule::Argument(call, "_env");
  } else if (RunsText(name) || RunsProgram(name)) {
    const PyItem* first = PythonModule::Argument(call, RunsText(name) ? "cmd" : "args", 0);
    if (!first) return nullptr;
    processes.Either(first->values, span, true);
  } else if (name.starts_with("os.exec") || name.starts_with("os.spawn")) {
    AddExec(processes, name, call, span);
  } else if (callee != kNone && !AddInstall(processes, module, call, span)) {
    AddRunner(processes, module, callee, call, span);
    const bool runs = IsRunner(LastName(name)) && environment != nullptr;
    return runs ? environment : nullptr;
  }
  return environment;
}

void AddBashTasks(PythonModule& module, Facts& facts) {
  const SyntaxTree& tree = module.tree();
  Processes processes(module, facts);
  for (Id id = 0; id < tree.size(); ++id) {
    if (!tree.Is(id, "return_statement") || tree[id].first_child == kNone) continue;
    Id function = tree[id].parent;
    while (function != kNone && !tree.Is(function, "function_definition")) {
      function = tree[function].parent;
    }
    const Id decorated = function == kNone ? kNone : tree[function].parent;
    if (decorated == kNone || !tree.Is(decorated, "decorated_definition")) continue;
    for (Id child : tree.Children(decorated)) {
      if (!tree.Is(child, "decorator")) continue;
      const std::string_view name = module.TextOf(child);
      if (!name.starts_with("@task.bash") && !name.starts_with("@dag.task.bash")) continue;
      processes.Templates(module.Evaluate(tree[id].first_child), true);
    }
  }
}

void AddActions(PythonModule& module, const PyValues& values, Span span, Facts& facts) {
  Processes processes(module, facts);
  for (PyId value : values) {
    if (module[value].kind != PyKind::kList) continue;
    for (const PyItem& item : module[value].items) processes.Either(item.values, span, false);
  }
}

}  // namespace oakum
