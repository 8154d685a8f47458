#include "analyzer/model/command.h"

#include "analyzer/base/path.h"

namespace oakum {

std::string_view Command::Program() const {
  if (argv.empty() || !argv[0].is_literal()) return {};
  return BaseName(argv[0].text());
}

}  // namespace oakum
