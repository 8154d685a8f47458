// BuildKit's second pass: whether an instruction that parsed means something.

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "analyzer/syntax/dockerfile_heredoc.h"
#include "analyzer/syntax/dockerfile_instruction.h"
#include "analyzer/syntax/dockerfile_mount.h"
#include "analyzer/syntax/dockerfile_word.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

enum class FlagType { kBool, kString, kList };

struct KnownFlag {
  DockerKeyword keyword;
  std::string_view name;
  FlagType type;
};

constexpr std::array kFlags = {
    KnownFlag{DockerKeyword::kFrom, "platform", FlagType::kString},
    KnownFlag{DockerKeyword::kCopy, "from", FlagType::kString},
    KnownFlag{DockerKeyword::kCopy, "chown", FlagType::kString},
    KnownFlag{DockerKeyword::kCopy, "chmod", FlagType::kString},
    KnownFlag{DockerKeyword::kCopy, "link", FlagType::kBool},
    KnownFlag{DockerKeyword::kCopy, "parents", FlagType::kBool},
    KnownFlag{DockerKeyword::kCopy, "exclude", FlagType::kList},
    KnownFlag{DockerKeyword::kAdd, "chown", FlagType::kString},
    KnownFlag{DockerKeyword::kAdd, "chmod", FlagType::kString},
    KnownFlag{DockerKeyword::kAdd, "checksum", FlagType::kString},
    KnownFlag{DockerKeyword::kAdd, "link", FlagType::kBool},
    KnownFlag{DockerKeyword::kAdd, "keep-git-dir", FlagType::kBool},
    KnownFlag{DockerKeyword::kAdd, "unpack", FlagType::kBool},
    KnownFlag{DockerKeyword::kAdd, "exclude", FlagType::kList},
    KnownFlag{DockerKeyword::kRun, "mount", FlagType::kList},
    KnownFlag{DockerKeyword::kRun, "network", FlagType::kString},
    KnownFlag{DockerKeyword::kRun, "security", FlagType::kString},
    KnownFlag{DockerKeyword::kRun, "device", FlagType::kList},
    KnownFlag{DockerKeyword::kHealthcheck, "interval", FlagType::kString},
    KnownFlag{DockerKeyword::kHealthcheck, "timeout", FlagType::kString},
    KnownFlag{DockerKeyword::kHealthcheck, "start-period", FlagType::kString},
    KnownFlag{DockerKeyword::kHealthcheck, "start-interval", FlagType::kString},
    KnownFlag{DockerKeyword::kHealthcheck, "retries", FlagType::kString},
};

const KnownFlag* Find(DockerKeyword keyword, std::string_view name) {
  for (const KnownFlag& flag : kFlags) {
    if (flag.keyword == keyword && flag.name == name) return &flag;
  }
  return nullptr;
}

bool IsStageName(std::string_view name) {
  const std::string lower = ToLowerAscii(name);
  if (lower.empty() || lower[0] < 'a' || lower[0] > 'z') return false;
  for (const char c : lower) {
    const bool ok =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!ok) return false;
  }
  return true;
}

// An octal number up to 07777, or clauses like "u+rwx,go=".
bool IsCopyMode(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] >= '0' && text[0] <= '9') {
    while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
    return text.size() <= 4 && text.find_first_not_of("01234567") == text.npos;
  }
  while (true) {
    const std::string_view clause = text.substr(0, text.find(','));
    const size_t what = std::min(clause.find_first_not_of("augo"), clause.size());
    const bool changes = what < clause.size() &&
                         std::string_view("+-=").find(clause[what]) != std::string_view::npos;
    if (!changes || clause.find_first_not_of("+-=rwxXstugo", what) != clause.npos) return false;
    if (clause.size() == text.size()) return true;
    text.remove_prefix(clause.size() + 1);
  }
}

// What BuildKit takes for a URL or a git repository. A name in front of a colon may also be one.
bool IsRemote(std::string_view source) {
  for (const std::string_view scheme : {"http://", "https://", "git://", "ssh://"}) {
    if (source.starts_with(scheme)) return true;
  }
  const size_t at = source.find('@');
  const size_t colon = source.find(':');
  if (at == source.npos || colon == source.npos || at == 0 || colon < at + 2) return false;
  constexpr std::string_view kName =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  for (size_t i = 0; i < colon; ++i) {
    if (i == at || source[i] == (i < at ? '_' : '.')) continue;
    if (kName.find(source[i]) == kName.npos) return false;
  }
  return true;
}

