// tar and rsync: what they take out of a folder that holds a secret's mount or a copy of one.
//
// Only files that are known to be there are followed, and of an archive only that a secret is in
// it. What an --exclude names is left out; --one-file-system leaves out every mount.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/image_command.h"
#include "analyzer/syntax/ignorefile.h"

namespace oakum {
namespace {

class ArchiveCommand : CommandReplay {
 public:
  using CommandReplay::CommandReplay;

  bool Apply() {
    if (command_.name() == "tar") return Tar();
    if (command_.name() == "rsync") return Rsync();
    return false;
  }

 private:
  // The value of a long option at `index`, which moves to the word that has it: `--NAME=VALUE`,
  // `--NAME VALUE`.
  std::optional<std::string> LongValue(std::string_view name, size_t& index) const {
    const std::string_view text = command_.texts[index];
    if (!text.starts_with(name)) return std::nullopt;
    if (text.size() > name.size()) {
      if (text[name.size()] != '=') return std::nullopt;
      return std::string(text.substr(name.size() + 1));
    }
    if (index + 1 >= command_.texts.size()) return std::nullopt;
    return command_.texts[++index];
  }

  // True if the word at `index` is an option that both programs know.
  bool TakeCommon(size_t& index) {
    if (const auto pattern = LongValue("--exclude", index)) {
      excludes_.push_back(*pattern);
      return true;
    }
    const std::string& text = command_.texts[index];
    if (text == "--one-file-system") one_file_system_ = true;
    return text.starts_with("--");
  }

  bool IsTaken(const ShellView::File& file) const {
    if (!file.content.IsSecret()) return false;
    // A secret that is in no file of the image yet is a mount.
    if (one_file_system_ && file.content.file == kNoIndex) return false;
    // The text of a mount is named after its target, whose folders an --exclude may name, too.
    const Hole* mounted = file.content.file == kNoIndex ? file.content.text.OnlyHole() : nullptr;
    std::string_view path = mounted != nullptr ? std::string_view(mounted->name) : file.name;
    for (; !path.empty(); path = ParentPath(path)) {
      const std::string_view name = BaseName(path);
      const bool excluded =
          std::any_of(excludes_.begin(), excludes_.end(), [name](const std::string& pattern) {
            const std::string clean = CleanPath(pattern);
            return MatchesIgnorePattern(std::string(BaseName(clean)), name);
          });
      if (excluded) return false;
      if (path == "/") break;
    }
    return true;
  }

  // tar czf OUT -C DIR NAME..., with the letters bare or behind a dash.
  bool Tar() {
    std::string letters;
    std::optional<std::string> archive;
    std::vector<std::string> sources;
    std::string folder = state_.directory;
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      const std::string& text = command_.texts[i];
      if (const auto file = LongValue("--file", i)) {
        archive = file;
      } else if (const auto to = LongValue("--directory", i)) {
        folder = ResolvePath(folder, *to);
      } else if (text == "--create") {
        letters += 'c';
      } else if (TakeCommon(i)) {
        continue;
      } else if (i == 1 || (text.size() > 1 && text[0] == '-')) {
        letters += text;
        if (i + 1 == command_.texts.size()) break;
        if (text.ends_with('f')) archive = command_.texts[++i];
        if (text.ends_with('C')) folder = ResolvePath(folder, Path(++i));
      } else {
        sources.push_back(text.starts_with('~') ? Path(i) : ResolvePath(folder, text));
      }
    }
    if (letters.find('c') == letters.npos) return false;
    Content packed = NoText();
    for (const std::string& source : sources) {
      for (const ShellView::File& file : view_.FilesAt(source, state_)) {
        if (IsTaken(file)) packed = Stronger(packed, file.content);
      }
    }
    if (!packed.IsSecret()) return false;
    packed = Changed(std::move(packed));
    if (archive.value_or("-") == "-") {
      effect_.output = std::move(packed);
    } else {
      recorder_.Create(ResolvePath(state_.directory, *archive), packed, command_.span, false,
                       0666 & ~state_.umask, state_);
    }
    return true;
  }

  // rsync -a FROM... TO. A host's path is no place of the image.
  bool Rsync() {
    std::vector<size_t> operands;
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      const std::string& text = command_.texts[i];
      if (TakeCommon(i)) continue;
      if (text.size() < 2 || text[0] != '-') {
        operands.push_back(i);
      } else {
        one_file_system_ |= text.find('x') != text.npos;
        if (text.ends_with('e')) ++i;
      }
    }
    if (operands.size() < 2) return false;
    const size_t last = operands.back();
    if (command_.texts[last].find(':') != std::string::npos) return false;
    const std::string to = Path(last);
    bool taken = false;
    for (const size_t operand : operands) {
      if (operand == last) continue;
      for (const ShellView::File& file : view_.FilesAt(Path(operand), state_)) {
        if (!IsTaken(file)) continue;
        const bool folder = operands.size() > 2 || command_.texts[last].ends_with('/') ||
                            command_.texts[operand].ends_with('/') || view_.IsFolder(to, state_);
        const std::string place = folder ? JoinPath(to, file.name) : to;
        recorder_.Create(place, file.content, command_.span, false, file.content.mode, state_);
        taken = true;
      }
    }
    return taken;
  }

  std::vector<std::string> excludes_;
  bool one_file_system_ = false;
};

}  // namespace

bool ApplyArchiveCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state,
                         CommandEffect& effect) {
  return ArchiveCommand(command, recorder, state, effect).Apply();
}

}  // namespace oakum
