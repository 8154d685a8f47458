#include "analyzer/cli/help.h"

#include <string>

#include <fmt/format.h>

#include "analyzer/cli/dump.h"

namespace oakum {

namespace {

constexpr std::string_view kMain =
    R"(oakum finds credentials that leak through the seams of ML infrastructure: Dockerfiles, Ray
runtime environments, KubeRay manifests, installer commands and CI workflows. It works offline and
never prints a secret.

Usage: oakum COMMAND [OPTIONS]

Commands:
  scan [PATH...]      Look for leaks in files and folders (default: the current folder)
  explain RULE        Say what a rule means, why it matters and what to write instead
  rules               List all rules
  dump LANGUAGE FILE  Print what oakum understands of a file, as JSON

Options:
  -h, --help          This text; after a command: its options
  -V, --version       The version

Examples:
  oakum scan                          everything here that git does not ignore
  oakum scan Dockerfile deploy/       one file and one folder
  oakum scan --format sarif --output oakum.sarif
  oakum explain OAK201

Exit status: 0 clean, 1 findings, 2 wrong usage or an error, 130 interrupted.
)";

constexpr std::string_view kScan =
    R"(Looks for credentials that leak, and says where each enters, where it surfaces and what to write
instead. Findings go to standard output, everything else to standard error.

Usage: oakum scan [OPTIONS] [PATH...]

  PATH                   Files are always read. Folders are walked as git sees them: what it
                         ignores is left out, what it tracks is read. '-' is standard input.
                         Default: the current folder

What to report:
  --select RULE,...      Only these rules: codes (OAK201), names (credential-file-in-layer) or
                         prefixes (OAK2). May be repeated
  --ignore RULE,...      Not these
  --fail-on SEVERITY     Exit with 1 from this severity on: error, warning, note or never
                         (default: warning)

How to report:
  --format FORMAT        text, concise (one line each), json, sarif (2.1.0, for code scanning) or
                         github (annotations of a workflow run) (default: text)
  --output FILE          Write the report to FILE, all of it or nothing
  --color WHEN           auto, always or never (default: auto, which honours NO_COLOR and
                         FORCE_COLOR)
  -q, --quiet            Say only findings, warnings and errors
  -v, --verbose          Name every file that is passed over, and why

What to read:
  --stdin-filename NAME  What standard input would be called; decides how it is read
  --exclude GLOB         Leave out what matches, in the syntax of .gitignore. May be repeated
  --force-exclude        Let exclusions apply to named files too (for hooks)
  --no-default-excludes  Also walk virtual environments and node_modules
  --jobs N               Threads (default: one for each processor)
  -h, --help             This text

Examples:
  oakum scan --fail-on error services/
  oakum scan --select OAK2,known-token Dockerfile
  git show HEAD:Dockerfile | oakum scan - --stdin-filename Dockerfile
)";

constexpr std::string_view kExplain =
    R"(Prints the page of a rule: what it reports, why that is bad, an example and what to write instead.

Usage: oakum explain RULE

  RULE        A code (OAK201) or a name (credential-file-in-layer); 'oakum rules' lists them
  -h, --help  This text
)";

constexpr std::string_view kRules =
    R"(Lists all rules: code, usual severity, name and what each reports.

Usage: oakum rules

  -h, --help  This text
)";

constexpr std::string_view kDump =
    R"(Prints what oakum understands of a file, as JSON with byte offsets. This is the file's own text:
secrets in it are printed. A text has its span and its holes, which stand in it as ${{name}}; what
could not be read is in "errors".

Usage: oakum dump [OPTIONS] LANGUAGE FILE

  LANGUAGE         {}
  FILE             '-' is standard input
  --format FORMAT  json, or buildkit: the dump format of BuildKit's Dockerfile parser
                   (default: json)
  -h, --help       This text

Example:
  oakum dump dockerfile Dockerfile
)";

// "dockerfile, shell, ... or document" in lines that fit behind the indentation of the options.
std::string LanguageList() {
  constexpr size_t kIndent = 19;
  constexpr size_t kWidth = 98;
  const std::vector<std::string_view> names = DumpLanguages();
  std::string text;
  size_t column = kIndent;
  for (size_t i = 0; i < names.size(); ++i) {
    std::string word = i + 1 == names.size() ? "or " : "";
    word += names[i];
    if (i + 2 < names.size()) word += ',';
    if (column + 1 + word.size() > kWidth) {
      text += '\n' + std::string(kIndent, ' ');
      column = kIndent;
    } else if (i > 0) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
  }
  return text;
}

std::string_view DumpHelp() {
  static const std::string text = fmt::format(kDump, LanguageList());
  return text;
}

}  // namespace

std::string_view HelpFor(std::string_view command) {
  if (command == "scan") return kScan;
  if (command == "explain") return kExplain;
  if (command == "rules") return kRules;
  if (command == "dump") return DumpHelp();
  return kMain;
}

}  // namespace oakum
