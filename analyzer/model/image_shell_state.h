// What one way through the script of a RUN has led to, and what its words stand for there.
//
// Texts are followed by where they come from: the content of a secret mount stays that when it goes
// through a variable, a pipe, a here-document or a copy of the file. Of several sources of one text
// the most telling one counts: a secret before an ARG before literal text.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/docker_scope.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_files.h"
#include "analyzer/model/user_command.h"
#include "analyzer/syntax/dockerfile_mount.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

// A text and where it comes from.
struct Content {
  FileOrigin origin = FileOrigin::kUnknown;
  std::string source;            // a secret's id, a context path, an ARG's name
  Span where;                    // the mount, the ARG, the literal
  Value text;                    // as far as it is known, with holes for what is not
  std::optional<uint32_t> mode;  // of the file it was read from
  uint32_t file = kNoIndex;      // the creation it was read from, if it is one file's
  std::string shown{};           // of a variable: its text as far as paths need it

  bool IsSecret() const {
    return origin == FileOrigin::kSecretMount || origin == FileOrigin::kSecretEnv;
  }
  // Something that the Dockerfile does not spell out was put in from outside.
  bool IsGiven() const { return IsSecret() || origin == FileOrigin::kBuildArg; }
};

// The more telling of two.
const Content& Stronger(const Content& a, const Content& b);
// One text after the other.
Content Together(const Content& a, const Content& b);
// What comes of a text when a program has changed it: it is from where it was, and not known.
Content Changed(Content content);
// The output of a program that prints nothing, and of one that is not known.
Content NoText();
Content UnknownText(std::string_view program, Span where);

// One RUN, as its script is replayed.
struct RunContext {
  const ContextView* files = nullptr;  // null if it is not known
  const DockerScope* scope = nullptr;
  std::vector<DockerMount> mounts;
  // By mount: the files of the stage that it shows, null if it shows none of this Dockerfile.
  std::vector<const ImageFiles*> stage_files;
  uint32_t stage = 0;
  uint32_t instruction = 0;
  bool onbuild = false;
  bool exit_on_error = false;  // SHELL [..., "-e", ...]
  Span span;
  std::vector<MadeUser>* users = nullptr;  // whom its commands make; may be null

  // How many files the mounts of stages show, for budgets.
  size_t shown_files() const;
};

struct ShellState {
  ImageFiles files;
  std::set<std::string, std::less<>> folders;  // made by mkdir
  std::map<std::string, Content, std::less<>> variables;
  std::optional<Content> sourced;  // a file that was sourced: where unknown variables come from
  std::string directory;
  uint32_t umask = 022;
  bool exit_on_error = false;

  void Join(const ShellState& other);
};

// Adds the state to one that may not be there yet.
void JoinInto(std::optional<ShellState>& into, const std::optional<ShellState>& state);

// Where the script of a RUN begins.
ShellState StateAtStart(const RunContext& context, const ImageFiles& files);

// The word as its command sees it. A `~` in quotes is a name like any other.
Value Unquoted(const ShellWord& word);

// The questions a command asks about its words; outlives no replay.
class ShellView {
 public:
  ShellView(const RunContext& context, const ImageBuild& build)
      : context_(context), build_(build) {}

  // The path a word names: absolute, `~` and variables filled in, ${NAME} for the unknown.
  std::string PathOf(const Value& word, const ShellState& state) const;
  // A word with what is known of it filled in.
  std::string TextOf(const Value& word, const ShellState& state) const;
  // The same for a variable; none if it is not known.
  std::optional<std::string> TextOfVariable(std::string_view name, const ShellState& state) const;
  // What a word's text is made of. `substitutions` gives the output of each $(...) by its span.
  using Substitutions = std::vector<std::pair<Span, Content>>;
  Content ContentOf(const Value& word, const ShellState& state,
                    const Substitutions& substitutions) const;

  struct File {
    std::string name;  // the last segment
    Content content;
  };
  // The files that a path (or glob, or folder) names, as far as they are known.
  std::vector<File> FilesAt(const std::string& path, const ShellState& state) const;

  // The file of the build context that stands there, unchanged; none if another one may.
  std::optional<std::string> ContextFileAt(const std::string& path, const ShellState& state) const;

  // Where programs are found by their names, in the order that counts: the folders of PATH that
  // COPY or a RUN has put something into.
  std::vector<std::string> ProgramFolders(const ShellState& state) const;

  // Whether what is written there is in no layer: a mount, /dev, /proc, /sys.
  bool IsOutsideLayer(std::string_view path) const;
  // Whether `path` is known for a folder.
  bool IsFolder(std::string_view path, const ShellState& state) const;
  // The secret whose mount stands at exactly this path, or null.
  const DockerMount* SecretAt(std::string_view path) const;

 private:
  Content ContentOfVariable(const Hole& hole, const ShellState& state) const;
  Content ContentOfCreations(const ImageFiles::Creations& creations) const;
  void AddStageFiles(size_t mount, const std::string& path, std::vector<File>& files) const;
  std::string MountPath(const DockerMount& mount) const;

  const RunContext& context_;
  const ImageBuild& build_;
};

}  // namespace oakum
