#include "analyzer/engine/image_credentials.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/base/path.h"
#include "analyzer/engine/context_folders.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/file_mode.h"

namespace oakum {
namespace {

// Parts of the names of files that stand for the real ones.
constexpr std::array<std::string_view, 8> kSampleWords = {"example", "sample", "template", "tmpl",
                                                          ".tpl",    ".j2",    ".dist",    "dummy"};

// The name of the file as a user has it: `.netrc*` copies a .netrc that may be absent.
std::string_view WithoutGlob(std::string_view source) {
  while (source.ends_with('*') || source.ends_with('?')) source.remove_suffix(1);
  return source;
}

bool IsSample(std::string_view source) {
  const std::string_view name = BaseName(source);
  return std::any_of(kSampleWords.begin(), kSampleWords.end(),
                     [name](std::string_view word) { return name.find(word) != name.npos; });
}

}  // namespace

bool IsPublicFile(std::string_view path) {
  const std::string_view name = BaseName(path);
  return name.ends_with(".crt") || name.ends_with(".cer") || name.ends_with(".pub") ||
         name == "known_hosts" || path.find("ca-certificates") != path.npos ||
         path.starts_with("/etc/ssl/certs") || path.starts_with("/etc/pki/");
}

ImageCredentials::ImageCredentials(const Project& project, const Document& dockerfile)
    : project_(project), dockerfile_(dockerfile), image_(*dockerfile.image()) {
  for (WrittenCredential& written : WrittenCredentials(image_)) {
    const uint32_t creation = written.creation;
    written_.emplace(creation, std::move(written));
  }
}

std::optional<ImageCredential> ImageCredentials::At(uint32_t creation) const {
  const FileEvent& event = image_.events[creation];
  if (event.action != FileAction::kCreate || !event.in_layer) return std::nullopt;
  if (event.origin == FileOrigin::kStage) {
    if (event.carries != kNoIndex) return At(event.carries);
    const std::optional<CredentialFile> file = CredentialFileAt(event.source);
    return file ? std::optional(ImageCredential{*file}) : std::nullopt;
  }
  if (!event.in_run) return Copied(creation);
  const bool secret =
      event.origin == FileOrigin::kSecretMount || event.origin == FileOrigin::kSecretEnv;
  if (secret && event.tool.empty()) {
    if (IsPublicFile(event.path)) return std::nullopt;
    constexpr CredentialFile kSecret{CredentialFileKind::kToolToken, "build secret", true};
    return ImageCredential{CredentialFileAt(event.path).value_or(kSecret)};
  }
  if (const auto found = written_.find(creation); found != written_.end()) {
    constexpr CredentialFile kOther{CredentialFileKind::kToolToken, "credential", true};
    return ImageCredential{found->second.file.value_or(kOther), !found->second.certain};
  }
  // A copy of a file that another instruction put into a layer.
  const uint32_t origin = image_.Origin(creation);
  if (origin != creation && !image_.events[origin].in_run) return Copied(origin);
  return std::nullopt;
}

// By where the file ends up: its place in the image, or that of a copy a RUN makes of it.
std::optional<CredentialFile> ImageCredentials::FileOf(uint32_t creation) const {
  std::optional<CredentialFile> file = CredentialFileAt(WithoutGlob(image_.events[creation].path));
  for (uint32_t i = creation + 1; !file && i < image_.events.size(); ++i) {
    const FileEvent& event = image_.events[i];
    if (event.in_run && event.carries == creation) file = CredentialFileAt(event.path);
  }
  return file;
}

std::optional<ImageCredential> ImageCredentials::Copied(uint32_t creation) const {
  const FileEvent& event = image_.events[creation];
  if (event.origin == FileOrigin::kHeredoc) {
    const std::optional<CredentialFile> file = CredentialFileAt(event.path);
    if (!file || !HoldsCredential(file->kind, event.content)) return std::nullopt;
    return ImageCredential{*file};
  }
  if (event.origin != FileOrigin::kContext) return std::nullopt;
  if (event.along != kNoIndex) {
    constexpr CredentialFile kOther{CredentialFileKind::kToolToken, "credential file", true};
    return ImageCredential{CredentialFileAt(event.source).value_or(kOther)};
  }
  const std::string_view source = WithoutGlob(event.source);
  const std::string_view base = BaseName(source);
  if (base == ".ssh" || base == ".aws") return OfFolder(source);
  if (event.folder) return std::nullopt;
  std::optional<CredentialFile> file = CredentialFileAt(source);
  const bool by_source = file.has_value();
  if (!file) file = FileOf(creation);
  if (!file) return std::nullopt;
  if (const Document* found = FindInContext(project_, dockerfile_, source)) {
    if (!HoldsCredential(file->kind, Value(found->source().body()))) return std::nullopt;
    return ImageCredential{*file};
  }
  if (!by_source && IsSample(source)) return std::nullopt;
  if (file->certain) return ImageCredential{*file};
  if (!IsGuarded(creation)) return std::nullopt;
  return ImageCredential{*file, true};
}

// Whether the Dockerfile treats the file as a secret: closes it to others, or removes it by name.
bool ImageCredentials::IsGuarded(uint32_t creation) const {
  const FileEvent& file = image_.events[creation];
  if (file.mode && (*file.mode & 077) == 0) return true;
  const std::vector<uint32_t> later = image_.Later(creation);
  return std::any_of(later.begin(), later.end(), [&](uint32_t index) {
    const FileEvent& event = image_.events[index];
    if (event.action == FileAction::kRemove) return BaseName(event.path) == BaseName(file.path);
    if (event.action != FileAction::kMode) return false;
    const std::optional<uint32_t> mode = ApplyMode(event.mode_text, 0644);
    return mode && (*mode & 077) == 0;
  });
}

// Files of the tree below the folder tell; where there are none its name must do.
std::optional<ImageCredential> ImageCredentials::OfFolder(std::string_view source) const {
  bool present = false;
  for (const std::string& folder : ContextFolders(dockerfile_)) {
    const std::string path = JoinPath(folder, source);
    present |= !project_.FilesBelow(path).empty();
    for (const Document* below : project_.CredentialFilesBelow(path)) {
      const std::optional<CredentialFile> file = CredentialFileAt(below->path());
      if (file && HoldsCredential(file->kind, Value(below->source().body()))) {
        return ImageCredential{*file};
      }
    }
  }
  if (present) return std::nullopt;
  const bool ssh = BaseName(source) == ".ssh";
  return ImageCredential{*CredentialFileAt(ssh ? ".ssh/id_rsa" : ".aws/credentials"), true};
}

}  // namespace oakum
