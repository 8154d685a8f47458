#include "analyzer/model/wrappers.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/syntax/shell_lexer.h"
#include "analyzer/syntax/shell_quote.h"

namespace oakum {

namespace {

constexpr int kMaxWrappers = 16;

// A prefix is followed by the command it starts.
struct Prefix {
  std::string_view name;
  std::string_view subcommand;     // must follow the name: `uv run`
  std::string_view short_options;  // that take a value
  std::string_view long_options;   // likewise, between spaces
  int operands = 0;                // before the command: a duration, a user
  bool installs = false;           // what its options say is asked for, too
};

constexpr Prefix kPrefixes[] = {
    {"sudo", "", "ugCDhpRrtTU", " user group chdir host prompt role type other-user ", 0},
    {"doas", "", "uC", "", 0},
    {"env", "", "uC", " unset chdir ", 0},
    {"exec", "", "a", "", 0},
    {"command", "", "", "", 0},
    {"builtin", "", "", "", 0},
    {"time", "", "fo", " format output ", 0},
    {"nohup", "", "", "", 0},
    {"nice", "", "n", " adjustment ", 0},
    {"ionice", "", "cnpP", " class classdata ", 0},
    {"timeout", "", "sk", " signal kill-after ", 1},
    {"stdbuf", "", "ioe", " input output error ", 0},
    {"setsid", "", "", "", 0},
    {"chronic", "", "", "", 0},
    {"unbuffer", "", "", "", 0},
    {"xargs", "", "aEIinLPsd", " arg-file delimiter max-args max-procs replace max-lines ", 0},
    {"gosu", "", "", "", 1},
    {"su-exec", "", "", "", 1},
    {"setpriv", "", "", " reuid regid ", 0},
    {"tini", "", "p", "", 0},
    {"dumb-init", "", "r", "", 0},
    {"catchsegv", "", "", "", 0},
    {"chroot", "", "", " userspec groups ", 1},
    {"retry", "", "tsdn", " times delay ", 0},
    {"op", "run", "", " env-file account ", 0},
    {"doppler", "run", "pcd", " project config token ", 0},
    {"uv", "run", "pifPC",
     " with with-editable with-requirements extra group python env-file directory "
     "project package index default-index index-url extra-index-url find-links ",
     0, true},
    {"poetry", "run", "C", " directory project ", 0},
    {"pipenv", "run", "", " python ", 0},
    {"pdm", "run", "p", " project ", 0},
    {"hatch", "run", "e", " env ", 0},
    {"conda", "run", "np", " name prefix cwd ", 0},
    {"mamba", "run", "np", " name prefix cwd ", 0},
    {"micromamba", "run", "np", " name prefix cwd ", 0},
};

constexpr std::string_view kShells[] = {"sh", "bash", "dash", "ash", "zsh", "ksh"};

// Commands that start another one elsewhere, written after `--`.
struct Starter {
  std::string_view name;
  std::string_view word;  // some argument before the `--`
};

constexpr Starter kStarters[] = {
    {"ray", "submit"},  {"ray", "exec"},        {"kubectl", "submit"}, {"kubectl", "exec"},
    {"kubectl", "run"}, {"anyscale", "submit"}, {"oc", "exec"},
};

std::string_view Literal(const Value& value) {
  return value.is_literal() ? value.text() : std::string_view();
}

bool IsPython(std::string_view name) {
  if (!name.starts_with("python")) return false;
  return std::all_of(name.begin() + 6, name.end(),
                     [](char c) { return c == '.' || IsShellDigit(c); });
}

// Reads a wrapper's own arguments off the front of a command line.
class Unwrapper {
 public:
  explicit Unwrapper(std::vector<Value> argv) : argv_(std::move(argv)) {}

  Unwrapped Run() {
    for (int i = 0; i < kMaxWrappers && Step(); ++i) continue;
    FindStarted();
    argv_.erase(argv_.begin(), argv_.begin() + static_cast<std::ptrdiff_t>(at_));
    result_.taken = at_;
    if (!result_.script) result_.argv = std::move(argv_);
    return std::move(result_);
  }

 private:
  size_t left() const { return argv_.size() - at_; }
  std::string_view Word(size_t i) const {
    return at_ + i < argv_.size() ? Literal(argv_[at_ + i]) : std::string_view();
  }

