#include "analyzer/cli/scan_command.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/cli/discovery.h"
#include "analyzer/cli/exit_status.h"
#include "analyzer/cli/load.h"
#include "analyzer/cli/rule_selection.h"
#include "analyzer/cli/version.h"
#include "analyzer/engine/scan.h"
#include "analyzer/output/concise.h"
#include "analyzer/output/plain.h"
#include "analyzer/output/text.h"

namespace oakum {

namespace {

std::string Render(const ScanCommand& command, const Console& console, const ScanReport& report) {
  switch (command.format) {
    case Format::kConcise:
      return FormatConcise(report);
    default:
      break;
  }
  const bool color = command.color == Color::kAlways ||
                     (command.color == Color::kAuto && console.color && command.output.empty());
  return FormatText(report, {.color = color});
}

std::string Plural(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// "3 findings: 1 error, 2 notes; read 12 files, 3456 bytes"
std::string Summary(const ScanReport& report) {
  std::string by_severity;
  for (Severity severity : {Severity::kError, Severity::kWarning, Severity::kNote}) {
    const auto count = std::count_if(report.findings.begin(), report.findings.end(),
                                     [&](const Finding& f) { return f.severity == severity; });
    if (count == 0) continue;
    by_severity += by_severity.empty() ? ": " : ", ";
    by_severity += Plural(static_cast<uint64_t>(count), SeverityName(severity));
  }
  return fmt::format("{}{}; read {}, {}", Plural(report.findings.size(), "finding"), by_severity,
                     Plural(report.files, "file"), Plural(report.bytes, "byte"));
}

void Say(const Console& console, std::string_view line) {
  console.err(fmt::format("{}\n", line));
}

void SayNotification(const Console& console, const Notification& notification) {
  constexpr std::string_view kLevels[] = {"note", "warning", "error"};
  Say(console, fmt::format("{}: {}{}{}", kLevels[static_cast<int>(notification.level)],
                           Plain(notification.path), notification.path.empty() ? "" : ": ",
                           Plain(notification.message)));
}

bool Fails(const ScanReport& report, std::optional<Severity> fail_on) {
  return fail_on && std::any_of(report.findings.begin(), report.findings.end(),
                                [&](const Finding& f) { return f.severity >= *fail_on; });
}

}  // namespace

int RunScan(const ScanCommand& command, const Console& console) {
  const auto rules = SelectRules(command.select, command.ignore);
  if (!rules) {
    Say(console, "error: " + rules.error().message);
    return kExitError;
  }
  std::vector<std::string> paths = command.paths;
  const bool use_stdin = std::erase(paths, "-") > 0;
  const DiscoveryOptions discovery = {command.exclude, command.force_exclude,
                                      command.default_excludes, true, console.stop};
  Discovery found = Discover(*console.files, paths, discovery);
  Loaded loaded = Load(*console.files, found.files, command.jobs, console.stop);
  bool failed = found.failed;
  if (use_stdin) {
    Result<std::string> text = console.in(kMaxFileBytes);
    if (text) {
      LoadText(command.stdin_filename.empty() ? "<stdin>" : command.stdin_filename,
               std::move(*text), loaded);
    } else {
      Say(console, "error: standard input: " + text.error().message);
      failed = true;
    }
  }
  ScanReport report = Scan(std::move(loaded.documents), *rules, {command.jobs, console.stop});
  if (report.cancelled || console.stop.stop_requested()) {
    Say(console, "interrupted");
    return kExitInterrupted;
  }
  report.files = loaded.files;
  report.bytes = loaded.bytes;
  std::vector<Notification>& notes = report.notifications;
  notes.insert(notes.end(), loaded.notifications.begin(), loaded.notifications.end());
  notes.insert(notes.end(), found.notifications.begin(), found.notifications.end());
  std::stable_sort(notes.begin(), notes.end(),
                   [](const auto& a, const auto& b) { return a.path < b.path; });
  for (const Notification& note : notes) SayNotification(console, note);
  console.out(Render(command, console, report));
  if (!command.quiet) Say(console, Summary(report));
  if (failed) return kExitError;
  return Fails(report, command.fail_on) ? kExitFindings : kExitClean;
}

}  // namespace oakum
