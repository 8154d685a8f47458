// OAK201: COPY or ADD of a credential file into a layer, whether or not a later RUN removes it.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/path.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

// Parts of the names of files that stand for the real ones.
constexpr std::array<std::string_view, 8> kSampleWords = {"example", "sample", "template", "tmpl",
                                                          ".tpl",    ".j2",    ".dist",    "dummy"};

// What is known of the file that is copied.
struct Judgement {
  CredentialFile file;
  bool suspected = false;  // a folder of credentials whose content is not in the tree
};

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

// The folders a context may start at: the Dockerfile's own and those above it.
std::vector<std::string> ContextFolders(const Document& document) {
  std::vector<std::string> folders;
  std::string_view folder = ParentPath(document.path());
  for (; !folder.empty() && folder != "/"; folder = ParentPath(folder))
    folders.emplace_back(folder);
  folders.emplace_back();
  return folders;
}

class Judge {
 public:
  Judge(const Project& project, const Document& document, const FileEvent& event)
      : project_(project), document_(document), event_(event) {}

  std::optional<Judgement> Run() const {
    if (event_.origin == FileOrigin::kHeredoc) return OfHeredoc();
    if (event_.origin != FileOrigin::kContext || event_.folder) return std::nullopt;
    const std::string_view source = WithoutGlob(event_.source);
    const std::string_view base = BaseName(source);
    if (base == ".ssh" || base == ".aws") return OfFolder(source);
    std::optional<CredentialFile> file = CredentialFileAt(source);
    const bool by_source = file.has_value();
    if (!file) file = CredentialFileAt(WithoutGlob(event_.path));
    if (!file) return std::nullopt;
    if (const Document* found = Find(source)) {
      if (!HoldsCredential(file->kind, Value(found->source().body()))) return std::nullopt;
      return Judgement{*file};
    }
    if (!file->certain || (!by_source && IsSample(source))) return std::nullopt;
    return Judgement{*file};
  }

 private:
  const Document* Find(std::string_view source) const {
    for (const std::string& folder : ContextFolders(document_)) {
      if (const Document* found = project_.Find(JoinPath(folder, source))) return found;
    }
    return nullptr;
  }

  std::optional<Judgement> OfHeredoc() const {
    const std::optional<CredentialFile> file = CredentialFileAt(event_.path);
    if (!file || !HoldsCredential(file->kind, event_.content)) return std::nullopt;
    return Judgement{*file};
  }

  // Files of the tree below the folder tell; where there are none its name must do.
  std::optional<Judgement> OfFolder(std::string_view source) const {
    bool present = false;
    for (const std::string& folder : ContextFolders(document_)) {
      const std::string prefix = JoinPath(folder, source) + "/";
      for (const auto& other : project_.documents()) {
        if (!std::string_view(other->path()).starts_with(prefix)) continue;
        present = true;
        const std::optional<CredentialFile> file = CredentialFileAt(other->path());
        if (file && HoldsCredential(file->kind, Value(other->source().body()))) {
          return Judgement{*file};
        }
      }
    }
    if (present) return std::nullopt;
    const bool ssh = BaseName(source) == ".ssh";
    return Judgement{*CredentialFileAt(ssh ? ".ssh/id_rsa" : ".aws/credentials"), true};
  }

  const Project& project_;
  const Document& document_;
  const FileEvent& event_;
};

std::string Message(const LayerSteps& steps, const Judgement& judgement) {
  const std::string_view name = judgement.file.description;
  const bool vowel =
      name.starts_with("SSH") || name.find_first_of("AEIOUaeiou") == 0 || name.starts_with("npm");
  const std::string subject = fmt::format("{}{} {}", judgement.suspected ? "What is likely a" : "A",
                                          vowel ? "n" : "", name);
  std::string message;
  if (steps.event().onbuild) {
    message = subject + " is put into a layer of every image that is built FROM this one.";
  } else if (steps.in_image()) {
    message = subject +
              " is put into a layer of the image. Whoever can pull the image can read it there.";
  } else {
    message = subject + steps.BuilderSentence("is put into");
  }
  return message + steps.RemovalSentence();
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.facts().image.get();
  if (!image) return;
  for (uint32_t i = 0; i < image->events.size(); ++i) {
    const FileEvent& event = image->events[i];
    if (event.action != FileAction::kCreate || event.in_run) continue;
    const std::optional<Judgement> judgement = Judge(project, document, event).Run();
    if (!judgement) continue;
    const LayerSteps steps(project, document, i);
    Finding finding;
    finding.rule = &rule;
    const bool weaker = !steps.exposed() || judgement->suspected;
    finding.severity = weaker ? Severity::kWarning : Severity::kError;
    finding.message = Message(steps, *judgement);
    finding.where = {&document.source(), event.span};
    finding.steps = steps.Build(fmt::format("the {} enters the layer here, as {}",
                                            judgement->file.description, event.path));
    finding.help = steps.MountAdvice(judgement->file.kind);
    finding.anchor =
        fmt::format("stage {}/COPY {} {}", steps.stage_label(), event.source, event.path);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kCredentialFileInLayer = {
    .code = "OAK201",
    .name = "credential-file-in-layer",
    .severity = Severity::kError,
    .summary = "COPY or ADD puts a credential file into an image layer.",
    .check_document = Check,
};

}  // namespace oakum
