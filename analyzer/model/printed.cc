#include "analyzer/model/printed.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace oakum {

namespace {

template <size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Programs that print the files they are given, or what they read.
constexpr auto kShowing = std::to_array<std::string_view>(
    {"base64",  "bat",  "cat",  "cut", "fold",    "grep",  "head", "hexdump", "jq",
     "less",    "more", "nl",   "od",  "openssl", "paste", "rev",  "sed",     "sort",
     "strings", "tac",  "tail", "tee", "tr",      "uniq",  "xxd",  "yq"});
constexpr auto kEncoding =
    std::to_array<std::string_view>({"base64", "fold", "hexdump", "od", "openssl", "rev", "xxd"});

std::string_view WordOf(const Command& command, size_t i) {
  return i < command.argv.size() && command.argv[i].is_literal() ? command.argv[i].text()
                                                                 : std::string_view();
}

bool HasWord(const Command& command, std::initializer_list<std::string_view> words) {
  return std::any_of(command.argv.begin(), command.argv.end(), [words](const Value& word) {
    return std::find(words.begin(), words.end(), word.text()) != words.end();
  });
}

// Whether standard output goes to a file.
bool IsRedirected(const Command& command) {
  for (const Redirection& redirection : command.redirections) {
    const bool writes = redirection.kind == Redirection::Kind::kWrite ||
                        redirection.kind == Redirection::Kind::kAppend;
    if (!writes || redirection.fd == 2) continue;
    const std::string_view target = redirection.target.text();
    const bool shown = target == "/dev/stdout" || target == "/dev/stderr" || target == "/dev/tty" ||
                       target == "/proc/self/fd/1" || target == "/proc/self/fd/2";
    if (!shown) return true;
  }
  return false;
}

// Whether a group of short options has one of the letters: `-qF`, `-c1-4`.
bool HasLetter(const Command& command, std::string_view letters) {
  return std::any_of(command.argv.begin(), command.argv.end(), [letters](const Value& word) {
    const std::string_view text = word.text();
    const size_t end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                                       1),
                                text.size());
    return text.size() > 1 && text[0] == '-' && text[1] != '-' &&
           text.substr(1, end - 1).find_first_of(letters) != text.npos;
  });
}

// `s/password .*/password ***/`: what is replaced is what is not to be seen.
bool Masks(const Command& sed) {
  return std::any_of(sed.argv.begin(), sed.argv.end(), [](const Value& word) {
    constexpr std::string_view kMasks[] = {"***",      "xxx",      "XXX",      "REDACTED",
                                           "redacted", "hidden",   "HIDDEN",   "masked",
                                           "MASKED",   "<secret>", "<hidden>", "=.*/"};
    return std::any_of(std::begin(kMasks), std::end(kMasks), [&word](std::string_view mask) {
      return word.text().find(mask) != std::string_view::npos;
    });
  });
}

bool Shows(const Command& filter) {
  const std::string_view program = filter.Program();
  if (!Contains(kShowing, program)) return false;
  if (program == "grep")
    return !HasLetter(filter, "qclL") && !HasWord(filter, {"--quiet", "--count"});
  // A digest, an encryption.
  if (program == "openssl") return HasWord(filter, {"base64"});
  if (program == "sed") return !HasWord(filter, {"-i", "-n"}) && !Masks(filter);
  // `cut -c1-4`, `head -c4`: a part of it may be what is meant to be seen.
  if (program == "cut") return CutShows(filter);
  if (program == "head") return HeadShows(filter);
  return true;
}

// Follows the output to a log; false if it ends elsewhere.
bool ReachesLog(const Command& command, const std::vector<Command>& all, Printed& printed) {
  const Command* at = &command;
  for (int depth = 0; depth < 8; ++depth) {
    if (at->captured) return false;
    if (at->stdout_to < 0) return !IsRedirected(*at);
    if (IsRedirected(*at)) return false;
    at = &all[static_cast<size_t>(at->stdout_to)];
    if (!Shows(*at)) return false;
    printed.encoded |= Contains(kEncoding, at->Program());
    if (at->Program() == "grep") {
      if (std::optional<GrepFilter> grep = GrepFilterOf(*at)) {
        printed.filters.push_back(*std::move(grep));
      }
    }
    printed.span = Span::Cover(printed.span, at->span);
  }
  return false;
}

