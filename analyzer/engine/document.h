// One input and what it means, computed at most once and only when asked for.
//
// Thread-safety: every method may be called from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "analyzer/base/line_index.h"
#include "analyzer/base/source.h"
#include "analyzer/engine/finding.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_config.h"
#include "analyzer/model/language.h"

namespace oakum {

// What git says of a file; kTracked also where there is no repository to ask.
// kLink: a symbolic link to a file of the tree, named as the link is.
enum class Tracking { kTracked, kUntracked, kIgnored, kLink };

class Project;

class Document {
 public:
  Document(std::unique_ptr<Source> source, Language language, uint32_t mode = 0,
           Tracking tracking = Tracking::kTracked)
      : source_(std::move(source)),
        language_(language),
        mode_(mode),
        tracking_(tracking),
        joins_(MayJoin(*source_, language)) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  // The text that facts() speaks of: the file, and behind it the modules it was understood with.
  const Source& source() const;
  // The file alone.
  const Source& file() const { return *source_; }
  // A place of source() as one of a file.
  Location InFile(const Location& location) const;
  const std::string& path() const { return source_->path(); }
  Language language() const { return language_; }
  // Permission bits on disk; 0 if unknown (standard input, an editor's buffer).
  uint32_t mode() const { return mode_; }
  // Whether it lies in a git repository whose index lacks it. Git records no permission bits but
  // the owner's execute bit, so the mode of a tracked file says nothing about the mode it has
  // elsewhere; outside of a repository nothing says whether this file is more than a copy.
  bool untracked() const { return tracking_ != Tracking::kTracked; }
  // Whether git ignores it, or it is a link: no rule looks at such a file for its own sake.
  bool ignored() const { return tracking_ == Tracking::kIgnored || link(); }
  bool link() const { return tracking_ == Tracking::kLink; }

  const LineIndex& lines() const;
  const Facts& facts() const;
  // Of a Dockerfile, else null: its image, replayed with what the project says of its build context
  // (context_view.h), and what its configuration and history say.
  const ImageBuild* image() const;
  const ImageConfig* image_config() const;

  // Whether other files may belong to what it means: those that a Python module imports or a
  // pipeline includes. It is understood once all of them are there.
  bool joins_others() const { return joins_; }
  // Lets facts() follow these, and image() see the build context. Before
  // anything else is asked; by the Project.
  void Join(const Project& project) { project_ = &project; }

 private:
  struct Image {
    ImageBuild build;
    ImageConfig config;
  };
  const Image* Replay() const;
  static bool MayJoin(const Source& source, Language language);

  const std::unique_ptr<Source> source_;
  const Language language_;
  const uint32_t mode_;
  const Tracking tracking_;
  const bool joins_;
  const Project* project_ = nullptr;
  mutable std::once_flag lines_once_;
  mutable std::unique_ptr<LineIndex> lines_;
  mutable std::once_flag facts_once_;
  mutable std::unique_ptr<Facts> facts_;
  mutable std::unique_ptr<Source> joined_;  // if facts_ has parts
  mutable std::once_flag image_once_;
  mutable std::unique_ptr<const Image> image_;
};

}  // namespace oakum
