#include "analyzer/model/command.h"

#include "analyzer/base/path.h"

namespace oakum {

std::string_view ProgramName(const Value& word) {
  const std::string_view text = word.text();
  if (word.is_literal()) return BaseName(text);
  const size_t slash = text.rfind('/');
  if (slash == text.npos || word.holes().back().position > slash) return {};
  return text.substr(slash + 1);
}

std::string_view Command::Program() const {
  return argv.empty() ? std::string_view() : ProgramName(argv[0]);
}

}  // namespace oakum
