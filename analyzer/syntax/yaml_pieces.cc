#include "analyzer/syntax/yaml_pieces.h"

#include <utility>

namespace oakum {

void YamlPieces::Verbatim(uint32_t begin, uint32_t end) {
  if (begin >= end) return;
  if (run_.empty()) {
    run_ = {begin, end};
  } else if (run_.end == begin) {
    run_.end = end;
  } else {
    Flush();
    run_ = {begin, end};
  }
  if (!single_) text_ += input_.text().substr(begin, end - begin);
}

void YamlPieces::Decoded(std::string_view text, Span range) {
  if (text.empty()) return;
  Flush();
  builder_.AppendDecoded(text, input_.ToSource(range));
  text_ += text;
}

void YamlPieces::Break(Span range) {
  if (range.size() == 1 && input_.text()[range.begin] == '\n') {
    Verbatim(range.begin, range.end);
  } else {
    Decoded("\n", range);
  }
}

std::string_view YamlPieces::text() const {
  return single_ ? input_.text().substr(run_.begin, run_.size()) : std::string_view(text_);
}

Value YamlPieces::Build() && {
  if (single_) return input_.Slice(run_);
  Flush();
  return std::move(builder_).Build();
}

void YamlPieces::Flush() {
  if (single_) {
    text_ = input_.text().substr(run_.begin, run_.size());
    single_ = false;
  }
  if (!run_.empty()) builder_.Append(input_.Slice(run_));
  run_ = {};
}

}  // namespace oakum
