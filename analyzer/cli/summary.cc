#include "analyzer/cli/summary.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/engine/shown.h"
#include "analyzer/output/plain.h"

namespace oakum {

namespace {

struct ReasonText {
  Skipped::Reason reason;
  std::string_view counted;  // "node_modules (2)"
  std::string_view named;    // "Skipped: ..."
};

constexpr ReasonText kReasons[] = {
    {Skipped::Reason::kNodeModules, "node_modules",
     "packages of npm (--no-default-excludes reads them)"},
    {Skipped::Reason::kVirtualEnvironment, "virtual environments",
     "a virtual environment (--no-default-excludes reads it)"},
    {Skipped::Reason::kRepository, "inner repositories",
     "a repository inside this one (--no-default-excludes reads it)"},
    {Skipped::Reason::kExcluded, "excluded", "excluded by --exclude"},
    {Skipped::Reason::kBinary, "binary files", "not text: it holds NUL bytes"},
    {Skipped::Reason::kLink, "links",
     "a link to a folder, to nothing, or to a file that is read already"},
};

std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string Counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", Grouped(count), noun, count == 1 ? "" : "s");
}

std::string Line(Notification::Level level, const std::string& path, std::string_view message) {
  constexpr std::string_view kLevels[] = {"note", "warning", "error"};
  return fmt::format("{}: {}{}{}\n", kLevels[static_cast<int>(level)], Plain(ShownPath(path)),
                     path.empty() ? "" : ": ", Plain(message));
}

std::string Findings(const ScanReport& report) {
  std::string text = Counted(report.findings.size(), "finding");
  std::string_view separator = ": ";
  for (Severity severity : {Severity::kError, Severity::kWarning, Severity::kNote}) {
    const auto count = std::count_if(report.findings.begin(), report.findings.end(),
                                     [&](const Finding& f) { return f.severity == severity; });
    if (count == 0) continue;
    text += separator;
    text += Counted(static_cast<uint64_t>(count), SeverityName(severity));
    separator = ", ";
  }
  return text;
}

std::string SkippedCounts(std::span<const Skipped> skipped) {
  std::string text;
  for (const ReasonText& reason : kReasons) {
    const auto count = std::count_if(skipped.begin(), skipped.end(),
                                     [&](const Skipped& s) { return s.reason == reason.reason; });
    if (count == 0) continue;
    text += fmt::format("{}{} ({})", text.empty() ? "; skipped: " : ", ", reason.counted, count);
  }
  return text;
}

}  // namespace

std::string Summarize(const ScanReport& report, std::span<const Skipped> skipped,
                      const SummaryOptions& options) {
  std::string text;
  for (const Notification& notification : report.notifications) {
    if (options.quiet && notification.level == Notification::Level::kNote) continue;
    text += Line(notification.level, notification.path, notification.message);
  }
  if (options.verbose) {
    for (const Skipped& item : skipped) {
      const auto* reason = std::find_if(std::begin(kReasons), std::end(kReasons),
                                        [&](const auto& r) { return r.reason == item.reason; });
      text +=
          Line(Notification::Level::kNote, item.path, fmt::format("Skipped: {}.", reason->named));
    }
  }
  if (report.files == 0) {
    text += "warning: nothing was scanned: no file was read" + SkippedCounts(skipped) + "\n";
  } else if (!options.quiet) {
    text += fmt::format("{}; read {}, {}{}\n", Findings(report), Counted(report.files, "file"),
                        Counted(report.bytes, "byte"), SkippedCounts(skipped));
  }
  return text;
}

}  // namespace oakum
