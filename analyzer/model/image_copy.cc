#include "analyzer/model/image_copy.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/context_source.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/image_context.h"
#include "analyzer/syntax/dockerfile_heredoc.h"

namespace oakum {
namespace {

// Of one COPY: more than a repository has.
constexpr size_t kMaxTakenAlong = 100;

class Copier {
 public:
  Copier(const DockerInstruction& copy, const CopyContext& context, ImageBuild& build,
         ImageFiles& files)
      : copy_(copy), context_(context), scope_(*context.scope), build_(build), files_(files) {}

  void Run() {
    if (copy_.arguments.size() < 2) return;
    ReadFlags();
    const std::string written = scope_.Resolve(copy_.arguments.back()).Describe();
    destination_ = ResolvePath(scope_.workdir(), written);
    to_folder_ = copy_.arguments.size() > 2 || written.ends_with('/') || written == "." ||
                 written.ends_with("/.") || written.ends_with("/..") || IsKnownFolder();
    for (size_t i = 0; i + 1 < copy_.arguments.size(); ++i) {
      if (build_.events.size() >= kMaxImageEvents) return;
      Source(copy_.arguments[i]);
    }
  }

 private:
  void ReadFlags() {
    if (const DockerFlag* chown = copy_.Flag("chown")) {
      owner_ = scope_.Resolve(chown->value).Describe();
    }
    const DockerFlag* chmod = copy_.Flag("chmod");
    if (!chmod) return;
    const std::string text = scope_.Resolve(chmod->value).Describe();
    uint32_t mode = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
    if (error == std::errc() && end == text.data() + text.size()) mode_ = mode;
  }

  bool IsKnownFolder() const {
    if (destination_ == "/" || destination_ == scope_.workdir() ||
        destination_ == scope_.RunHome()) {
      return true;
    }
    if (destination_ == "/root" || destination_ == "/tmp" || destination_ == "/etc") return true;
    const auto& all = files_.all();
    return std::any_of(all.begin(), all.end(), [this](const auto& entry) {
      return entry.first != destination_ && IsWithin(entry.first, destination_);
    });
  }

  std::string Target(std::string_view name) const {
    if (!to_folder_) return destination_;
    return (destination_ == "/" ? "" : destination_) + "/" + std::string(name);
  }

  FileEvent NewEvent(const MappedText& argument) const {
    FileEvent event;
    event.stage = context_.stage;
    event.instruction = context_.instruction;
    event.onbuild = context_.onbuild;
    event.span = argument.ToSource();
    event.instruction_span = copy_.span;
    event.user = scope_.user();
    event.origin_span = event.span;
    event.mode = mode_;
    event.owner = owner_;
    return event;
  }

  void Push(FileEvent event) {
    files_.Put(event.path, static_cast<uint32_t>(build_.events.size()));
    build_.events.push_back(std::move(event));
  }

  void Source(const MappedText& argument) {
    if (const DockerHeredoc* heredoc = HeredocOf(argument)) return Heredoc(argument, *heredoc);
    FileEvent event = NewEvent(argument);
    event.source = scope_.Resolve(argument).Describe();
    const bool remote = IsRemoteSource(event.source);
    if (remote && copy_.keyword == DockerKeyword::kCopy) return;  // the build ends here
    if (context_.from_files) return FromStage(event);
    if (context_.foreign) return FromUnseen(std::move(event));
    if (remote) {
      event.origin = FileOrigin::kUrl;
      if (!event.mode) event.mode = 0600;
      const std::string_view whole = event.source;
      event.path = Target(BaseName(whole.substr(0, whole.find_first_of("?#"))));
    } else {
      event.origin = FileOrigin::kContext;
      for (const DockerFlag& flag : copy_.flags) {
        if (flag.name == "exclude") {
          event.excludes.push_back(scope_.Resolve(flag.value).Describe());
        }
      }
      const bool slash = event.source.ends_with('/');
      event.source = ContextPathOf(event.source);
      // The content of a folder goes into the destination, a file goes under its own name; which it
      // is the Dockerfile does not say.
      event.folder = event.source == "." || slash || IsFolderOfContext(event.source);
      event.path = event.folder ? destination_ : Target(BaseName(event.source));
      if (!context_.onbuild) return TakeAlong(std::move(event));
    }
    Push(std::move(event));
  }

  // A folder that only what is written into the context before the build makes is one, too.
  bool IsFolderOfContext(std::string_view source) const {
    const ContextView* context = context_.files;
    if (context == nullptr) return false;
    if (context->is_folder(source)) return true;
    if (!context->credentials) return false;
    const std::vector<std::string>& files = context->credentials();
    return std::any_of(files.begin(), files.end(), [source](const std::string& file) {
      return !PathBelow(file, source).empty();
    });
  }

