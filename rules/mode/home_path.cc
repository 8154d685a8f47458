#include "rules/mode/home_path.h"

namespace oakum {

std::string HomePath(const Value& path) {
  std::string text = path.Describe();
  if (text.starts_with("~/")) return "${HOME}" + text.substr(1);
  return text;
}

}  // namespace oakum
