// Dockerfiles, read bug for bug as BuildKit reads them (dockerfile.md section 1).
//
// What is code and what is data in a Dockerfile follows from BuildKit's line reader, not from a
// tidier grammar: which backslash continues a line, which `<<` opens a heredoc, which bracket is
// JSON. ParseDockerfile() therefore repeats its decisions exactly and DumpBuildkit() proves it
// against BuildKit's own test data. Two things differ: it never stops (an error is recorded and the
// rest is read), and every text is a MappedText, so that a RUN's script without its continuations,
// an unescaped JSON element or a heredoc's body still names its bytes in the file.
//
// Words are raw: quotes, escapes and `$` are as written, except in flags and JSON elements, where
// the parser itself removes them. dockerfile_word.h expands words, dockerfile_mount.h reads
// --mount.
//
// Thread-safety: pure functions; the tree is a plain value that must not outlive the Source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/mapped_text.h"
#include "analyzer/base/span.h"

namespace oakum {

enum class DockerKeyword {
  kUnknown,
  kAdd,
  kArg,
  kCmd,
  kCopy,
  kEntrypoint,
  kEnv,
  kExpose,
  kFrom,
  kHealthcheck,
  kLabel,
  kMaintainer,
  kOnbuild,
  kRun,
  kShell,
  kStopsignal,
  kUser,
  kVolume,
  kWorkdir,
};

DockerKeyword DockerKeywordOf(std::string_view word);       // in any case
std::string_view DockerKeywordName(DockerKeyword keyword);  // "COPY"; "" for kUnknown

// `# escape=` and its like at the top of the file.
struct DockerDirective {
  std::string name;  // lower case: "syntax", "escape", "check"
  MappedText value;
  Span span;
};

// `--chown=1000:1000`: quotes and escapes are gone.
struct DockerFlag {
  std::string name;  // without the dashes
  bool has_value = false;
  MappedText value;
  MappedText text;  // the whole flag
};

// ENV, LABEL and ARG.
struct DockerPair {
  MappedText name;
  bool has_value = true;  // false only for `ARG NAME`
  bool legacy = false;    // `ENV NAME the rest of the line`
  MappedText value;
  MappedText text;  // the whole word
};

struct DockerHeredoc {
  std::string name;
  uint32_t fd = 0;     // 0 when none is written
  bool expand = true;  // no part of the name is quoted
  bool chomp = false;  // `<<-`
  MappedText marker;   // `<<-EOF` in the logical line
  MappedText content;  // raw: line ends as they are, tabs kept
  Span terminator;

  // What the consumer gets: without leading tabs if `<<-` says so.
  MappedText Body() const;
};

struct DockerInstruction {
  DockerKeyword keyword = DockerKeyword::kUnknown;
  MappedText word;  // the keyword as written
  Span span;        // from the keyword to the end of the last heredoc
  std::vector<DockerFlag> flags;
  MappedText rest;                    // everything after the flags
  bool exec_form = false;             // the arguments came from a JSON array
  std::vector<MappedText> arguments;  // as BuildKit's tree has them; empty where `pairs` are used
  std::vector<DockerPair> pairs;
  std::vector<DockerHeredoc> heredocs;
  std::vector<DockerInstruction> trigger;  // ONBUILD: the instruction it holds, if any
  std::vector<MappedText> comments;        // whole-line comments directly above

  const DockerFlag* Flag(std::string_view name) const;  // the first one, or null
  // RUN, CMD, ENTRYPOINT, HEALTHCHECK in shell form: what the shell is given. For RUN a lone
  // heredoc is the script itself; otherwise bodies are pasted behind the line for the shell to
  // read.
  MappedText Script() const;
};

struct DockerError {
  std::string message;  // one sentence without a final period; never quotes the file
  Span span;
  // Whether BuildKit's parser itself stops here; other errors come from its second pass.
  bool stops_parser = false;
};

struct Dockerfile {
  char escape = '\\';
  std::vector<DockerDirective> directives;
  std::vector<DockerInstruction> instructions;
  std::vector<DockerError> errors;
};

Dockerfile ParseDockerfile(const MappedText& text);

// The tree in the format of BuildKit's own test data (dockerfile.md section 4, "Dump format"), with
// its final newline.
std::string DumpBuildkit(const Dockerfile& dockerfile);

}  // namespace oakum
