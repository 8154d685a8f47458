#include "analyzer/engine/left_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/credential/defaults.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/engine/ci_secret.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/file_transfer.h"
#include "analyzer/model/home_path.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/ignorefile.h"

namespace oakum {

namespace {

constexpr int kMaxPipe = 5;
constexpr size_t kMaxWritten = 16 << 10;  // bytes of one file that are looked at together

// $(git rev-parse --show-toplevel), $(cd "$(dirname "$0")/.." && pwd): where scripts find their
// tree.
bool FindsTree(std::string_view command) {
  if (command == "pwd" || command.find("rev-parse --show-toplevel") != command.npos) return true;
  return command.starts_with("cd ") && command.find("dirname") != command.npos &&
         command.find("/..") != command.npos && command.find("pwd") != command.npos;
}

// Variables and expressions that name the folder of the checkout.
bool IsWorkspace(const Hole& hole) {
  constexpr std::array<std::string_view, 9> kNames = {
      "GITHUB_WORKSPACE",       "github.workspace",
      "CI_PROJECT_DIR",         "PWD",
      "env.GITHUB_WORKSPACE",   "CIRCLE_WORKING_DIRECTORY",
      "Build.SourcesDirectory", "System.DefaultWorkingDirectory",
      "BUILD_SOURCESDIRECTORY"};
  return std::find(kNames.begin(), kNames.end(), hole.name) != kNames.end() ||
         (hole.origin == HoleOrigin::kCommand && FindsTree(hole.name));
}

// The path relative to where the job starts, or none if it lies elsewhere or is not known.
std::optional<std::string> PathInWorkspace(const Value& path, const std::string& folder) {
  const std::string_view text = path.text();
  if (text.empty() || text == "-") return std::nullopt;
  if (path.holes().empty()) {
    if (text[0] == '/' || text[0] == '~') return std::nullopt;
    std::string joined = JoinPath(folder, text);
    // `cd "$(dirname "$0")/.."` goes to a folder of the tree, `> ../x` may be anywhere.
    if (joined.starts_with("..") && !folder.starts_with("..")) return std::nullopt;
    return joined;
  }
  const Hole& first = path.holes()[0].hole;
  if (path.holes().size() != 1 || path.holes()[0].position != 0 || !IsWorkspace(first) ||
      text.size() < 2 || text[1] != '/') {
    return std::nullopt;
  }
  return JoinPath(first.name == "PWD" || first.name == "pwd" ? folder : ".", text.substr(2));
}

// The path if it is absolute or begins in a folder that a variable names, which is no checkout.
std::optional<std::string> PathElsewhere(const Value& path) {
  std::string text = HomePath(path);
  if (!text.starts_with('/') && !text.starts_with("${")) return std::nullopt;
  if (path.HoleAt(0) != nullptr && (IsWorkspace(*path.HoleAt(0)) || text.ends_with('}'))) {
    return std::nullopt;
  }
  return text;
}

// A file that a variable names, or a command such as mktemp: it is somewhere.
bool IsOnlyVariable(const Value& path) {
  const Hole* hole = path.OnlyHole();
  return hole != nullptr && !IsWorkspace(*hole) && !hole->name.starts_with("GITHUB_");
}

bool IsHidden(std::string_view path) {
  return path.starts_with('.') || path.find("/.") != path.npos;
}

// What a pattern of kept files says of the folder of the checkout.
std::optional<std::string> PatternInWorkspace(const Value& pattern) {
  std::string_view text = pattern.text();
  if (!pattern.holes().empty()) {
    const bool workspace = IsWorkspace(pattern.holes()[0].hole);
    if (pattern.holes().size() != 1 || !workspace || text[0] != Value::kHoleByte) {
      return std::nullopt;
    }
    text.remove_prefix(1);
    if (text.starts_with('/')) text.remove_prefix(1);
  } else if (text.starts_with('/') || text.starts_with('~')) {
    return std::nullopt;
  }
  return CleanPath(text);
}

// As PathElsewhere() has it.
std::optional<std::string> PatternElsewhere(const Value& pattern) {
  constexpr std::string_view kHome = "${HOME}";
  std::string text = pattern.text() == "~" ? std::string(kHome) : CleanPath(HomePath(pattern));
  for (const std::string_view home : {"/home/runner", "/github/home", "/root"}) {
    const bool is = text == home || (text.starts_with(home) && text[home.size()] == '/');
    if (is) return text.replace(0, home.size(), kHome);
  }
  if (!text.starts_with('/') && !text.starts_with("${")) return std::nullopt;
  return text;
}

// Whether the pattern takes the file or a folder above it.
bool MatchesOrHolds(const std::string& pattern, std::string_view path) {
  if (pattern == "." || MatchesIgnorePattern(pattern, path)) return true;
  for (size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
    if (MatchesIgnorePattern(pattern, path.substr(0, slash))) return true;
  }
  return false;
}

class Finder {
 public:
  Finder(const Document& document, LeftWhere where)
      : document_(document), commands_(document.facts().commands), where_(where) {}

