#include "analyzer/model/file_mode.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/file_transfer.h"
#include "analyzer/model/home_path.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/dockerfile_mount.h"

namespace oakum {

namespace {

constexpr uint32_t kAllBits = 0777;
constexpr uint32_t kCreationMode = 0666;  // what programs ask for; the umask takes away from it

std::optional<uint32_t> Octal(std::string_view text) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  uint32_t mode = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') return std::nullopt;
    mode = mode * 8 + static_cast<uint32_t>(c - '0');
  }
  return mode & kAllBits;
}

// "go-rwx", "+r", "g=u": one clause of a symbolic mode.
std::optional<uint32_t> ApplyClause(std::string_view clause, uint32_t mode) {
  size_t i = 0;
  uint32_t who = 0;
  for (; i < clause.size() && std::string_view("ugoa").find(clause[i]) != clause.npos; ++i) {
    who |= clause[i] == 'u' ? 0700 : clause[i] == 'g' ? 0070 : clause[i] == 'o' ? 0007 : kAllBits;
  }
  if (who == 0) who = kAllBits;
  if (i == clause.size()) return std::nullopt;
  while (i < clause.size()) {
    const char op = clause[i++];
    if (op != '+' && op != '-' && op != '=') return std::nullopt;
    uint32_t bits = 0;
    for (; i < clause.size() && clause[i] != '+' && clause[i] != '-' && clause[i] != '='; ++i) {
      switch (clause[i]) {
        case 'r':
          bits |= 0444;
          break;
        case 'w':
          bits |= 0222;
          break;
        case 'x':
          bits |= 0111;
          break;
        case 'X':
          if (mode & 0111) bits |= 0111;
          break;
        case 'u':
          bits |= (mode >> 6 & 7) * 0111;
          break;
        case 'g':
          bits |= (mode >> 3 & 7) * 0111;
          break;
        case 'o':
          bits |= (mode & 7) * 0111;
          break;
        case 's':
        case 't':
          break;
        default:
          return std::nullopt;
      }
    }
    bits &= who;
    mode = op == '+' ? mode | bits : op == '-' ? mode & ~bits : (mode & ~who) | bits;
  }
  return mode;
}

Span Within(Span span, Span whole) {
  return whole.Contains(span) ? span : whole;
}

// By its path; whether it holds a credential may be open.
std::optional<CredentialFile> NamedFile(const Value& path) {
  if (const Hole* variable = path.OnlyHole()) {
    // $NETRC is the variable that programs look at.
    const bool netrc = variable->name == "NETRC" || variable->name == "NETRC_FILE" ||
                       variable->name == "NETRC_PATH";
    return netrc ? CredentialFileAt(".netrc") : std::nullopt;
  }
  if (!path.is_literal() && path.text().find('/') == std::string_view::npos) return std::nullopt;
  // "$HOME/.netrc" is as certain as "/root/.netrc"; "~/$NAME" is not.
  const std::string_view name = BaseName(path.text());
  if (name.find(Value::kHoleByte) != std::string_view::npos) return std::nullopt;
  return CredentialFileAt(path.text());
}

std::optional<CredentialFile> CertainFile(const Value& path) {
  const std::optional<CredentialFile> file = NamedFile(path);
  return file && file->certain ? file : std::nullopt;
}

bool IsMountedSecret(const Value& path) {
  return path.text().starts_with("/run/secrets/");
}

class CommandModes {
 public:
  CommandModes(const Command& command, Facts& facts) : command_(command), facts_(facts) {}

  void Run() {
    const std::string_view program = command_.Program();
    if (program == "chmod") {
      Chmod();
    } else if (program == "install") {
      Install();
    }
    Writes();
  }

 private:
  void Add(FileMode::Means means, const Value& path, const Value& mode, Span until) {
    const std::optional<CredentialFile> file = NamedFile(path);
    if (!file || !mode.is_literal() || !(file->certain || HoldsSecret(*file, path))) return;
    const std::optional<uint32_t> bits = ApplyMode(mode.text(), 0600);
    if (!bits) return;
    FileMode out;
    out.means = means;
    out.file = *file;
    out.path = path.Describe();
    out.compared = HomePath(path);
    out.mode = *bits;
    out.text = mode.text();
    out.mode_span = Within(mode.ToSource(), command_.span);
    const Span begin = Within(command_.argv[0].ToSource(), command_.span);
    out.span = Span::Cover(begin, Within(until, command_.span));
    out.host = command_.host;
    facts_.file_modes.push_back(std::move(out));
  }

