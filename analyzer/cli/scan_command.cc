#include "analyzer/cli/scan_command.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/cli/discovery.h"
#include "analyzer/cli/exit_status.h"
#include "analyzer/cli/load.h"
#include "analyzer/cli/rule_selection.h"
#include "analyzer/cli/summary.h"
#include "analyzer/cli/version.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/engine/fingerprint.h"
#include "analyzer/engine/scan.h"
#include "analyzer/output/concise.h"
#include "analyzer/output/context.h"
#include "analyzer/output/github.h"
#include "analyzer/output/json.h"
#include "analyzer/output/sarif.h"
#include "analyzer/output/text.h"
#include "rules/registry.h"

namespace oakum {

namespace {

// Where the working directory is in its repository: "services/train/" or "".
std::string PathBelowRepository(const FileSystem& files) {
  const Result<std::string> here = files.Canonical(".");
  if (!here) return "";
  for (std::string_view folder = *here; !folder.empty(); folder = ParentPath(folder)) {
    if (files.Stat(JoinPath(folder, ".git"))) {
      const std::string_view below = std::string_view(*here).substr(folder.size());
      return below.empty() ? "" : fmt::format("{}/", below.substr(1));
    }
    if (folder == "/") break;
  }
  return "";
}

std::string Render(const ScanCommand& command, const Console& console,
                   const std::vector<const Rule*>& rules, const ScanReport& report) {
  if (command.format == Format::kText) {
    const bool automatic = console.color && command.output.empty();
    const bool color =
        command.color == Color::kAlways || (command.color == Color::kAuto && automatic);
    return FormatText(report, {.color = color, .jobs = command.jobs});
  }
  if (command.format == Format::kConcise) return FormatConcise(report);
  std::vector<RuleInfo> infos;
  infos.reserve(rules.size());
  for (const Rule* rule : rules) infos.push_back({rule, PageOf(*rule)});
  const ReportContext context = {kVersion,
                                 kHomepage,
                                 infos,
                                 PathBelowRepository(*console.files),
                                 console.files->Canonical(".").value_or("/"),
                                 kDefaultFingerprintKey};
  switch (command.format) {
    case Format::kSarif:
      return FormatSarif(report, context);
    case Format::kGithub:
      return FormatGithub(report, context);
    default:
      return FormatJson(report, context);
  }
}

// What there is to read, and what was passed over.
struct Inputs {
  Loaded loaded;
  std::vector<Skipped> skipped;
  std::vector<std::string> files;  // all that were found
};

// Discovers and loads. Returns whether every path that was named could be read.
bool ReadInputs(const ScanCommand& command, const Console& console, Inputs& inputs) {
  auto& [loaded, skipped, files] = inputs;
  std::vector<std::string> paths = command.paths;
  const bool use_stdin = std::erase(paths, "-") > 0;
  Discovery found;  // outlives the loader
  Loader loader(*console.files, command.jobs, console.stop);
  Discover(*console.files, paths,
           {.exclude = command.exclude,
            .force_exclude = command.force_exclude,
            .default_excludes = command.default_excludes,
            .stop = console.stop,
            .on_file = [&](const InputFile& file) { loader.Add(file); }},
           found);
  loaded = loader.Finish(found.files);
  std::move(found.notifications.begin(), found.notifications.end(),
            std::back_inserter(loaded.notifications));
  skipped = std::move(found.skipped);
  files.reserve(found.files.size());
  for (InputFile* file : found.files) files.push_back(std::move(file->path));
  for (std::string& path : loaded.binary) {
    skipped.push_back({Skipped::Reason::kBinary, std::move(path)});
  }
  bool complete = !found.failed && !loaded.failed;
  if (use_stdin) {
    const std::string name = command.stdin_filename.empty() ? "<stdin>" : command.stdin_filename;
    Result<std::string> text = console.in(kMaxFileBytes);
    if (text) {
      if (LanguageOf(name, *text) == Language::kUnknown) {
        loaded.notifications.push_back(
            {Notification::Level::kWarning,
             name,
             "Read as text of no known language; --stdin-filename NAME says what it is.",
             {}});
      }
      LoadText(name, std::move(*text), loaded);
    } else {
      loaded.notifications.push_back({Notification::Level::kError,
                                      name,
                                      fmt::format("Not read: {}.", text.error().message),
                                      {}});
      complete = false;
    }
  }
  return complete;
}

void Conclude(ScanReport& report, Loaded& loaded) {
  report.files = loaded.files;
  report.bytes = loaded.bytes;
  std::move(loaded.notifications.begin(), loaded.notifications.end(),
            std::back_inserter(report.notifications));
  std::stable_sort(report.notifications.begin(), report.notifications.end(),
                   [](const auto& a, const auto& b) { return a.path < b.path; });
}

bool Fails(const ScanReport& report, std::optional<Severity> fail_on) {
  return fail_on && std::any_of(report.findings.begin(), report.findings.end(),
                                [&](const Finding& f) { return f.severity >= *fail_on; });
}

}  // namespace

int RunScan(const ScanCommand& command, const Console& console) {
  const auto rules = SelectRules(command.select, command.ignore);
  if (!rules) return Fail(console, rules.error().message);

  Inputs inputs;
  const bool complete = ReadInputs(command, console, inputs);
  const auto kept = std::make_shared<ScanReport>(Scan(
      std::move(inputs.loaded.documents), *rules,
      {command.jobs, console.stop, std::move(inputs.files), std::move(inputs.loaded.modules)}));
  if (console.keep) console.keep(kept);
  ScanReport& report = *kept;
  if (report.cancelled || console.stop.stop_requested()) {
    console.err(kInterrupted);
    return kExitInterrupted;
  }
  Conclude(report, inputs.loaded);

  const std::string text = Render(command, console, *rules, report);
  if (command.output.empty()) {
    console.out(text);
  } else if (const auto error = WriteFileAtomically(command.output, text)) {
    return Fail(console, fmt::format("{}: {}", command.output, error->message));
  }
  const std::string summary = Summarize(report, inputs.skipped, {command.quiet, command.verbose});
  const bool apart = command.format == Format::kText && command.output.empty() && !text.empty();
  if (!summary.empty()) console.err((apart ? "\n" : "") + summary);
  if (!complete) return kExitError;
  return Fails(report, command.fail_on) ? kExitFindings : kExitClean;
}

}  // namespace oakum