class Checker {
 public:
  Checker(const DockerInstruction& instruction, char escape, std::vector<DockerError>& errors)
      : in_(instruction), escape_(escape), errors_(errors) {}

  void Run() {
    if (in_.keyword == DockerKeyword::kUnknown) return Fail("the instruction is not known");
    if (in_.keyword != DockerKeyword::kOnbuild) CheckFlags();
    CheckArguments();
    CheckWords();
  }

 private:
  void Fail(std::string message) { errors_.push_back({std::move(message), in_.word.ToSource()}); }
  void FailAt(std::string message, const MappedText& where) {
    errors_.push_back({std::move(message), where.ToSource()});
  }

  void CheckFlags() {
    for (size_t i = 0; i < in_.flags.size(); ++i) {
      const DockerFlag& flag = in_.flags[i];
      const KnownFlag* known = Find(in_.keyword, flag.name);
      if (!known) {
        FailAt("the flag is not known here", flag.text);
        continue;
      }
      for (size_t j = 0; j < i && known->type != FlagType::kList; ++j) {
        if (in_.flags[j].name == flag.name) {
          FailAt("the flag is given twice", flag.text);
          break;
        }
      }
      const std::string value = ToLowerAscii(flag.value.text());
      if (known->type != FlagType::kBool && !flag.has_value) {
        FailAt("the flag lacks its value", flag.text);
      } else if (known->type == FlagType::kBool && flag.has_value && value != "true" &&
                 value != "false") {
        FailAt("the flag takes true or false", flag.text);
      } else if (flag.name == "mount" && in_.keyword == DockerKeyword::kRun) {
        ParseDockerMount(flag, escape_, ReferenceLookup(HoleOrigin::kBuildArg), errors_);
      } else {
        CheckFlagValue(flag);
      }
    }
  }

  void CheckFlagValue(const DockerFlag& flag) {
    const std::string_view value = flag.value.text();
    if (flag.name == "network" && value != "default" && value != "none" && value != "host") {
      FailAt("--network is default, none or host", flag.text);
    } else if (flag.name == "security" && value != "sandbox" && value != "insecure") {
      FailAt("--security is sandbox or insecure", flag.text);
    } else if (flag.name == "from") {
      const auto unset = [](std::string_view, Span) { return std::optional<Value>(); };
      const Result<Value> from = ExpandDockerWord(flag.value, {.escape = escape_}, unset);
      if (!from || from->text() != value) FailAt("--from takes no variables", flag.text);
    } else if (flag.name == "chown" || flag.name == "chmod" || flag.name == "checksum" ||
               flag.name == "platform") {
      const std::optional<Value> filled = Expand(flag.value);
      if (flag.name == "chmod" && filled && filled->is_literal() && !value.empty() &&
          !IsCopyMode(filled->text())) {
        FailAt("--chmod is an octal number up to 07777, or letters as of chmod", flag.text);
      }
    }
  }

  // With variables as holes. What BuildKit cannot expand is an error.
  std::optional<Value> Expand(const MappedText& word) {
    Result<Value> value =
        ExpandDockerWord(word, {.escape = escape_}, ReferenceLookup(HoleOrigin::kBuildArg));
    if (value) return *std::move(value);
    errors_.push_back({value.error().message, value.error().span.value_or(word.ToSource())});
    return std::nullopt;
  }

  // Where variables are filled in (dockerfile.md 1.6). Of an ONBUILD's instruction they are, too,
  // once it runs.
  void CheckWords() {
    const size_t count = in_.arguments.size();
    switch (in_.keyword) {
      case DockerKeyword::kAdd:
      case DockerKeyword::kCopy:
        for (size_t i = 0; i < count; ++i) CheckPath(in_.arguments[i], i + 1 == count);
        for (const DockerHeredoc& heredoc : in_.heredocs) CheckHeredoc(heredoc);
        return;
      case DockerKeyword::kFrom:
        if (count > 0) Expand(in_.arguments[0]);
        return;
      case DockerKeyword::kExpose:
      case DockerKeyword::kStopsignal:
      case DockerKeyword::kUser:
      case DockerKeyword::kVolume:
      case DockerKeyword::kWorkdir:
        for (const MappedText& argument : in_.arguments) Expand(argument);
        return;
      case DockerKeyword::kEnv:
      case DockerKeyword::kLabel:
      case DockerKeyword::kArg:
        for (const DockerPair& pair : in_.pairs) {
          if (in_.keyword != DockerKeyword::kArg) Expand(pair.name);
          if (pair.has_value) Expand(pair.value);
        }
        return;
      default:
        return;
    }
  }