  std::vector<LeftFile> Run() {
    const Facts& facts = document_.facts();
    std::vector<bool> placed(commands_.size());
    for (const CiJob& job : facts.ci_jobs) {
      for (uint32_t i = 0; i < job.steps.size(); ++i) {
        const CiStep& step = job.steps[i];
        for (uint32_t c = step.first_command; c < step.end_command; ++c) placed[c] = true;
        Commands(step.first_command, step.end_command, &job, i, KnownPath(step.folder));
      }
    }
    const auto size = static_cast<uint32_t>(commands_.size());
    for (uint32_t begin = 0; begin < size;) {
      uint32_t end = begin;
      while (end < size && !placed[end]) ++end;
      Commands(begin, end, nullptr, 0, ".");
      begin = std::max(end, begin + 1);
    }
    return std::move(found_);
  }

 private:
  void Commands(uint32_t first, uint32_t end, const CiJob* job, uint32_t step,
                const std::string& start) {
    if (first == end) return;
    job_ = job;
    step_ = step;
    const std::vector<std::string> folders = WorkingFolders(document_, first, end);
    for (uint32_t i = first; i < end; ++i) {
      if (commands_[i].host != CommandHost::kCi && commands_[i].host != CommandHost::kScript) {
        continue;
      }
      folder_ = JoinPath(start, folders[i - first]);
      index_ = i;
      Writes(commands_[i]);
      Copies(commands_[i]);
    }
  }

  void Writes(const Command& command) {
    for (FileWrite& write : WritesOf(command, commands_)) {
      FileWrite& before = written_[write.path.Describe()];
      const bool continues = write.append || write.span == before.span;
      if (continues && !before.text.empty() && before.text.size() < kMaxWritten) {
        write.text = JoinedLines(before.text, write.text);
      }
      Text(command, write.path, write.text);
      before = std::move(write);
    }
    for (const Value* file : OutputsOf(command, commands_)) Output(command, *file);
  }

  // Of `"${1:-dist}/.netrc"` it is the place by default: the one that is written down.
  std::optional<std::string> PlaceOf(const Value& path) const {
    const Value usual = WithDefaults(path);
    return where_ == LeftWhere::kWorkspace ? PathInWorkspace(usual, folder_) : PathElsewhere(usual);
  }

  // `text` goes into the file.
  void Text(const Command& command, const Value& path, const Value& text) {
    std::optional<std::string> place = PlaceOf(path);
    if (!place && where_ == LeftWhere::kElsewhere && IsOnlyVariable(path)) place = PlaceName(path);
    if (!place) return;
    std::optional<CredentialFile> file = CredentialFileAt(*place);
    if (!file) file = CredentialFileOf(text);
    const Hole* secret = CiSecretIn(text, job_, step_).hole;
    if (secret != nullptr || (file && HoldsCredential(file->kind, text))) {
      Add(*place, file, secret, command);
    }
  }

  // What the command prints goes into the file.
  void Output(const Command& command, const Value& path) {
    const std::optional<std::string> place = PlaceOf(path);
    if (!place) return;
    const std::optional<CredentialFile> file = CredentialFileAt(*place);
    const Hole* secret = PipedSecret(command);
    const bool told = secret != nullptr || (file && (file->certain || NamesSecretIn(command)));
    if (told) Add(*place, file, secret, command);
  }

  // sed "s|@TOKEN@|$NPM_TOKEN|" npmrc.tpl
  static bool NamesSecretIn(const Command& command) {
    if (command.Program() != "sed" && command.Program() != "envsubst") return false;
    return std::any_of(command.argv.begin(), command.argv.end(), [](const Value& word) {
      return std::any_of(word.holes().begin(), word.holes().end(),
                         [](const auto& placed) { return NamesSecret(placed.hole.name); });
    });
  }

