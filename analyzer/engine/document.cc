#include "analyzer/engine/document.h"

namespace oakum {

const LineIndex& Document::lines() const {
  std::call_once(lines_once_, [this] { lines_ = std::make_unique<LineIndex>(source_->text()); });
  return *lines_;
}

const Facts& Document::facts() const {
  std::call_once(facts_once_,
                 [this] { facts_ = std::make_unique<Facts>(BuildFacts(*source_, language_)); });
  return *facts_;
}

}  // namespace oakum
