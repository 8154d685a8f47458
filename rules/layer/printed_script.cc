#include "rules/layer/printed_script.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyzer/model/credential_file.h"
#include "analyzer/model/printed.h"

namespace oakum {
namespace {

using What = Printed::What;

// `grep -c`, `grep -q`, `grep -lF`: how many lines, or which files.
bool Counts(std::string_view grep) {
  for (size_t at = grep.find(" -"); at != grep.npos; at = grep.find(" -", at + 1)) {
    const std::string_view option =
        grep.substr(at + 1, grep.find_first_of(" \t\n", at + 1) - at - 1);
    if (option == "--count" || option == "--quiet" || option == "--files-with-matches") return true;
    if (!option.starts_with("--") && option.find_first_of("cqlL") != option.npos) return true;
  }
  return false;
}

// Whether the last program of a pipeline says something about its input and nothing of it.
bool OnlyMeasures(std::string_view command) {
  const size_t bar = command.rfind('|');
  std::string_view last = bar == command.npos ? command : command.substr(bar + 1);
  last.remove_prefix(std::min(last.find_first_not_of(" \t\n"), last.size()));
  static constexpr std::string_view kPrograms[] = {"wc", "stat", "ls",        "du",     "test",
                                                   "[",  "file", "sha256sum", "md5sum", "cksum"};
  const std::string_view program = last.substr(0, last.find_first_of(" \t\n"));
  if (program == "grep") return Counts(last);
  return std::find(std::begin(kPrograms), std::end(kPrograms), program) != std::end(kPrograms);
}

// The text of a command in $(...) that prints a secret.
bool AsksForSecret(std::string_view command, const LogPlace& place) {
  if (OnlyMeasures(command)) return false;
  if (place.reads_secret && place.reads_secret(command)) return true;
  static constexpr std::string_view kSigns[] = {
      "/run/secrets/",           "vault kv get",        "vault read",
      "get-secret-value",        "gh auth token",       "op read",
      "secrets versions access", "keyvault secret show"};
  return std::any_of(std::begin(kSigns), std::end(kSigns), [command](std::string_view sign) {
    return command.find(sign) != command.npos;
  });
}

class Reader {
 public:
  Reader(const Rule& rule, const Document& document, const LogPlace& place, const Report& report)
      : rule_(rule), document_(document), place_(place), report_(report) {}

  void Run(const std::vector<uint32_t>& commands) {
    const std::vector<Command>& all = document_.facts().commands;
    const Command* trace = nullptr;
    for (const uint32_t index : commands) {
      const Command& command = all[index];
      if (const Trace traced = TraceOf(command); traced != Trace::kOther) {
        trace = traced == Trace::kOn ? &command : nullptr;
        assigned_ = trace ? SecretsSetAfter(*trace) : std::vector<const Setting*>();
        continue;
      }
      if (trace && (TracedAssignment(*trace, command) || Traced(*trace, command))) trace = nullptr;
      if (const std::optional<Printed> printed = PrintedBy(command, all)) Print(*printed);
    }
  }

 private:
  bool IsSecret(const Hole& hole) const {
    if (hole.origin == HoleOrigin::kCommand) return AsksForSecret(hole.name, place_);
    // A comparison prints true or false.
    if (hole.name.find_first_of("=!<>") != hole.name.npos) return false;
    if (hole.origin == HoleOrigin::kCiSecret) return true;
    const std::string_view name = hole.name;
    return hole.origin != HoleOrigin::kExpression &&
           place_.is_secret(name.starts_with("env.") ? name.substr(4) : name);
  }

  const Hole* SecretIn(const Value& word) const {
    for (const Value::PlacedHole& placed : word.holes()) {
      if (IsSecret(placed.hole)) return &placed.hole;
    }
    return nullptr;
  }

  const Hole* SecretIn(const std::vector<Value>& words) const {
    for (const Value& word : words) {
      if (const Hole* hole = SecretIn(word)) return hole;
    }
    return nullptr;
  }

  // `set -x` prints a command with its variables filled in.
  bool Traced(const Command& trace, const Command& command) {
    std::vector<Value> words = command.argv;
    for (const Assignment& assignment : command.environment) words.push_back(assignment.value);
    const Hole* hole = SecretIn(words);
    if (hole) Traced(trace, *hole, command.span);
    return hole != nullptr;
  }

  // Variables that a script sets to a secret while it is traced.
  std::vector<const Setting*> SecretsSetAfter(const Command& trace) const {
    std::vector<const Setting*> found;
    for (const Setting& setting : document_.facts().settings) {
      const bool after = setting.span.begin >= trace.span.end;
      if (setting.scope == SettingScope::kShell && after && SecretIn(setting.value)) {
        found.push_back(&setting);
      }
    }
    return found;
  }

  // An assignment before the command is printed like one.
  bool TracedAssignment(const Command& trace, const Command& command) {
    for (const Setting* setting : assigned_) {
      if (setting->span.begin > command.span.begin) continue;
      Traced(trace, *SecretIn(setting->value), setting->span);
      return true;
    }
    return false;
  }