std::vector<Value> Operands(const Command& command, size_t from) {
  std::vector<Value> words;
  for (size_t i = from; i < command.argv.size(); ++i) {
    if (!command.argv[i].text().starts_with('-')) words.push_back(command.argv[i]);
  }
  return words;
}

// A secret store is asked for a secret.
bool AsksStore(const Command& command) {
  const std::string_view program = command.Program();
  const std::string_view first = WordOf(command, 1);
  const std::string_view second = WordOf(command, 2);
  if (program == "vault") return first == "read" || (first == "kv" && second == "get");
  if (program == "op") return first == "read";
  if (program == "pass") return first == "show";
  if (program == "gh") return first == "auth" && second == "token";
  if (program == "aws") {
    return (first == "secretsmanager" && second == "get-secret-value") ||
           (first == "ecr" && second == "get-login-password") ||
           (first == "ssm" && HasWord(command, {"--with-decryption"}));
  }
  if (program == "gcloud") {
    return (first == "secrets" && second == "versions" && HasWord(command, {"access"})) ||
           (first == "auth" && HasWord(command, {"print-access-token", "print-identity-token"}));
  }
  return program == "az" && first == "keyvault" && second == "secret" && HasWord(command, {"show"});
}

std::optional<Printed::What> WhatOf(const Command& command, std::vector<Value>& words) {
  using What = Printed::What;
  const std::string_view program = command.Program();
  const std::string_view first = WordOf(command, 1);
  if (program == "echo" || program == "printf") {
    words.assign(command.argv.begin() + 1, command.argv.end());
    return What::kText;
  }
  if (program == "printenv") {
    words = Operands(command, 1);
    return words.empty() ? What::kEnvironment : What::kVariables;
  }
  // With a program to start, it is a wrapper and not here.
  if (program == "env" && command.argv.size() == 1) return What::kEnvironment;
  if (program == "set" && command.argv.size() == 1) return What::kEnvironment;
  if (program == "export" && (command.argv.size() == 1 || first == "-p")) return What::kEnvironment;
  if (program == "pip" || program == "pip3") {
    const std::string_view second = WordOf(command, 2);
    const bool lists =
        second == "list" || second == "debug" ||
        (second == "get" && WordOf(command, 3).find("index-url") != std::string_view::npos);
    if (first == "config" && lists) return What::kPipConfig;
    return std::nullopt;
  }
  if (program == "curl" && HasWord(command, {"-v", "--verbose", "--trace-ascii", "-sv", "-fv",
                                             "-vL", "-fsSLv", "-svL"})) {
    words = command.argv;
    return What::kRequest;
  }
  if (AsksStore(command)) return What::kStore;
  if (!Contains(kShowing, program) || !Shows(command)) return std::nullopt;
  for (const Redirection& redirection : command.redirections) {
    if (redirection.kind == Redirection::Kind::kRead) {
      words.push_back(redirection.target);
    } else if (redirection.kind != Redirection::Kind::kWrite &&
               redirection.kind != Redirection::Kind::kAppend) {
      words.push_back(redirection.target);
      return What::kText;
    }
  }
  if (command.stdin_from >= 0) return std::nullopt;
  const bool pattern = program == "grep" || program == "sed" || program == "jq" ||
                       program == "yq" || program == "tr";
  // tee writes to its operands.
  if (program == "tee") return std::nullopt;
  std::vector<Value> operands = Operands(command, 1);
  if (pattern && !operands.empty()) operands.erase(operands.begin());
  words.insert(words.end(), operands.begin(), operands.end());
  return What::kFiles;
}

}  // namespace

std::optional<Printed> PrintedBy(const Command& command, const std::vector<Command>& all) {
  Printed printed;
  printed.span = command.span;
  const std::optional<Printed::What> what = WhatOf(command, printed.words);
  if (!what) return std::nullopt;
  printed.what = *what;
  printed.encoded = Contains(kEncoding, command.Program());
  if (!ReachesLog(command, all, printed)) return std::nullopt;
  return printed;
}

Trace TraceOf(const Command& command) {
  if (command.Program() != "set") return Trace::kOther;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const std::string_view word = command.argv[i].text();
    if (word.size() < 2) continue;
    const bool named = (word == "-o" || word == "+o") && WordOf(command, i + 1) == "xtrace";
    const bool letter = word.find('x') != word.npos && word[1] != '-';
    if (word[0] == '-' && (named || letter)) return Trace::kOn;
    if (word[0] == '+' && (named || letter)) return Trace::kOff;
  }
  return Trace::kOther;
}

}  // namespace oakum
