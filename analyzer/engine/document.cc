#include "analyzer/engine/document.h"

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/engine/context_folders.h"
#include "analyzer/engine/project.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {
namespace {

ContextView ContextOf(const Project& project, const Document& dockerfile) {
  ContextView context;
  const std::vector<std::string> folders = ContextFolders(dockerfile);
  context.is_folder = [&project, folders](std::string_view path) {
    for (const std::string& folder : folders) {
      const std::string whole = JoinPath(folder, path);
      if (project.Exists(whole)) return false;
      if (!project.FilesBelow(whole).empty()) return true;
    }
    return false;
  };
  context.file = [&project, &dockerfile](std::string_view path) -> const Source* {
    constexpr size_t kMaxScript = 256 << 10;
    const Document* found = FindInContext(project, dockerfile, path);
    const bool small = found && found->source().text().size() <= kMaxScript;
    return small ? &found->source() : nullptr;
  };
  return context;
}

}  // namespace

const LineIndex& Document::lines() const {
  std::call_once(lines_once_, [this] { lines_ = std::make_unique<LineIndex>(source_->text()); });
  return *lines_;
}

const Facts& Document::facts() const {
  std::call_once(facts_once_,
                 [this] { facts_ = std::make_unique<Facts>(BuildFacts(*source_, language_)); });
  return *facts_;
}

const ImageBuild* Document::image(const Project& project) const {
  if (!facts().image) return nullptr;
  std::call_once(image_once_, [&] {
    const ContextView context = ContextOf(project, *this);
    image_ = std::make_unique<ImageBuild>(BuildImage(ParseDockerfile(source_->body()), &context));
  });
  return image_.get();
}

}  // namespace oakum
