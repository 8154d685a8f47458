#include "analyzer/cli/run.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/line_index.h"
#include "analyzer/cli/dump.h"
#include "analyzer/cli/exit_status.h"
#include "analyzer/cli/help.h"
#include "analyzer/cli/load.h"
#include "analyzer/cli/options.h"
#include "analyzer/cli/rule_selection.h"
#include "analyzer/cli/scan_command.h"
#include "analyzer/syntax/dockerfile.h"
#include "rules/registry.h"

namespace oakum {

namespace {

struct Runner {
  const Console& console;

  int operator()(const PrintCommand& command) const {
    console.out(command.text);
    return kExitClean;
  }

  int operator()(const ScanCommand& command) const { return RunScan(command, console); }

  int operator()(const ExplainCommand& command) const {
    const Result<const Rule*> rule = RuleCalled(command.rule);
    if (!rule) return Fail(console, rule.error().message);
    console.out(PageOf(**rule));
    return kExitClean;
  }

  int operator()(const RulesCommand&) const {
    size_t width = 0;
    for (const Rule* rule : AllRules()) width = std::max(width, rule->name.size());
    std::string list;
    for (const Rule* rule : AllRules()) {
      list += fmt::format("{}  {:<7}  {:<{}}  {}\n", rule->code, SeverityName(rule->severity),
                          rule->name, width, rule->summary);
    }
    console.out(list);
    return kExitClean;
  }

  int operator()(const DumpCommand& command) const {
    Result<std::string> text = command.file == "-"
                                   ? console.in(kMaxFileBytes)
                                   : console.files->Read(command.file, kMaxFileBytes);
    if (console.stop.stop_requested()) {
      console.err("interrupted: nothing is printed\n");
      return kExitInterrupted;
    }
    if (!text) return Fail(console, fmt::format("{}: {}", command.file, text.error().message));
    const Source source(command.file, std::move(*text));
    if (command.buildkit) return DumpAsBuildkit(source);
    console.out(DumpText(source, command.language));
    return kExitClean;
  }

  // Where BuildKit's parser would stop there is no tree to show.
  int DumpAsBuildkit(const Source& source) const {
    const Dockerfile dockerfile = ParseDockerfile(source.body());
    for (const DockerError& error : dockerfile.errors) {
      if (!error.stops_parser) continue;
      const LineIndex lines(source.text());
      return Fail(console, fmt::format("{}:{}: {}", source.path(),
                                       lines.LineOf(error.span.begin) + 1, error.message));
    }
    console.out(DumpBuildkit(dockerfile));
    return kExitClean;
  }
};

}  // namespace

int Run(const std::vector<std::string>& arguments, const Console& console) {
  if (arguments.empty()) {
    console.err(HelpFor(""));
    return kExitError;
  }
  const Result<Invocation> command = ParseCommandLine(arguments);
  if (!command) {
    Fail(console, command.error().message);
    const bool known = HelpFor(arguments.front()) != HelpFor("");
    console.err(fmt::format("Run 'oakum {}--help' to see what there is.\n",
                            known ? arguments.front() + " " : ""));
    return kExitError;
  }
  return std::visit(Runner{console}, *command);
}

}  // namespace oakum