  // A CI secret on the command lines whose output this command reads.
  const Hole* PipedSecret(const Command& command) const {
    const Command* at = &command;
    for (int i = 0; i < kMaxPipe; ++i) {
      for (size_t word = 1; word < at->argv.size(); ++word) {
        // An option such as --token is no text that is passed on.
        const std::string_view program = at->Program();
        if (program != "echo" && program != "printf") break;
        if (const CiSecret found = CiSecretIn(at->argv[word], job_, step_)) return found.hole;
      }
      for (const Redirection& redirection : at->redirections) {
        if (redirection.kind != Redirection::Kind::kHereString) continue;
        if (const CiSecret found = CiSecretIn(redirection.target, job_, step_)) return found.hole;
      }
      if (at->stdin_from < 0 || static_cast<size_t>(at->stdin_from) >= commands_.size()) break;
      at = &commands_[static_cast<size_t>(at->stdin_from)];
    }
    return nullptr;
  }

  // cp ~/.netrc . and its like.
  void Copies(const Command& command) {
    const FileCopy copy = CopyOf(command);
    if (copy.target == nullptr) return;
    const std::optional<std::string> target = PlaceOf(*copy.target);
    if (!target) return;
    for (const Value* each : copy.sources) {
      const Value& source = *each;
      if (source.text() == "/dev/null") continue;  // `install -m 600 /dev/null FILE` is empty
      const std::string known = KnownPath(source);
      const std::optional<CredentialFile> from = CredentialFileAt(known);
      const std::optional<CredentialFile> to = CredentialFileAt(*target);
      // A copy within the workspace is of a file that is judged by itself.
      const bool within = PathInWorkspace(source, folder_).has_value();
      if (within && !to && where_ == LeftWhere::kWorkspace) continue;
      if (from && from->certain && !to) {
        Add(JoinPath(*target, BaseName(known)), from, nullptr, command);
      } else if (to && to->certain && (from || !within)) {
        Add(*target, to, nullptr, command);
      }
    }
  }

  void Add(std::string path, const std::optional<CredentialFile>& file, const Hole* secret,
           const Command& command) {
    LeftFile left;
    left.document = &document_;
    left.path = std::move(path);
    left.file = file;
    if (secret != nullptr) left.secret = secret->name;
    left.span = command.span;
    left.job = job_;
    left.step = step_;
    left.command = index_;
    // A file that is written line by line is one file.
    const bool known = std::any_of(found_.begin(), found_.end(), [&left](const LeftFile& other) {
      return other.path == left.path && other.job == left.job;
    });
    if (!known) found_.push_back(std::move(left));
  }

  const Document& document_;
  const std::vector<Command>& commands_;
  const LeftWhere where_;
  std::vector<LeftFile> found_;
  // Of the command at hand.
  const CiJob* job_ = nullptr;
  uint32_t step_ = 0;
  uint32_t index_ = 0;
  std::string folder_;
  std::map<std::string, FileWrite> written_;  // by path, as far as the commands have come
};

}  // namespace

std::string PlaceName(const Value& path) {
  const Hole* hole = path.OnlyHole();
  const bool command = hole != nullptr && hole->origin == HoleOrigin::kCommand;
  // Each $(mktemp) is a file of its own.
  return command ? fmt::format("${{{}}}@{}", hole->name, hole->span.begin)
                 : CleanPath(HomePath(path));
}

std::string LeftFile::Describe() const {
  return file ? std::string(file->description) : fmt::format("file with {}", secret);
}

std::vector<LeftFile> FindLeftFiles(const Document& document, LeftWhere where) {
  return Finder(document, where).Run();
}

bool IsRemoved(const Document& document, const LeftFile& left, uint32_t before) {
  const std::vector<Command>& commands = document.facts().commands;
  for (uint32_t i = left.command + 1; i < before && i < commands.size(); ++i) {
    const Command& command = commands[i];
    const std::string_view program = command.Program();
    if (command.conditional || (program != "rm" && program != "shred" && program != "unlink")) {
      continue;
    }
    for (size_t word = 1; word < command.argv.size(); ++word) {
      if (BaseName(KnownPath(command.argv[word])) == BaseName(left.path)) return true;
    }
  }
  return false;
}

bool IsKept(const CiKeep& keep, std::string_view path) {
  if (!keep.hidden && IsHidden(path)) return false;
  const bool elsewhere = path.starts_with('/') || path.starts_with("${");
  bool kept = false;
  for (const Value& each : keep.paths) {
    const bool takes_back = each.text().starts_with('!');
    const Value pattern = each.Slice(takes_back ? 1 : 0);
    const std::optional<std::string> clean =
        elsewhere ? PatternElsewhere(pattern) : PatternInWorkspace(pattern);
    if (clean && MatchesOrHolds(*clean, path)) kept = !takes_back;
  }
  return kept;
}

}  // namespace oakum
