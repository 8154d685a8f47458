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
#include "analyzer/model/docker_scope.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {

struct ContextView;

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

inline constexpr uint32_t kNoIndex = UINT32_MAX;

struct FileEvent {
  FileAction action = FileAction::kCreate;
  std::string path;
  bool folder = false;  // a whole folder, or a file that is not told from one
  uint32_t stage = 0;
  uint32_t instruction = 0;  // in the file; the same number means the same layer
  bool in_run = false;       // a command of a RUN, not COPY or ADD
  bool onbuild = false;      // happens in builds FROM this image
  Span span;                 // the source word of COPY, or the command
  // The file of the context whose command does it, and that command there; `span` is then the call
  // of the script. Empty for the Dockerfile's own.
  std::string script;
  Span script_span;
  Span instruction_span;
  std::string user;  // that the instruction runs as; "" for root by default

  // kCreate
  FileOrigin origin = FileOrigin::kUnknown;
  std::string source;                 // as written: a context path, a secret's id, an ARG's name
  std::vector<std::string> excludes;  // kContext: patterns of COPY --exclude, below the source
  // kContext: the creation of the folder or pattern that took this credential file along; `source`
  // is then the file's own path.
  uint32_t along = kNoIndex;
  Span origin_span;  // where the content enters: the mount, the ARG, the heredoc
  Value content;     // the text as far as it is known, with holes for what is not
  // The creation whose content this is: of another stage (kStage), or of the file that a cp or mv
  // of a RUN read.
  uint32_t carries = kNoIndex;
  uint32_t appends = kNoIndex;  // the creation at this path that the text was added to
  // The command that wrote its own state file: "wandb login". Empty for what the shell wrote.
  std::string tool;
  bool in_uri = false;  // `tool`: the secret is part of a URI that the command line gives
  std::optional<uint32_t> mode;
  std::string owner;  // as written; "" is the user of the instruction, root for COPY
  // Still there when the instruction ends. False for what the same RUN removes on every way
  // through.
  bool in_layer = true;

  // kMode, kOwner, kRemove: the creations it is about; empty if it hits no known file.
  std::vector<uint32_t> about;
  std::string mode_text;  // kMode: as written, "600" or "go-rwx"
};

// What stands at a path; several creations where a RUN branches.
struct StandingFile {
  std::string path;
  std::vector<uint32_t> creations;
};

struct ImageStage {
  std::string name;            // lower case; empty if it has none
  std::string base;            // as resolved; the name of a stage or an image
  uint32_t parent = kNoIndex;  // the stage of the file it is built FROM
  std::vector<uint32_t> uses;  // earlier stages that COPY --from and mounts read
  Span span;                   // the FROM
  bool in_image = false;       // the last stage or one that it is built FROM
  // Of the image that it is built FROM, where another Dockerfile of the tree makes that: as it is
  // there at the end. Lives as long as that document.
  const DockerScope* base_scope = nullptr;
  // At the end of the stage.
  std::string user;
  std::string workdir;
  std::string home;                 // as DockerScope::RunHome()
  std::vector<StandingFile> files;  // by path
  std::optional<DockerScope> scope;

  // For messages: the name, or the number.
  std::string Label(uint32_t index) const;
};

struct ImageBuild {
  std::vector<ImageStage> stages;
  std::vector<FileEvent> events;  // in the order they happen
  bool complete = true;           // false when a budget ran out

  // The text of the file once this creation has been added to what was there.
  Value TextOf(uint32_t creation) const;
  // The creation that the bytes come from, in this stage or another.
  uint32_t Origin(uint32_t creation) const;
  // Mode and owner at the end of its stage; the mode is none where it is not known.
  std::optional<uint32_t> FinalMode(uint32_t creation) const;
  std::string FinalOwner(uint32_t creation) const;
  // Later events that are about this creation, in order.
  std::vector<uint32_t> Later(uint32_t creation) const;
  // Removals after it, in its stage or one built FROM it, of another file of the same name.
  std::vector<uint32_t> MisdirectedRemovals(uint32_t creation) const;
  // The creation in a stage of the image that carries this one's content there, itself included; or
  // kNoIndex if it stays in a builder stage.
  uint32_t ReachesImage(uint32_t creation) const;
  // The same for the image that a build with this stage as its target makes.
  uint32_t Reaches(uint32_t creation, uint32_t target) const;
  // Whether a build of `target` builds `stage`: BuildKit leaves out what nothing asks for.
  bool Needs(uint32_t target, uint32_t stage) const;
  // By number, or by name in lower case, the last of several; or kNoIndex.
  uint32_t StageNamed(std::string_view name) const;
};

// Without a context (image_context.h) it is not known which sources of COPY are folders, what
// credential files they hold, nor what scripts of the context do.
ImageBuild BuildImage(const Dockerfile& dockerfile, const ContextView* files = nullptr);

}  // namespace oakum
