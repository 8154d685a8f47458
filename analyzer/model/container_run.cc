#include "analyzer/model/container_run.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace oakum {

namespace {

// Whether the command starts something in a container.
bool Starts(const Command& command) {
  constexpr std::string_view kPrograms[] = {"docker", "docker-compose", "nerdctl", "podman"};
  constexpr std::string_view kVerbs[] = {"create", "exec", "run"};
  const auto has = [](const auto& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
  };
  if (!has(kPrograms, command.Program())) return false;
  constexpr size_t kWords = 4;  // docker compose -f FILE run
  const size_t end = std::min(command.argv.size(), kWords + 1);
  for (size_t i = 1; i < end; ++i) {
    if (has(kVerbs, command.argv[i].text())) return true;
  }
  return false;
}

}  // namespace

std::vector<Assignment> ContainerVariablesOf(const Command& command) {
  std::vector<Assignment> variables;
  if (!Starts(command)) return variables;
  for (size_t i = 2; i < command.argv.size(); ++i) {
    const std::string_view text = command.argv[i].text();
    constexpr std::string_view kGlued = "--env=";
    Value entry;
    if ((text == "-e" || text == "--env") && i + 1 < command.argv.size()) {
      entry = command.argv[++i];
    } else if (text.starts_with(kGlued)) {
      entry = command.argv[i].Slice(static_cast<uint32_t>(kGlued.size()));
    }
    const size_t equals = entry.text().find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    variables.push_back({std::string(entry.text().substr(0, equals)),
                         entry.Slice(static_cast<uint32_t>(equals + 1)), entry.ToSource()});
  }
  return variables;
}

}  // namespace oakum