  // Whether this command or an earlier one puts a secret into the file.
  bool HoldsSecret(const CredentialFile& file, const Value& path) const {
    const std::string name = path.Describe();
    // In an image another RUN has its own say.
    const bool image = command_.host == CommandHost::kImageBuild;
    const auto puts = [&](const Command& command) {
      if (image && command.script != command_.script) return false;
      const FileCopy copy = CopyOf(command);
      if (copy.target != nullptr && copy.target->Describe() == name &&
          std::any_of(copy.sources.begin(), copy.sources.end(),
                      [](const Value* source) { return IsMountedSecret(*source); })) {
        return true;
      }
      const std::vector<FileWrite> writes = WritesOf(command, facts_.commands);
      return std::any_of(writes.begin(), writes.end(), [&](const FileWrite& write) {
        return write.path.Describe() == name && HoldsCredential(file.kind, write.text);
      });
    };
    return puts(command_) || std::any_of(facts_.commands.begin(), facts_.commands.end(), puts);
  }

  // chmod [-R] MODE FILE...
  void Chmod() {
    const Value* mode = nullptr;
    for (size_t i = 1; i < command_.argv.size(); ++i) {
      const Value& argument = command_.argv[i];
      const std::string_view text = argument.text();
      if (text.starts_with("--reference")) return;
      if (!mode) {
        // -R is an option; -r and -rwx are modes.
        const bool option = text.starts_with("--") || text == "-R" || text == "-v" ||
                            text == "-f" || text == "-c" || text == "-Rf" || text == "-Rv";
        if (!option) mode = &argument;
      } else {
        Add(FileMode::Means::kChmod, argument, *mode, mode->ToSource());
      }
    }
  }

  // install -m MODE [-o USER] SOURCE DESTINATION
  void Install() {
    std::optional<Value> mode;
    Span mode_end;
    std::vector<const Value*> files;
    std::optional<std::string> folder;
    const std::vector<Value>& argv = command_.argv;
    for (size_t i = 1; i < argv.size(); ++i) {
      const std::string_view text = argv[i].text();
      if (text.starts_with("--mode=")) {
        mode = argv[i].Slice(7);
      } else if ((text == "-m" || text == "--mode") && i + 1 < argv.size()) {
        mode = argv[++i];
      } else if (text.starts_with("-m") || text.starts_with("-Dm")) {
        const uint32_t width = text.starts_with("-m") ? 2 : 3;
        mode = text.size() > width ? argv[i].Slice(width) : argv[std::min(i + 1, argv.size() - 1)];
        if (text.size() == width) ++i;
      } else if (text == "-o" || text == "-g" || text == "-t" || text == "-S") {
        ++i;
      } else if (!text.starts_with('-')) {
        files.push_back(&argv[i]);
      }
      if (mode && mode_end.empty()) mode_end = mode->ToSource();
    }
    if (mode && !files.empty()) {
      Add(FileMode::Means::kInstall, *files.back(), *mode, mode_end);
    }
  }

  // `umask 022` above a write of a credential file.
  void Writes() {
    for (const Redirection& redirection : command_.redirections) {
      if (redirection.kind != Redirection::Kind::kWrite) continue;
      const std::optional<CredentialFile> file = CertainFile(redirection.target);
      if (!file) continue;
      const Command* umask = LastUmask();
      if (!umask) return;
      const std::optional<uint32_t> mask = Octal(umask->argv[1].text());
      if (!mask) return;
      FileMode out;
      out.means = FileMode::Means::kUmask;
      out.file = *file;
      out.path = redirection.target.Describe();
      out.compared = HomePath(redirection.target);
      out.mode = kCreationMode & ~*mask;
      out.text = umask->argv[1].text();
      out.span = umask->span;
      out.mode_span = Within(umask->argv[1].ToSource(), umask->span);
      out.created = redirection.span;
      out.host = command_.host;
      facts_.file_modes.push_back(std::move(out));
    }
  }

