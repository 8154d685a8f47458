#include "analyzer/model/build_request.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace oakum {

namespace {

// Options without a value; every other one takes the next word.
constexpr auto kSwitches = std::to_array<std::string_view>(
    {"--check", "--compress", "--debug", "--disable-content-trust", "--force-rm", "--load",
     "--no-cache", "--pull", "--push", "--quiet", "--rm", "--squash", "--squash-all", "-D", "-q"});

constexpr auto kPrograms =
    std::to_array<std::string_view>({"buildah", "docker", "nerdctl", "podman"});

// Index of the first word behind `build`, or 0.
size_t BehindBuild(const Command& command) {
  const std::string_view program = command.Program();
  if (std::find(kPrograms.begin(), kPrograms.end(), program) == kPrograms.end()) return 0;
  size_t i = 1;
  const auto word = [&command](size_t at) {
    return at < command.argv.size() ? command.argv[at].text() : std::string_view();
  };
  if (word(i) == "buildx" || word(i) == "image" || word(i) == "builder") ++i;
  return word(i) == "build" || word(i) == "b" || word(i) == "bud" ? i + 1 : 0;
}

void Take(std::string_view option, const Value& value, BuildRequest& request) {
  if (option == "--target") {
    request.target = TargetName(value);
    request.target_span = value.ToSource();
  } else if (option == "--cache-to" && ExportsAllStages(value)) {
    request.exports_all_stages = true;
    request.cache_span = value.ToSource();
  } else if (option == "-f" || option == "--file") {
    request.dockerfile = value;
  }
}

}  // namespace

std::optional<BuildRequest> BuildRequestOf(const Command& command) {
  const size_t begin = BehindBuild(command);
  if (begin == 0) return std::nullopt;
  BuildRequest request;
  for (size_t i = begin; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (!text.starts_with('-') || text == "-") {
      request.context = word;
      continue;
    }
    if (std::find(kSwitches.begin(), kSwitches.end(), text) != kSwitches.end()) continue;
    if (const size_t equals = text.find('='); equals != text.npos) {
      Take(text.substr(0, equals), word.Slice(static_cast<uint32_t>(equals + 1)), request);
    } else if (i + 1 < command.argv.size()) {
      Take(text, command.argv[++i], request);
    }
  }
  return request;
}

bool ExportsAllStages(const Value& cache_to) {
  const std::string_view text = cache_to.text();
  constexpr std::string_view kMode = "mode=max";
  for (size_t at = text.find(kMode); at != text.npos; at = text.find(kMode, at + 1)) {
    const bool begins =
        at == 0 || text[at - 1] == ',' || text[at - 1] == '"' || text[at - 1] <= ' ';
    const size_t end = at + kMode.size();
    const bool ends =
        end == text.size() || text[end] == ',' || text[end] == '"' || text[end] <= ' ';
    if (begins && ends) return true;
  }
  return false;
}

std::string TargetName(const Value& target) {
  if (!target.is_literal()) return "";
  std::string name(target.text());
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

}  // namespace oakum