  void CheckPath(const MappedText& argument, bool destination) {
    const std::optional<Value> path = Expand(argument);
    if (!path || destination || in_.keyword == DockerKeyword::kAdd) return;
    if (IsRemote(path->text())) FailAt("COPY takes no URL: ADD does", argument);
  }

  // The escape character is always a backslash there, and quotes mean nothing.
  void CheckHeredoc(const DockerHeredoc& heredoc) {
    if (!heredoc.expand) return;
    const MappedText body = heredoc.Body();
    const Result<Value> value = ExpandDockerWord(body, {.escape = '\\', .skip_quotes = true},
                                                 ReferenceLookup(HoleOrigin::kBuildArg));
    if (value) return;
    errors_.push_back({value.error().message, value.error().span.value_or(body.ToSource())});
  }

  void CheckArguments() {
    const size_t count = in_.arguments.size();
    switch (in_.keyword) {
      case DockerKeyword::kFrom:
        return CheckFrom();
      case DockerKeyword::kAdd:
      case DockerKeyword::kCopy:
        return CheckCopy();
      case DockerKeyword::kWorkdir:
      case DockerKeyword::kUser:
      case DockerKeyword::kStopsignal:
      case DockerKeyword::kMaintainer:
        if (count != 1) Fail("the instruction takes one argument");
        return;
      case DockerKeyword::kEnv:
      case DockerKeyword::kLabel:
      case DockerKeyword::kArg:
        return CheckPairs();
      case DockerKeyword::kExpose:
      case DockerKeyword::kVolume:
        if (count == 0) Fail("the instruction takes an argument");
        return;
      case DockerKeyword::kShell:
        if (count == 0 || !in_.exec_form) Fail("SHELL takes a JSON array of strings");
        return;
      case DockerKeyword::kHealthcheck:
        return CheckHealthcheck();
      case DockerKeyword::kOnbuild:
        return CheckTrigger();
      default:
        return;
    }
  }

  void CheckFrom() {
    const auto& args = in_.arguments;
    if (args.size() == 3 && ToLowerAscii(args[1].text()) == "as") {
      if (!IsStageName(args[2].text())) FailAt("a stage's name is malformed", args[2]);
    } else if (args.size() != 1) {
      Fail("FROM takes an image, or an image, AS and a name");
    }
  }

  void CheckCopy() {
    if (in_.arguments.size() < 2) return Fail("the instruction takes a source and a destination");
    const Result<std::optional<DockerHeredoc>> heredoc = ParseDockerHeredoc(in_.arguments.back());
    if (heredoc && *heredoc) FailAt("a heredoc cannot be the destination", in_.arguments.back());
  }

  void CheckPairs() {
    if (in_.pairs.empty()) return Fail("the instruction takes a name");
    for (const DockerPair& pair : in_.pairs) {
      if (pair.name.empty()) FailAt("a name is missing before '='", pair.text);
    }
  }

  void CheckHealthcheck() {
    const auto& args = in_.arguments;
    if (args.empty()) return Fail("HEALTHCHECK takes CMD or NONE");
    const std::string type = ToLowerAscii(args[0].text());
    if (type == "none") {
      if (args.size() > 1) Fail("HEALTHCHECK NONE takes no arguments");
    } else if (type != "cmd") {
      FailAt("HEALTHCHECK takes CMD or NONE", args[0]);
    } else if (args.size() < 2) {
      Fail("HEALTHCHECK CMD lacks its command");
    }
  }

  void CheckTrigger() {
    if (in_.trigger.empty()) return Fail("ONBUILD takes an instruction");
    const DockerInstruction& trigger = in_.trigger.front();
    switch (trigger.keyword) {
      case DockerKeyword::kOnbuild:
      case DockerKeyword::kFrom:
      case DockerKeyword::kMaintainer:
        return Fail("ONBUILD cannot hold this instruction");
      default:
        return Checker(trigger, escape_, errors_).Run();
    }
  }

  const DockerInstruction& in_;
  const char escape_;
  std::vector<DockerError>& errors_;
};

}  // namespace

void CheckDockerInstruction(const DockerInstruction& instruction, char escape,
                            std::vector<DockerError>& errors) {
  Checker(instruction, escape, errors).Run();
}

}  // namespace oakum
