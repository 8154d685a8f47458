#include "rules/mode/chmod_words.h"

#include <string_view>

#include "analyzer/model/file_mode.h"

namespace oakum {

std::optional<Chmod> ChmodOf(const Command& command) {
  if (command.Program() != "chmod") return std::nullopt;
  Chmod chmod;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (!chmod.mode.empty()) {
      chmod.files.push_back(&word);
    } else if (!text.starts_with("--") && !(text.size() == 2 && text[0] == '-' &&
                                            std::string_view("Rvfc").find(text[1]) != text.npos)) {
      chmod.mode = text;
      chmod.span = Span::Cover(command.argv[0].ToSource(), word.ToSource());
      if (!command.span.Contains(chmod.span)) chmod.span = command.span;
    }
  }
  if (chmod.files.empty()) return std::nullopt;
  return chmod;
}

bool Closes(std::string_view mode) {
  const std::optional<uint32_t> bits = ApplyMode(mode, 0644);
  return bits && (*bits & 077) == 0;
}

}  // namespace oakum
