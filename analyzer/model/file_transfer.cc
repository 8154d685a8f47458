#include "analyzer/model/file_transfer.h"

#include <algorithm>
#include <string_view>

#include "analyzer/model/written_text.h"

namespace oakum {

namespace {

// With a value of its own as the next word.
bool TakesValue(std::string_view program, std::string_view option) {
  constexpr std::string_view kOfInstall[] = {"-m", "-o", "-g", "--mode", "--owner", "--group"};
  constexpr std::string_view kOfAll[] = {"-S", "-t", "--suffix", "--target-directory"};
  const bool install =
      program == "install" &&
      std::find(std::begin(kOfInstall), std::end(kOfInstall), option) != std::end(kOfInstall);
  return install || std::find(std::begin(kOfAll), std::end(kOfAll), option) != std::end(kOfAll);
}

// `> file`, `: > file`: the file is emptied.
bool PrintsNothing(const Command& command) {
  const std::string_view program = command.Program();
  const bool null = command.argv.size() == 2 && command.argv[1].text() == "/dev/null";
  return command.argv.empty() || program == ":" || program == "true" || program == "touch" ||
         program == "cd" || program == "umask" || (program == "cat" && null);
}

}  // namespace

FileCopy CopyOf(const Command& command) {
  FileCopy copy;
  const std::string_view program = command.Program();
  if (program != "cp" && program != "mv" && program != "install") return copy;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (program == "install" && (text == "-d" || text == "--directory")) return {};
    if ((text == "-t" || text == "--target-directory") && i + 1 < command.argv.size()) {
      copy.target = &command.argv[i + 1];
    }
    if (TakesValue(program, text)) {
      ++i;
    } else if (!text.starts_with('-')) {
      copy.sources.push_back(&word);
    }
  }
  if (copy.target != nullptr || copy.sources.size() < 2) {
    if (copy.sources.empty()) copy.target = nullptr;
    return copy;
  }
  copy.target = copy.sources.back();
  copy.sources.pop_back();
  return copy;
}

std::vector<const Value*> OutputsOf(const Command& command, const std::vector<Command>& all) {
  std::vector<const Value*> files;
  if (PrintsNothing(command) || !WritesOf(command, all).empty()) return files;
  for (const Redirection& redirection : command.redirections) {
    const bool into = redirection.kind == Redirection::Kind::kWrite ||
                      redirection.kind == Redirection::Kind::kAppend;
    if (into && redirection.fd == 1) files.push_back(&redirection.target);
  }
  if (command.Program() == "tee" && command.argv.size() > 1) files.push_back(&command.argv.back());
  return files;
}

}  // namespace oakum