  const Command* LastUmask() const {
    for (auto it = facts_.commands.rbegin(); it != facts_.commands.rend(); ++it) {
      if (it->Program() == "umask" && it->argv.size() == 2 && it->argv[1].is_literal()) return &*it;
    }
    return nullptr;
  }

  const Command& command_;
  Facts& facts_;
};

class DockerfileModes {
 public:
  DockerfileModes(const Dockerfile& dockerfile, Facts& facts)
      : dockerfile_(dockerfile), facts_(facts) {}

  void Run() {
    for (const DockerInstruction& instruction : dockerfile_.instructions) Step(instruction);
  }

 private:
  void Step(const DockerInstruction& instruction) {
    if (instruction.keyword == DockerKeyword::kOnbuild && !instruction.trigger.empty()) {
      if (instruction.trigger[0].keyword != DockerKeyword::kOnbuild) Step(instruction.trigger[0]);
    } else if (instruction.keyword == DockerKeyword::kCopy ||
               instruction.keyword == DockerKeyword::kAdd) {
      Copy(instruction);
    } else if (instruction.keyword == DockerKeyword::kRun) {
      for (const DockerFlag& flag : instruction.flags) {
        if (flag.name == "mount") Mount(instruction, flag);
      }
    }
  }

  void Copy(const DockerInstruction& instruction) {
    const DockerFlag* flag = instruction.Flag("chmod");
    if (!flag) return;
    const std::optional<uint32_t> mode = ApplyMode(flag->value.text(), 0600);
    if (!mode) return;
    for (const MappedText& argument : instruction.arguments) {
      const std::optional<CredentialFile> file = CertainFile(Value(argument));
      if (!file) continue;
      FileMode out;
      out.means = FileMode::Means::kCopy;
      out.file = *file;
      out.path = argument.text();
      out.mode = *mode;
      out.text = flag->value.text();
      out.span = flag->text.ToSource();
      out.mode_span = flag->value.ToSource();
      out.host = CommandHost::kImageBuild;
      facts_.file_modes.push_back(std::move(out));
      return;
    }
  }

  void Mount(const DockerInstruction& instruction, const DockerFlag& flag) {
    std::vector<DockerError> errors;
    const DockerMount mount =
        ParseDockerMount(flag, dockerfile_.escape, ReferenceLookup(HoleOrigin::kBuildArg), errors);
    if (mount.type != DockerMountType::kSecret) return;
    if (const std::optional<Value> target = mount.Target()) {
      std::erase_if(facts_.file_modes, [&](const FileMode& mode) {
        return instruction.span.Contains(mode.span) && mode.path == target->Describe();
      });
    }
    // Bits for a group are meant for several users of it, and BuildKit has no finer way; without
    // `gid=` the group is root's.
    const DockerMountOption* option = mount.Option("mode");
    if (!option || !mount.mode || (*mount.mode & 07) == 0) return;
    FileMode out;
    out.means = FileMode::Means::kSecretMount;
    out.file = {CredentialFileKind::kToolToken, "build secret", true};
    out.path = mount.SecretId().Describe();
    out.mode = *mount.mode & kAllBits;
    out.text = option->value.Describe();
    out.span = option->span;
    out.mode_span = option->value.ToSource();
    out.host = CommandHost::kImageBuild;
    facts_.file_modes.push_back(std::move(out));
  }

  const Dockerfile& dockerfile_;
  Facts& facts_;
};

}  // namespace

std::optional<uint32_t> ApplyMode(std::string_view text, uint32_t base) {
  if (const std::optional<uint32_t> octal = Octal(text)) return octal;
  uint32_t mode = base;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::optional<uint32_t> next = ApplyClause(text.substr(0, comma), mode);
    if (!next) return std::nullopt;
    mode = *next;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return mode;
}

void DeriveFileModes(const Command& command, Facts& facts) {
  CommandModes(command, facts).Run();
}

void LowerDockerfileModes(const Dockerfile& dockerfile, Facts& facts) {
  DockerfileModes(dockerfile, facts).Run();
}

}  // namespace oakum
