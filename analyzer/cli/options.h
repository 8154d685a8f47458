// The command line: what was asked for, checked as far as that needs no file.
//
// Errors name the offending word and, where one is near, the word that was probably meant. Help
// texts live in help.h.
//
// Thread-safety: plain values and a pure function.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/engine/finding.h"
#include "analyzer/model/language.h"

namespace oakum {

enum class Format { kText, kConcise, kJson, kSarif, kGithub };
enum class Color { kAuto, kAlways, kNever };

struct ScanCommand {
  std::vector<std::string> paths;  // never empty; "-" is standard input
  Format format = Format::kText;
  std::string output;               // a file; empty for standard output
  std::vector<std::string> select;  // rules by code, name or prefix; empty for all
  std::vector<std::string> ignore;
  // The least severity that fails the run; none for never.
  std::optional<Severity> fail_on = Severity::kWarning;
  unsigned jobs = 1;
  Color color = Color::kAuto;
  bool quiet = false;
  bool verbose = false;
  std::string stdin_filename;
  std::vector<std::string> exclude;  // globs in the syntax of .gitignore
  bool force_exclude = false;        // exclusions apply to named files too
  bool default_excludes = true;
};

struct ExplainCommand {
  std::string rule;
};

struct RulesCommand {};

struct DumpCommand {
  Language language = Language::kUnknown;
  std::string file;  // "-" is standard input
  bool buildkit = false;
};

// A text to print and nothing more to do: --help, --version.
struct PrintCommand {
  std::string text;
};

using Invocation =
    std::variant<ScanCommand, ExplainCommand, RulesCommand, DumpCommand, PrintCommand>;

// `arguments` without the program's name.
Result<Invocation> ParseCommandLine(std::vector<std::string> arguments);

}  // namespace oakum
