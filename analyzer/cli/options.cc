#include "analyzer/cli/options.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analyzer/base/edit_distance.h"
#include "analyzer/base/thread_pool.h"
#include "analyzer/cli/dump.h"
#include "analyzer/cli/help.h"
#include "analyzer/cli/version.h"

namespace oakum {

namespace {

template <typename T>
using Choice = std::pair<std::string_view, T>;

constexpr Choice<Format> kFormats[] = {{"text", Format::kText},
                                       {"concise", Format::kConcise},
                                       {"json", Format::kJson},
                                       {"sarif", Format::kSarif},
                                       {"github", Format::kGithub}};
constexpr Choice<Color> kColors[] = {
    {"auto", Color::kAuto}, {"always", Color::kAlways}, {"never", Color::kNever}};
constexpr Choice<std::optional<Severity>> kSeverities[] = {{"error", Severity::kError},
                                                           {"warning", Severity::kWarning},
                                                           {"note", Severity::kNote},
                                                           {"never", std::nullopt}};
constexpr Choice<bool> kDumpFormats[] = {{"json", false}, {"buildkit", true}};
constexpr std::string_view kCommands[] = {"scan", "explain", "rules", "dump"};

std::string Suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view nearest = Nearest(word, candidates);
  return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
}

// What the raw words of the command line came to, before they are judged one by one.
struct Words {
  std::string format = "text";
  std::string color = "auto";
  std::string fail_on = "warning";
  std::string dump_format = "json";
  std::string language;
  unsigned jobs = 0;
};

template <typename T, size_t N>
Result<T> Choose(std::string_view option, std::string_view word, const Choice<T> (&choices)[N]) {
  std::array<std::string_view, N> names;
  for (size_t i = 0; i < N; ++i) {
    if (choices[i].first == word) return choices[i].second;
    names[i] = choices[i].first;
  }
  const std::string suggestion = Suggestion(word, names);
  return Failure(fmt::format(
      "{} has no '{}'{}", option, word,
      suggestion.empty() ? fmt::format("; it is one of {}", fmt::join(names, ", ")) : suggestion));
}

void DefineList(CLI::App& app, const std::string& name, std::vector<std::string>& list,
                char delimiter) {
  CLI::Option* option = app.add_option(name, list)->allow_extra_args(false);
  if (delimiter != '\0') option->delimiter(delimiter);
}

void DefineScan(CLI::App& app, ScanCommand& scan, Words& words) {
  app.add_option("paths", scan.paths);
  app.add_option("--format", words.format);
  app.add_option("--output", scan.output);
  DefineList(app, "--select", scan.select, ',');
  DefineList(app, "--ignore", scan.ignore, ',');
  app.add_option("--fail-on", words.fail_on);
  app.add_option("--jobs", words.jobs)->check(CLI::Range(1u, 1024u));
  app.add_option("--color", words.color);
  app.add_flag("-q,--quiet", scan.quiet);
  app.add_flag("-v,--verbose", scan.verbose);
  app.add_option("--stdin-filename", scan.stdin_filename);
  DefineList(app, "--exclude", scan.exclude, '\0');
  app.add_flag("--force-exclude", scan.force_exclude);
  app.add_flag("!--no-default-excludes", scan.default_excludes);
}

// The first word that no option and no argument took, said in a way that helps.
Result<Invocation> UnexpectedWord(const CLI::App& app, const CLI::App* command,
                                  std::string_view word) {
  if (command == nullptr && !word.starts_with('-')) {
    return Failure(fmt::format("there is no command '{}'{}", word, Suggestion(word, kCommands)));
  }
  if (!word.starts_with('-')) return Failure(fmt::format("unexpected argument '{}'", word));
  std::vector<std::string> names;
  for (const CLI::Option* option : (command ? *command : app).get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view flag = word.substr(0, word.find('='));
  return Failure(fmt::format("there is no option '{}'{}", flag, Suggestion(flag, candidates)));
}

Result<Invocation> FinishScan(ScanCommand scan, const Words& words) {
  const Result<Format> format = Choose("--format", words.format, kFormats);
  if (!format) return tl::unexpected(format.error());
  const Result<Color> color = Choose("--color", words.color, kColors);
  if (!color) return tl::unexpected(color.error());
  const auto fail_on = Choose("--fail-on", words.fail_on, kSeverities);
  if (!fail_on) return tl::unexpected(fail_on.error());
  scan.format = *format;
  scan.color = *color;
  scan.fail_on = *fail_on;
  scan.jobs = words.jobs == 0 ? DefaultJobs() : words.jobs;
  if (scan.paths.empty()) scan.paths.push_back(".");
  return scan;
}

Result<Invocation> FinishDump(DumpCommand dump, const Words& words) {
  const Result<bool> format = Choose("--format", words.dump_format, kDumpFormats);
  if (!format) return tl::unexpected(format.error());
  dump.buildkit = *format;
  dump.language = LanguageNamed(words.language);
  if (dump.language == Language::kUnknown) {
    const std::vector<std::string_view> names = DumpLanguages();
    const std::string suggestion = Suggestion(words.language, names);
    return Failure(fmt::format("there is no language '{}'{}", words.language,
                               suggestion.empty()
                                   ? fmt::format("; it is one of {}", fmt::join(names, ", "))
                                   : suggestion));
  }
  if (dump.buildkit && dump.language != Language::kDockerfile) {
    return Failure("only Dockerfiles have the format buildkit");
  }
  return dump;
}

}  // namespace

Result<Invocation> ParseCommandLine(std::vector<std::string> arguments) {
  CLI::App app("oakum", "oakum");
  Words words;
  ScanCommand scan;
  ExplainCommand explain;
  DumpCommand dump;
  bool version = false;
  app.allow_extras();
  app.add_flag("-V,--version", version);
  CLI::App* scan_app = app.add_subcommand("scan")->allow_extras();
  DefineScan(*scan_app, scan, words);
  CLI::App* explain_app = app.add_subcommand("explain")->allow_extras();
  explain_app->add_option("RULE", explain.rule)->required();
  CLI::App* rules_app = app.add_subcommand("rules")->allow_extras();
  CLI::App* dump_app = app.add_subcommand("dump")->allow_extras();
  dump_app->add_option("LANGUAGE", words.language)->required();
  dump_app->add_option("FILE", dump.file)->required();
  dump_app->add_option("--format", words.dump_format);
  const auto chosen = [&]() -> const CLI::App* {
    const std::vector<CLI::App*> commands = app.get_subcommands();
    return commands.empty() ? nullptr : commands.front();
  };

  // What follows "--" is paths, whatever it looks like.
  std::vector<std::string> paths;
  if (const auto end = std::find(arguments.begin(), arguments.end(), "--");
      end != arguments.end()) {
    paths.assign(end + 1, arguments.end());
    arguments.erase(end, arguments.end());
  }
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return PrintCommand{std::string(HelpFor(chosen() ? chosen()->get_name() : ""))};
  } catch (const CLI::ParseError& error) {
    return Failure(error.what());
  }
  if (version) return PrintCommand{fmt::format("oakum {}\n", kVersion)};
  if (const std::vector<std::string> rest = app.remaining(true); !rest.empty()) {
    return UnexpectedWord(app, chosen(), rest.front());
  }
  if (chosen() == scan_app) scan.paths.insert(scan.paths.end(), paths.begin(), paths.end());
  if (chosen() != scan_app && !paths.empty()) {
    return Failure(fmt::format("unexpected argument '{}'", paths.front()));
  }
  if (chosen() == scan_app) return FinishScan(std::move(scan), words);
  if (chosen() == explain_app) return explain;
  if (chosen() == rules_app) return RulesCommand{};
  if (chosen() == dump_app) return FinishDump(std::move(dump), words);
  return Failure("no command");
}

}  // namespace oakum
