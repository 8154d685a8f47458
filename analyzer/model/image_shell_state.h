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
#include "analyzer/syntax/dockerfile_mount.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

// A text and where it comes from.
struct Content {
  FileOrigin origin = FileOrigin::kUnknown;
  std::string source;            // a secret's id, a context path, an ARG's name
  Span where;                    // the mount, the ARG, the literal
  Value text;                    // kLiteral and kHeredoc
  std::optional<uint32_t> mode;  // of the file it was read from

  bool IsSecret() const {
    return origin == FileOrigin::kSecretMount || origin == FileOrigin::kSecretEnv;
  }
};

// The more telling of two.
const Content& Stronger(const Content& a, const Content& b);

// One RUN, as its script is replayed.
struct RunContext {
  const DockerScope* scope = nullptr;
  std::vector<DockerMount> mounts;
  uint32_t stage = 0;
  uint32_t instruction = 0;
  bool onbuild = false;
  bool exit_on_error = false;  // SHELL [..., "-e", ...]
  Span span;
};

struct ShellState {
  ImageFiles files;
  std::set<std::string, std::less<>> folders;  // made by mkdir
  std::map<std::string, Content, std::less<>> variables;
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

  // Whether what is written there is in no layer: a mount, /dev, /proc, /sys.
  bool IsOutsideLayer(std::string_view path) const;
  // Whether `path` is known for a folder.
  bool IsFolder(std::string_view path, const ShellState& state) const;
  // The secret whose mount stands at exactly this path, or null.
  const DockerMount* SecretAt(std::string_view path) const;

 private:
  Content ContentOfVariable(std::string_view name, Span reference, const ShellState& state) const;
  std::string MountPath(const DockerMount& mount) const;

  const RunContext& context_;
  const ImageBuild& build_;
};

}  // namespace oakum