  // Takes one wrapper off; false when there is none.
  bool Step() {
    if (left() == 0 || result_.script) return false;
    const std::string_view name = ProgramName(argv_[at_]);
    for (const Prefix& prefix : kPrefixes) {
      if (prefix.name == name) return TakePrefix(prefix);
    }
    if (std::find(std::begin(kShells), std::end(kShells), name) != std::end(kShells)) {
      return TakeShell();
    }
    if (name == "su" || name == "runuser") return TakeSwitchUser();
    if (name == "eval") return TakeEval();
    if (IsPython(name)) return TakePython();
    return false;
  }

  bool TakePrefix(const Prefix& prefix) {
    size_t i = 1;
    if (!prefix.subcommand.empty()) {
      if (Word(1) != prefix.subcommand) return false;
      i = 2;
    }
    int operands = prefix.operands;
    for (; i < left(); ++i) {
      const std::string_view word = Word(i);
      if (word == "--") {
        ++i;
        break;
      }
      if (word.size() > 1 && word[0] == '-') {
        if ((word == "-v" || word == "-V") && prefix.name == "command") return false;
        if (word == "-S" && prefix.name == "env" && i + 1 < left()) {
          result_.script = argv_[at_ + i + 1];
          return true;
        }
        if (TakesValue(prefix, word)) ++i;
      } else if (IsAssignment(prefix, i)) {
        AddAssignment(argv_[at_ + i]);
      } else if (operands > 0) {
        --operands;
      } else {
        break;
      }
    }
    if (i >= left()) return false;  // it starts nothing: the wrapper is the command
    if (prefix.name == "gosu" || prefix.name == "su-exec") result_.other_user = true;
    if (prefix.name == "sudo" || prefix.name == "doas") {
      (NamesOtherUser(i) ? result_.other_user : result_.sudo) = true;
    }
    if (prefix.installs) {
      const auto first = argv_.begin() + static_cast<std::ptrdiff_t>(at_);
      result_.before.assign(first, first + static_cast<std::ptrdiff_t>(i));
    }
    at_ += i;
    return true;
  }

  // Whether one of the options before the command at `end` is `-u USER` of somebody but root.
  bool NamesOtherUser(size_t end) const {
    for (size_t i = 1; i + 1 < end; ++i) {
      if (Word(i) == "-u" || Word(i) == "--user") return Word(i + 1) != "root";
    }
    return false;
  }

  static bool TakesValue(const Prefix& prefix, std::string_view word) {
    if (word.starts_with("--")) {
      const std::string name = " " + std::string(word.substr(2)) + " ";
      return prefix.long_options.find(name) != std::string_view::npos;
    }
    return word.size() == 2 && prefix.short_options.find(word[1]) != std::string_view::npos;
  }

  bool IsAssignment(const Prefix& prefix, size_t i) const {
    return (prefix.name == "env" || prefix.name == "sudo" || prefix.name == "exec") &&
           ShellAssignmentPrefix(argv_[at_ + i].text()) > 0;
  }

  void AddAssignment(const Value& word) {
    const uint32_t prefix = ShellAssignmentPrefix(word.text());
    const uint32_t name = ShellNameLength(word.text());
    result_.environment.push_back(
        {std::string(word.text().substr(0, name)), word.Slice(prefix), word.ToSource(), true});
  }

  // sh -c TEXT, bash -lc TEXT, bash FILE, bash (on its input).
  bool TakeShell() {
    bool script = false;
    size_t i = 1;
    for (; i < left(); ++i) {
      const std::string_view word = Word(i);
      if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) break;
      if (word == "--") {
        ++i;
        break;
      }
      if (word == "-o" || word == "-O" || word == "--rcfile" || word == "--init-file") {
        ++i;
      } else if (word[1] != '-') {
        script |= word.find('c') != std::string_view::npos;
        if (word.ends_with('o')) ++i;  // -eo pipefail
      }
    }
    if (script) {
      if (i >= left()) return false;
      result_.script = argv_[at_ + i];
      return true;
    }
    if (i >= left() || Word(i) == "-") result_.reads_script = true;
    return false;
  }

