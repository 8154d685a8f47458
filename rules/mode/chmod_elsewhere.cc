#include "rules/mode/chmod_elsewhere.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/script_calls.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/file_transfer.h"
#include "analyzer/model/home_path.h"
#include "analyzer/model/written_text.h"
#include "rules/mode/chmod_words.h"

namespace oakum {

namespace {

bool IsAbsolute(std::string_view path) {
  return path.starts_with('/') || path.starts_with("${HOME}/");
}

// Before the path of a file in the checkout of a CI job, where its scripts begin.
constexpr std::string_view kCheckout = "checkout:/";

bool IsRelative(const Value& path) {
  const std::string_view text = path.text();
  return path.is_literal() && !text.empty() && text[0] != '/' && text[0] != '~';
}

// Whether the command's step or script may run elsewhere than in the checkout.
bool ChangesFolder(const Facts& facts, const Command& command) {
  const std::vector<Command>& commands = facts.commands;
  const auto index = static_cast<uint32_t>(&command - commands.data());
  for (const CiJob& job : facts.ci_jobs) {
    for (const CiStep& step : job.steps) {
      const bool own = step.first_command <= index && index < step.end_command;
      if (own && !step.folder.empty()) return true;
    }
  }
  return std::any_of(commands.begin() + command.script, commands.end(), [&](const Command& other) {
    const std::string_view program = other.Program();
    return other.script == command.script && (program == "cd" || program == "pushd");
  });
}

// What the command puts something into.
std::vector<const Value*> FilesOf(const Command& command, const std::vector<Command>& all,
                                  const std::vector<FileWrite>& writes) {
  std::vector<const Value*> files = OutputsOf(command, all);
  for (const FileWrite& write : writes) files.push_back(&write.path);
  if (const FileCopy copy = CopyOf(command); copy.target != nullptr) files.push_back(copy.target);
  return files;
}

// Whether the two paths are known to be different files. $HOME may be any home that is spelt out.
bool AreApart(std::string_view a, std::string_view b) {
  const auto is_home = [](std::string_view path) {
    return path.starts_with("/root/") || path.starts_with("/home/") ||
           path.starts_with("/Users/") || path.starts_with("/var/lib/jenkins/");
  };
  if (!IsAbsolute(a) || a == b || BaseName(a) != BaseName(b)) return false;
  if (a[0] == b[0]) return true;
  return !is_home(a[0] == '/' ? a : b);
}

// What the commands of a document write, and what they change the mode of.
struct Files {
  std::vector<std::pair<std::string, Span>> written;  // credential files, and by what
  std::set<std::string> beside;  // names of files that are written where the job or script is
  std::vector<std::pair<std::string, Chmod>> changed;

  bool IsChanged(const std::string& path) const {
    return std::any_of(changed.begin(), changed.end(),
                       [&path](const auto& chmod) { return chmod.first == path; });
  }
  // Whether a file of its name is written that may be the very one.
  bool MayBeWritten(const std::string& path) const {
    const std::string name(BaseName(path));
    if (path.starts_with(kCheckout)) return beside.count(name) != 0;
    return std::any_of(written.begin(), written.end(), [&](const auto& file) {
      return BaseName(file.first) == name && !AreApart(path, file.first);
    });
  }
};

Files FilesIn(const Project& project, const Document& document,
              const std::vector<uint32_t>& indices) {
  const std::vector<Command>& commands = document.facts().commands;
  std::optional<bool> of_job;  // whether a script is run in the checkout: asked where it matters
  const auto begins_in_checkout = [&](const Command& command) {
    if (command.host != CommandHost::kScript) return command.host == CommandHost::kCi;
    if (!of_job) of_job = RunsInCheckout(project, document);
    return *of_job;
  };
  Files files;
  for (const uint32_t index : indices) {
    const Command& command = commands[index];
    if (command.host == CommandHost::kImageBuild || command.host == CommandHost::kDocument)
      continue;
    const std::vector<FileWrite> writes = WritesOf(command, commands);
    for (const Value* target : FilesOf(command, commands, writes)) {
      const std::string path = HomePath(*target);
      const std::optional<CredentialFile> file = CredentialFileAt(path);
      if (file && file->certain && IsAbsolute(path)) {
        files.written.emplace_back(path, command.span);
      }
      if (!IsAbsolute(path)) files.beside.emplace(BaseName(path));
    }
    const std::optional<Chmod> chmod = ChmodOf(command);
    if (!chmod || !Closes(chmod->mode)) continue;
    for (const Value* file : chmod->files) {
      const bool in_checkout = IsRelative(*file) && !ChangesFolder(document.facts(), command) &&
                               begins_in_checkout(command);
      files.changed.emplace_back((in_checkout ? std::string(kCheckout) : "") + HomePath(*file),
                                 *chmod);
    }
  }
  return files;
}

Finding ElsewhereFinding(const Document& document, std::string_view path, Span chmod,
                         std::string_view written, Span by) {
  const bool in_checkout = path.starts_with(kCheckout);
  const std::string shown = in_checkout
                                ? fmt::format("{} in the checkout", path.substr(kCheckout.size()))
                                : std::string(path);
  Finding finding;
  finding.severity = Severity::kWarning;
  finding.message = fmt::format(
      "This chmod is for {}, but the file that is written is {}: its mode stays as it is.", shown,
      written);
  finding.where = {&document.source(), chmod};
  finding.steps.push_back({{&document.source(), by}, fmt::format("{} is written here", written)});
  finding.steps.push_back({finding.where, fmt::format("the chmod is for {}", shown)});
  finding.help = fmt::format("name {}", written);
  finding.anchor = fmt::format("chmod {} for {}", shown, written);
  return finding;
}

// The commands that work on the same files: those of each CI job, and all that belong to none.
std::vector<std::vector<uint32_t>> CommandGroups(const Facts& facts) {
  std::vector<std::vector<uint32_t>> groups;
  std::vector<bool> placed(facts.commands.size());
  for (const CiJob& job : facts.ci_jobs) {
    groups.emplace_back();
    for (const CiStep& step : job.steps) {
      for (uint32_t i = step.first_command; i < step.end_command; ++i) {
        groups.back().push_back(i);
        placed[i] = true;
      }
    }
  }
  groups.emplace_back();
  for (uint32_t i = 0; i < placed.size(); ++i) {
    if (!placed[i]) groups.back().push_back(i);
  }
  return groups;
}

void ReportIn(const Files& files, const Rule& rule, const Document& document,
              const Report& report) {
  for (const auto& [path, chmod] : files.changed) {
    if (files.MayBeWritten(path)) continue;
    for (const auto& [file, by] : files.written) {
      if (BaseName(file) != BaseName(path) || files.IsChanged(file)) continue;
      Finding finding = ElsewhereFinding(document, path, chmod.span, file, by);
      finding.rule = &rule;
      report(std::move(finding));
      break;
    }
  }
}

}  // namespace

void ReportChmodElsewhere(const Rule& rule, const Project& project, const Document& document,
                          const Report& report) {
  for (const std::vector<uint32_t>& commands : CommandGroups(document.facts())) {
    if (!commands.empty()) ReportIn(FilesIn(project, document, commands), rule, document, report);
  }
}

}  // namespace oakum
