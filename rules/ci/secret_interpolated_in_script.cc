// OAK604: ${{ secrets.X }} inside a script.

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/reported_secrets.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/build_request.h"
#include "analyzer/model/command.h"
#include "analyzer/model/path_variable.h"

namespace oakum {
namespace {

// The word of a command line that holds the expression, or the expression alone.
Span WordAround(const Document& document, Span expression) {
  for (const Command& command : document.facts().commands) {
    if (!command.span.Contains(expression)) continue;
    for (const Value& word : command.argv) {
      const Span span = word.ToSource();
      if (span.Contains(expression)) return span;
    }
  }
  return expression;
}

// Whether the expression is handed to an image build, or printed by a command that another rule
// reports: who mends that has no expression left.
bool IsSpokenFor(const Document& document, const ReportedSecrets& reported, Span expression) {
  for (const Command& command : document.facts().commands) {
    if (!command.span.Contains(expression)) continue;
    const bool prints = command.redirections.empty() && command.stdout_to < 0;
    if (prints && reported.HasPlaceAt(command.span)) return true;
    const std::optional<BuildRequest> request = BuildRequestOf(command);
    if (!request) continue;
    for (const BuildArgument& argument : request->arguments) {
      if (argument.span.Contains(expression)) return true;
    }
  }
  return false;
}

// TOKEN of secrets.TOKEN, made into a variable's name.
std::string VariableFor(std::string_view secret) {
  std::string name;
  for (const char c : secret.substr(secret.rfind('.') + 1)) {
    const bool lower = c >= 'a' && c <= 'z';
    name += lower ? static_cast<char>(c - 'a' + 'A') : c == '-' || c == '*' ? '_' : c;
  }
  return name == "TOKEN" && secret.starts_with("github.") ? "GITHUB_TOKEN" : name;
}

void Check(const Rule& rule, const Document& document, const ReportedSecrets& reported,
           const Report& report) {
  for (const ScriptSecret& secret : document.facts().script_secrets) {
    // Whoever leaks the secret on this command line has to change the word anyway.
    if (reported.HasPlaceWithin(WordAround(document, secret.span)) ||
        IsSpokenFor(document, reported, secret.span)) {
      continue;
    }
    Finding finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    finding.where = {&document.source(), secret.span};
    const std::string which = secret.name == secret.source
                                  ? secret.name
                                  : fmt::format("{}, which is {},", secret.name, secret.source);
    finding.message = fmt::format(
        "The runner pastes the text of {} into the script before an interpreter reads it. The "
        "secret then stands in the script file on the runner and in the arguments of the commands "
        "it calls, and a quote, dollar sign or line break in it changes what the script does.",
        which);
    std::string variable = VariableFor(secret.source);
    const std::string whole = secret.source == "secrets" ? "toJSON(secrets)" : secret.source;
    if (IsPathVariable(variable)) variable += "_CONTENT";
    finding.help = fmt::format(
        "set `{}: ${{{{ {} }}}}` under the step's `env:` and write \"${}\" in the script", variable,
        whole, variable);
    finding.anchor = fmt::format("script/{}", secret.name);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kSecretInterpolatedInScript = {
    .code = "OAK604",
    .name = "secret-interpolated-in-script",
    .severity = Severity::kWarning,
    .summary = "A CI secret is pasted into a script before its shell reads it.",
    .check_fallback = Check,
};

}  // namespace oakum