  // su - USER -c TEXT, runuser -u USER -- COMMAND.
  bool TakeSwitchUser() {
    result_.other_user = true;
    for (size_t i = 1; i < left(); ++i) {
      const std::string_view word = Word(i);
      if ((word == "-c" || word == "--command") && i + 1 < left()) {
        result_.script = argv_[at_ + i + 1];
        return true;
      }
      if (word.starts_with("--command=")) {
        result_.script = argv_[at_ + i].Slice(10);
        return true;
      }
      if (word == "--" && i + 1 < left()) {
        at_ += i + 1;
        return true;
      }
    }
    return false;
  }

  // eval joins its words with blanks and reads the result as a script.
  bool TakeEval() {
    if (left() < 2) return false;
    Value::Builder script;
    for (size_t i = 1; i < left(); ++i) {
      const Value& word = argv_[at_ + i];
      const Span span = word.ToSource();
      if (i > 1) script.AppendDecoded(" ", {span.begin, span.begin});
      script.Append(word);
    }
    result_.script = std::move(script).Build();
    return true;
  }

  // python -u -m pip ... is pip ...
  bool TakePython() {
    for (size_t i = 1; i + 1 < left(); ++i) {
      const std::string_view word = Word(i);
      if (word == "-m") {
        at_ += i + 1;
        return true;
      }
      if (word == "-W" || word == "-X") {
        ++i;
      } else if (word.size() < 2 || word[0] != '-' || word == "-c") {
        return false;
      }
    }
    return false;
  }

  // What runs elsewhere by way of a host, container or cluster: its words, or its one text.
  bool FindStartedAfter(std::string_view name) {
    int operands = 1;  // before the command
    size_t i = 1;
    std::string_view short_values;
    std::string_view long_values;
    if (name == "ssh") {
      short_values = "BbcDEeFIiJLlmOopQRSWw";
    } else if ((name == "docker" || name == "podman" || name == "nerdctl") && Word(1) == "exec") {
      short_values = "euw";
      long_values = " env env-file user workdir detach-keys ";
      i = 2;
    } else if (name == "ray" && Word(1) == "exec") {
      short_values = "np";
      long_values = " cluster-name port-forward run-env ";
      i = 2;
    } else {
      return false;
    }
    const Prefix prefix{name, "", short_values, long_values, 0};
    for (; i < left(); ++i) {
      const std::string_view word = Word(i);
      if (word == "--") return false;  // as FindStarted() has it
      if (word.size() > 1 && word[0] == '-') {
        if (TakesValue(prefix, word)) ++i;
      } else if (--operands < 0) {
        break;
      }
    }
    if (i >= left()) return false;
    const auto first = argv_.begin() + static_cast<std::ptrdiff_t>(at_ + i);
    const bool text = name != "docker" && name != "podman" && name != "nerdctl";
    if (text) {
      Value::Builder script;
      for (auto word = first; word != argv_.end(); ++word) {
        const Span span = word->ToSource();
        if (word != first) script.AppendDecoded(" ", {span.begin, span.begin});
        script.Append(*word);
      }
      const Span span = first->ToSource();
      result_.also = {Value(MappedText::Synthetic("sh", {span.begin, span.begin})),
                      Value(MappedText::Synthetic("-c", {span.begin, span.begin})),
                      std::move(script).Build()};
    } else {
      result_.also.assign(first, argv_.end());
    }
    argv_.erase(first, argv_.end());
    return true;
  }

  void FindStarted() {
    if (left() == 0) return;
    const std::string_view name = ProgramName(argv_[at_]);
    if (FindStartedAfter(name)) return;
    for (const Starter& starter : kStarters) {
      if (starter.name != name) continue;
      bool named = false;
      for (size_t i = 1; i < left(); ++i) {
        named |= Word(i) == starter.word;
        if (Word(i) != "--") continue;
        if (!named) break;
        result_.also.assign(argv_.begin() + static_cast<std::ptrdiff_t>(at_ + i + 1), argv_.end());
        argv_.resize(at_ + i);
        return;
      }
    }
  }

  std::vector<Value> argv_;
  size_t at_ = 0;
  Unwrapped result_;
};

}  // namespace

Unwrapped Unwrap(std::vector<Value> argv) {
  return Unwrapper(std::move(argv)).Run();
}

}  // namespace oakum