  // The credential files of a folder each have a creation of their own behind the folder's.
  void TakeAlong(FileEvent event) {
    const auto whole = static_cast<uint32_t>(build_.events.size());
    const bool several = event.folder || IsPattern(event.source);
    Push(std::move(event));
    if (!several || context_.files == nullptr || !context_.files->credentials) return;
    size_t taken = 0;
    for (const std::string& path : context_.files->credentials()) {
      if (!TakesAlong(build_.events[whole], path)) continue;
      if (++taken > kMaxTakenAlong || build_.events.size() >= kMaxImageEvents) return;
      FileEvent file = build_.events[whole];
      file.folder = false;
      file.along = whole;
      file.path = PathInImage(file, path);
      file.source = path;
      Push(std::move(file));
    }
  }

  // BuildKit reads the last body for every marker of one name.
  const DockerHeredoc* HeredocOf(const MappedText& argument) const {
    const auto word = ParseDockerHeredoc(argument);
    if (!word || !*word) return nullptr;
    for (auto heredoc = copy_.heredocs.rbegin(); heredoc != copy_.heredocs.rend(); ++heredoc) {
      if (heredoc->name == (*word)->name) return &*heredoc;
    }
    return nullptr;
  }

  void Heredoc(const MappedText& argument, const DockerHeredoc& heredoc) {
    FileEvent event = NewEvent(argument);
    event.origin = FileOrigin::kHeredoc;
    event.source = heredoc.name;
    event.origin_span = heredoc.content.ToSource();
    event.content = heredoc.expand ? scope_.ReferText(heredoc.Body()) : Value(heredoc.Body());
    event.path = Target(heredoc.name);
    if (!event.mode) event.mode = 0644;
    Push(std::move(event));
  }

  struct StageFile {
    std::string path;
    const ImageFiles::Creations* creations;
  };

  // The files of the other stage at `source` and below. A home that is not known is the one that
  // everybody's is by default, if the COPY names that: there is such a folder then.
  std::vector<StageFile> FilesOfStage(const std::string& source) const {
    std::vector<StageFile> found;
    const ImageFiles& files = *context_.from_files;
    for (std::string& path : files.Matching(source, true)) {
      const ImageFiles::Creations* creations = files.At(path);
      found.push_back({std::move(path), creations});
    }
    constexpr std::string_view kHome = "${HOME}/";
    for (const auto& [path, creations] : files.all()) {
      if (!path.starts_with(kHome)) continue;
      const std::string& user = build_.events[*creations.begin()].user;
      if (user.find_first_not_of("0123456789") == user.npos || user[0] == '$') continue;
      std::string usual = "/home/" + user + path.substr(kHome.size() - 1);
      if (IsWithin(usual, source)) found.push_back({std::move(usual), &creations});
    }
    return found;
  }

  // Every file that is known to lie there comes along.
  void FromStage(const FileEvent& base) {
    const std::string source = ResolvePath("/", base.source);
    const std::vector<StageFile> known = FilesOfStage(source);
    if (known.empty()) return FromUnseen(base);
    for (const StageFile& file : known) {
      const std::string& path = file.path;
      std::string target = Target(BaseName(path));
      if (path == source && IsFolder(*file.creations)) {
        target = destination_;
      } else if (path != source && IsWithin(path, source)) {
        const size_t below = source == "/" ? 0 : source.size();
        target = (destination_ == "/" ? "" : destination_) + path.substr(below);
      }
      for (const uint32_t creation : *file.creations) {
        if (build_.events.size() >= kMaxImageEvents) return;
        FileEvent event = base;
        event.origin = FileOrigin::kStage;
        event.carries = creation;
        event.content = build_.events[creation].content;
        event.folder = build_.events[creation].folder;
        if (!event.mode) event.mode = build_.events[creation].mode;
        event.path = target;
        Push(std::move(event));
      }
    }
  }

  bool IsFolder(const ImageFiles::Creations& creations) const {
    return std::any_of(creations.begin(), creations.end(),
                       [this](uint32_t creation) { return build_.events[creation].folder; });
  }

  // Of a file that no line of this Dockerfile makes nothing is known; its name may say enough.
  void FromUnseen(FileEvent event) {
    event.source = ResolvePath("/", event.source);
    const std::optional<CredentialFile> file = CredentialFileAt(event.source);
    if (!file || !file->certain) return;
    event.origin = FileOrigin::kStage;
    event.path = Target(BaseName(event.source));
    Push(std::move(event));
  }

  const DockerInstruction& copy_;
  const CopyContext& context_;
  const DockerScope& scope_;
  ImageBuild& build_;
  ImageFiles& files_;
  std::string destination_;
  bool to_folder_ = false;
  std::string owner_;
  std::optional<uint32_t> mode_;
};

}  // namespace

void ReplayCopy(const DockerInstruction& copy, const CopyContext& context, ImageBuild& build,
                ImageFiles& files) {
  Copier(copy, context, build, files).Run();
}

}  // namespace oakum
