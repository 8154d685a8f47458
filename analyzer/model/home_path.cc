#include "analyzer/model/home_path.h"

#include <string_view>
#include <utility>

namespace oakum {

std::string HomePath(const Value& path) {
  std::string text = path.Describe();
  if (text.starts_with("~/")) return "${HOME}" + text.substr(1);
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"${env.HOME}/", "${HOME}/"}, {"${runner.temp}/", "${RUNNER_TEMP}/"}};
  for (const auto& [written, name] : kNames) {
    if (text.starts_with(written)) return text.replace(0, written.size(), name);
  }
  return text;
}

}  // namespace oakum
