// What building a Dockerfile does to files: which path comes into which layer, from where, with
// what mode and owner, and what later instructions do to it.
//
// Every stage is replayed in order as BuildKit would (dockerfile.md 1.10, 2.1): WORKDIR, USER, ARG
// and ENV as they stand at each line, relative destinations, `COPY --from` of a folder that holds a
// file, the shell of each RUN with its variables, pipes and branches (image_run.h). The result is
// one list of events; an event refers to earlier ones by index. An rm or chmod of a later
// instruction is an event about a file and never takes it out of its layer.
//
// Paths are absolute and clean. What the file does not tell is a ${NAME} in the path: such paths
// are equal to themselves and to nothing else. What cannot be followed has no event: rules stay
// silent.
//
// Indices stay valid for the life of the model. Budgets: see kMaxImageEvents.
//
// Thread-safety: immutable after BuildImage() returns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

inline constexpr size_t kMaxImageEvents = 5000;

// Where the bytes of a file come from.
enum class FileOrigin {
  kContext,      // a file or folder of the build context
  kUrl,          // ADD of a URL
  kHeredoc,      // COPY or ADD <<EOF
  kStage,        // COPY --from
  kSecretMount,  // the content of a secret mount
  kSecretEnv,    // a secret given as a variable
  kBuildArg,     // text made from an ARG
  kLiteral,      // text of the Dockerfile
  kUnknown,
};

enum class FileAction { kCreate, kMode, kOwner, kRemove };

inline constexpr uint32_t kNone = UINT32_MAX;

struct FileEvent {
  FileAction action = FileAction::kCreate;
  std::string path;
  bool folder = false;  // a whole folder, or a file that is not told from one
  uint32_t stage = 0;
  uint32_t instruction = 0;  // in the file; the same number means the same layer
  bool in_run = false;       // a command of a RUN, not COPY or ADD
  bool onbuild = false;      // happens in builds FROM this image
  Span span;                 // the source word of COPY, or the command
  Span instruction_span;
  std::string user;  // that the instruction runs as; "" for root by default

  // kCreate
  FileOrigin origin = FileOrigin::kUnknown;
  std::string source;                 // as written: a context path, a secret's id, an ARG's name
  std::vector<std::string> excludes;  // kContext: patterns of COPY --exclude, below the source
  Span origin_span;                   // where the content enters: the mount, the ARG, the heredoc
  Value content;                      // kHeredoc, kLiteral: the text
  uint32_t carries = kNone;  // kStage: the event of the other stage that this one brings along
  std::optional<uint32_t> mode;
  std::string owner;  // as written; "" is the user of the instruction, root for COPY
  // Still there when the instruction ends. False for what the same RUN removes on every way
  // through.
  bool in_layer = true;

  // kMode, kOwner, kRemove: the creations it is about; empty if it hits no known file.
  std::vector<uint32_t> about;
};

struct ImageStage {
  std::string name;            // lower case; empty if it has none
  std::string base;            // as resolved; the name of a stage or an image
  uint32_t parent = kNone;     // the stage of the file it is built FROM
  std::vector<uint32_t> uses;  // earlier stages that COPY --from and mounts read
  Span span;                   // the FROM
  bool in_image = false;       // the last stage or one that it is built FROM
  std::string user;            // at the end of the stage
  std::string workdir;

  // For messages: the name, or the number.
  std::string Label(uint32_t index) const;
};

struct ImageBuild {
  std::vector<ImageStage> stages;
  std::vector<FileEvent> events;  // in the order they happen
  bool complete = true;           // false when a budget ran out

  // Later events that are about this creation, in order.
  std::vector<uint32_t> Later(uint32_t creation) const;
  // Removals after it, in its stage or one built FROM it, of another file of the same name.
  std::vector<uint32_t> MisdirectedRemovals(uint32_t creation) const;
  // The creation in a stage of the image that carries this one's content there, itself included; or
  // kNone if it stays in a builder stage.
  uint32_t ReachesImage(uint32_t creation) const;
  // The same for the image that a build with this stage as its target makes.
  uint32_t Reaches(uint32_t creation, uint32_t target) const;
  // Whether a build of `target` builds `stage`: BuildKit leaves out what nothing asks for.
  bool Needs(uint32_t target, uint32_t stage) const;
  // By number, or by name in lower case, the last of several; or kNone.
  uint32_t StageNamed(std::string_view name) const;
};

ImageBuild BuildImage(const Dockerfile& dockerfile);

}  // namespace oakum
