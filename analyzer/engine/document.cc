#include "analyzer/engine/document.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/engine/context_view.h"
#include "analyzer/engine/module_link.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/gitlab_files.h"
#include "analyzer/syntax/dockerfile.h"

namespace oakum {
namespace {

// The text of a module with those of the ones it was understood with, each at its offset.
std::unique_ptr<Source> Joined(const Source& source, const std::vector<TextPart>& parts) {
  std::string text(source.text());
  for (const TextPart& part : parts) {
    text.resize(part.begin, '\n');
    text += part.source->text();
  }
  return std::make_unique<Source>(source.path(), std::move(text));
}

}  // namespace

const LineIndex& Document::lines() const {
  std::call_once(lines_once_, [this] { lines_ = std::make_unique<LineIndex>(source_->text()); });
  return *lines_;
}

const Facts& Document::facts() const {
  std::call_once(facts_once_, [this] {
    ModuleFinder modules;
    if (project_ && joins_) {
      const auto find = language_ == Language::kPython ? FindModule : FindIncluded;
      modules = [this, find](std::string_view importer, std::string_view module) {
        return find(*project_, importer, module);
      };
    }
    facts_ = std::make_unique<Facts>(BuildFacts(*source_, language_, modules));
    if (!facts_->parts.empty()) joined_ = Joined(*source_, facts_->parts);
  });
  return *facts_;
}

const Source& Document::source() const {
  if (project_ && joins_) facts();
  return joined_ ? *joined_ : *source_;
}

Location Document::InFile(const Location& location) const {
  if (!joined_ || location.source != joined_.get()) return location;
  Location result{source_.get(), location.span};
  for (const TextPart& part : facts_->parts) {
    if (location.span.begin < part.begin) break;
    result = {part.source, {location.span.begin - part.begin, location.span.end - part.begin}};
  }
  return result;
}

bool Document::MayJoin(const Source& source, Language language) {
  return language == Language::kPython ||
         (language == Language::kYaml && MayIncludeFiles(source.text()));
}

const Document::Image* Document::Replay() const {
  if (language_ != Language::kDockerfile) return nullptr;
  std::call_once(image_once_, [this] {
    const Dockerfile dockerfile = ParseDockerfile(source_->body());
    Image image;
    if (project_ != nullptr) {
      const ContextView context = ContextOf(*project_, *this);
      image.build = BuildImage(dockerfile, &context);
    } else {
      image.build = BuildImage(dockerfile);
    }
    image.config = BuildImageConfig(dockerfile, facts(), image.build);
    image_ = std::make_unique<const Image>(std::move(image));
  });
  return image_.get();
}

const ImageBuild* Document::image() const {
  const Image* image = Replay();
  return image == nullptr ? nullptr : &image->build;
}

const ImageConfig* Document::image_config() const {
  const Image* image = Replay();
  return image == nullptr ? nullptr : &image->config;
}

}  // namespace oakum