  void Traced(const Command& trace, const Hole& hole, Span printed) {
    const bool answer = hole.origin == HoleOrigin::kCommand;
    Finding finding;
    finding.message = fmt::format(
        "`set -x` prints every command with its variables filled in, and {} is one of them: its "
        "value goes to {}.",
        answer ? "the secret that $(...) reads" : hole.name, place_.log);
    finding.steps = {{{&document_.source(), trace.span}, "the trace begins"},
                     {{&document_.source(), printed}, "this command is printed"}};
    finding.help = "end the trace before the command (`set +x`), or leave it out";
    Send(std::move(finding), trace.span, hole.name);
  }

  void Print(const Printed& printed) {
    switch (printed.what) {
      case What::kText:
      case What::kRequest:
        return Text(printed);
      case What::kFiles:
        return Files(printed);
      case What::kVariables:
        return Variables(printed);
      case What::kEnvironment:
        return Environment(printed);
      case What::kPipConfig:
        if (!place_.has_index) return;
        return Simple(printed,
                      "This prints pip's configuration to {}, index URLs with their credentials "
                      "included: pip hides them in its other output alone.",
                      "leave the command out, or ask for a key without a URL");
      case What::kStore:
        return Simple(printed, "The answer of a secret store is printed to {}.",
                      "take the answer into a variable or a file: NAME=\"$(...)\"");
    }
  }

  void Environment(const Printed& printed) {
    const auto& names = place_.environment;
    if (std::none_of(names.begin(), names.end(), [&printed](const std::string& name) {
          return Passes(printed.filters, name);
        })) {
      return;
    }
    Simple(printed, "The whole environment, a secret among it, is printed to {}.",
           "print the variables that are of interest by name");
  }

  void Simple(const Printed& printed, std::string_view message, std::string help) {
    Finding finding;
    finding.message = fmt::format(fmt::runtime(message), place_.log);
    finding.help = std::move(help);
    Send(std::move(finding), printed.span, "");
  }

  void Text(const Printed& printed) {
    // Tells the runner what to hide.
    if (!printed.words.empty() && printed.words[0].text().starts_with("::add-mask::")) return;
    const Hole* hole = SecretIn(printed.words);
    if (!hole) return;
    if (printed.what == What::kRequest) {
      return Simple(printed,
                    "curl prints the headers it sends to {} (-v), the credential among them.",
                    "leave out -v, or show what came back: -sS -o /dev/null -w '%{http_code}'");
    }
    Variable(printed, *hole);
  }

  void Variable(const Printed& printed, const Hole& hole) {
    Finding finding;
    const bool ci =
        hole.origin == HoleOrigin::kCiSecret ? place_.masks : place_.is_masked(hole.name);
    const bool masked = ci && !printed.encoded;
    if (masked) finding.severity = Severity::kNote;
    const bool named = hole.origin != HoleOrigin::kCommand;
    finding.message = fmt::format(
        "{} is printed to {}.{}", named ? hole.name : std::string("A mounted secret"), place_.log,
        masked ? " The runner hides a text that is exactly the secret; a part, a line of "
                 "it or another encoding is shown."
        : printed.encoded ? " Encoded like this, no masking knows it again."
                          : " Who can read the log has the secret.");
    finding.help = "leave the value out; its length (`${#NAME}`) says whether it is there";
    Send(std::move(finding), printed.span, hole.name);
  }

  void Variables(const Printed& printed) {
    for (const Value& word : printed.words) {
      if (!word.is_literal() || !place_.is_secret(word.text())) continue;
      Hole hole;
      hole.name = word.text();
      return Variable(printed, hole);
    }
  }

  void Files(const Printed& printed) {
    for (const Value& word : printed.words) {
      if (!place_.holds_secret(word)) continue;
      Finding finding;
      finding.message = fmt::format(
          "{} holds a credential and is printed to {}. Who can read the "
          "log has the credential.",
          word.Describe(), place_.log);
      finding.help = "leave the command out; `test -s FILE` says whether the file is there";
      return Send(std::move(finding), printed.span, word.Describe());
    }
  }

  void Send(Finding finding, Span span, std::string_view what) {
    finding.rule = &rule_;
    if (finding.severity != Severity::kNote) finding.severity = rule_.severity;
    finding.where = {&document_.source(), span};
    finding.anchor = fmt::format("printed {}", what);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const LogPlace& place_;
  const Report& report_;
  std::vector<const Setting*> assigned_;  // variables of scripts that are set to a secret
};

}  // namespace

bool IsCredentialFile(const Value& word) {
  const std::optional<CredentialFile> file = CredentialFileAt(word.Describe());
  return file && file->certain;
}

bool HasIndexCredential(const Facts& facts, const std::function<bool(Span)>& counts) {
  return std::any_of(facts.uris.begin(), facts.uris.end(), [&](const UriUse& use) {
    return use.role == UriRole::kIndex && !use.setting.starts_with('-') && counts(use.span) &&
           !CredentialsIn(use.uri).empty();
  });
}

void ReportPrinted(const Rule& rule, const Document& document,
                   const std::vector<uint32_t>& commands, const LogPlace& place,
                   const Report& report) {
  Reader(rule, document, place, report).Run(commands);
}

}  // namespace oakum
