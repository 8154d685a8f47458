#include "analyzer/model/compose_command.h"

#include "analyzer/base/one_of.h"

namespace oakum {

std::optional<ComposeCommand> ComposeCommandOf(const Command& command) {
  const std::string_view program = command.Program();
  const auto word = [&command](size_t at) {
    return at < command.argv.size() ? command.argv[at].text() : std::string_view();
  };
  size_t i = 1;
  if (IsOneOf(program, {"docker", "podman", "nerdctl"})) {
    if (word(1) != "compose") return std::nullopt;
    i = 2;
  } else if (!IsOneOf(program, {"docker-compose", "podman-compose"})) {
    return std::nullopt;
  }
  ComposeCommand compose;
  for (; i < command.argv.size() && word(i).starts_with('-'); ++i) {
    constexpr std::string_view kFile = "--file=";
    if (word(i).starts_with(kFile)) {
      compose.file = command.argv[i].Slice(static_cast<uint32_t>(kFile.size()));
    }
    if (IsOneOf(word(i), {"-f", "--file"}) && i + 1 < command.argv.size()) {
      compose.file = command.argv[i + 1];
    }
    const bool alone = IsOneOf(
        word(i), {"--all-resources", "--compatibility", "--dry-run", "--verbose", "--no-ansi"});
    if (!alone && word(i).find('=') == std::string_view::npos) ++i;
  }
  if (i >= command.argv.size()) return std::nullopt;
  compose.subcommand = word(i);
  compose.behind = i + 1;
  return compose;
}

}  // namespace oakum
