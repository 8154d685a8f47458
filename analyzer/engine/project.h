// All documents of a run, and the questions that only several of them together answer.
//
// Paths are relative to the root. Documents are sorted by path and never change once the Project is
// built; lookups by path see the documents, and Exists()/ModeOf() also files that no front end
// read.
//
// Thread-safety: every method may be called from several threads at once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"

namespace oakum {

class Project {
 public:
  explicit Project(std::vector<std::unique_ptr<Document>> documents);

  const std::vector<std::unique_ptr<Document>>& documents() const { return documents_; }
  // The document at this cleaned path, or null.
  const Document* Find(std::string_view path) const;
  // The documents of one language, in path order.
  std::vector<const Document*> Of(Language language) const;

 private:
  std::vector<std::unique_ptr<Document>> documents_;  // by path
  std::map<std::string, const Document*, std::less<>> by_path_;
};

}  // namespace oakum
