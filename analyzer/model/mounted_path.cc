#include "analyzer/model/mounted_path.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace oakum {

namespace {

constexpr auto kPrograms = std::to_array<std::string_view>({"docker", "nerdctl", "podman"});

// The target of `type=bind,source=...,target=/path`; empty if there is none.
Value TargetOfMount(const Value& mount) {
  const std::string_view text = mount.text();
  for (uint32_t begin = 0; begin < text.size();) {
    const auto end = static_cast<uint32_t>(std::min(text.find(',', begin), text.size()));
    const std::string_view field = text.substr(begin, end - begin);
    for (const std::string_view key : {"target=", "dst=", "destination="}) {
      if (field.starts_with(key)) {
        return mount.Slice({begin + static_cast<uint32_t>(key.size()), end});
      }
    }
    begin = end + 1;
  }
  return {};
}

bool StartsContainer(const Command& command) {
  const std::string_view program = command.Program();
  if (std::find(kPrograms.begin(), kPrograms.end(), program) == kPrograms.end()) return false;
  return std::any_of(command.argv.begin(), command.argv.end(), [](const Value& word) {
    return word.text() == "run" || word.text() == "create";
  });
}

}  // namespace

Value TargetOfVolume(const Value& volume) {
  const std::string_view text = volume.text();
  const size_t colon = text.find(":/");
  if (colon == text.npos) return {};
  const auto begin = static_cast<uint32_t>(colon) + 1;
  const auto end = static_cast<uint32_t>(std::min(text.find(':', begin), text.size()));
  return volume.Slice({begin, end});
}

std::vector<MountedPath> MountedPathsOf(const Command& command) {
  std::vector<MountedPath> paths;
  if (!StartsContainer(command)) return paths;
  const auto add = [&paths](std::string_view option, const Value& value) {
    Value path;
    if (option == "-v" || option == "--volume") path = TargetOfVolume(value);
    if (option == "--mount") path = TargetOfMount(value);
    const Span span = value.ToSource();
    if (!path.empty()) paths.push_back({std::move(path), span, {}});
  };
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const size_t equals = word.text().find('=');
    if (word.text().starts_with("--") && equals != std::string_view::npos) {
      add(word.text().substr(0, equals), word.Slice(static_cast<uint32_t>(equals) + 1));
    } else if (i + 1 < command.argv.size()) {
      add(word.text(), command.argv[i + 1]);
    }
  }
  return paths;
}

}  // namespace oakum
