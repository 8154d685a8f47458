// Commands that create, copy, change and remove files by name.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/image_command.h"

namespace oakum {
namespace {

class FileCommand : CommandReplay {
 public:
  using CommandReplay::CommandReplay;

  bool Apply() {
    struct Known {
      std::string_view name;
      void (FileCommand::*apply)();
    };
    static constexpr Known kKnown[] = {
        {"cp", &FileCommand::Copy},
        {"mv", &FileCommand::Move},
        {"install", &FileCommand::Install},
        {"ln", &FileCommand::Link},
        {"dd", &FileCommand::Dd},
        {"rm", &FileCommand::Remove},
        {"unlink", &FileCommand::Remove},
        {"shred", &FileCommand::Shred},
        {"truncate", &FileCommand::Truncate},
        {"find", &FileCommand::Find},
        {"chmod", &FileCommand::Chmod},
        {"chown", &FileCommand::Chown},
        {"mkdir", &FileCommand::MakeFolders},
    };
    for (const Known& known : kKnown) {
      if (command_.name() != known.name) continue;
      (this->*known.apply)();
      return true;
    }
    return false;
  }

 private:
  std::string Join(const std::string& folder, const std::string& name) const {
    return folder == "/" ? folder + name : folder + "/" + name;
  }

  // Sources and destination of cp, mv, install and ln.
  template <typename Each>
  void Transfer(const Operands& operands, Each each) {
    std::vector<size_t> sources = operands.indices;
    std::string destination;
    bool folder = false;
    const auto target = operands.values.find('t');
    if (target != operands.values.end() && target->second < command_.words.size()) {
      destination = Path(target->second);
      folder = true;
    } else if (const auto option = operands.long_values.find("target-directory");
               option != operands.long_values.end()) {
      destination = ResolvePath(state_.directory, option->second);
      folder = true;
    } else {
      if (sources.size() < 2) return;
      const std::string& text = command_.texts[sources.back()];
      destination = Path(sources.back());
      sources.pop_back();
      folder = sources.size() > 1 || text.ends_with('/') || text == "." || text.ends_with("/.") ||
               view_.IsFolder(destination, state_);
    }
    if (operands.Has('T')) folder = false;
    for (const size_t source : sources) {
      const std::string path = Path(source);
      for (const ShellView::File& file : view_.FilesAt(path, state_)) {
        each(path, file, folder ? Join(destination, file.name) : destination);
      }
    }
  }

  void Copy() {
    Transfer(SplitOperands(command_, "tS"),
             [&](const std::string&, const ShellView::File& file, const std::string& to) {
               recorder_.Create(to, file.content, command_.span, false, file.content.mode, state_);
             });
  }

  void Move() {
    std::vector<std::string> moved;
    Transfer(SplitOperands(command_, "tS"),
             [&](const std::string& from, const ShellView::File& file, const std::string& to) {
               moved.push_back(from);
               recorder_.Create(to, file.content, command_.span, false, file.content.mode, state_);
             });
    for (const std::string& path : moved) recorder_.Remove(path, true, command_.span, state_);
  }

  void Install() {
    const Operands operands = SplitOperands(command_, "tmogS");
    if (operands.Has('d')) {
      for (const size_t index : operands.indices) state_.folders.insert(Path(index));
      return;
    }
    std::optional<uint32_t> mode = 0755;
    if (const auto value = operands.values.find('m');
        value != operands.values.end() && value->second < command_.texts.size()) {
      mode = ParseMode(command_.texts[value->second]);
    } else if (const auto option = operands.long_values.find("mode");
               option != operands.long_values.end()) {
      mode = ParseMode(option->second);
    } else {
      for (const std::string& text : command_.texts) {
        if (text.starts_with("-m") && text.size() > 2) mode = ParseMode(text.substr(2));
      }
    }
    const auto owner = operands.values.find('o');
    const bool owned = owner != operands.values.end() && owner->second < command_.texts.size();
    Transfer(operands, [&](const std::string&, const ShellView::File& file, const std::string& to) {
      recorder_.Create(to, file.content, command_.span, false, mode, state_);
      if (!owned) return;
      recorder_.Change(FileAction::kOwner, to, false, command_.span, command_.texts[owner->second],
                       state_);
    });
  }

  // A symbolic link has no content: behind a mount that is gone it leads nowhere.
  void Link() {
    const Operands operands = SplitOperands(command_, "tS");
    if (operands.Has('s') || operands.Has("symbolic")) return;
    Transfer(operands, [&](const std::string&, const ShellView::File& file, const std::string& to) {
      recorder_.Create(to, file.content, command_.span, false, file.content.mode, state_);
    });
  }

  void Dd() {
    Content content = command_.input;
    std::string to;
    for (const std::string& text : command_.texts) {
      if (text.starts_with("of=")) to = ResolvePath(state_.directory, text.substr(3));
      if (!text.starts_with("if=")) continue;
      content = ContentAt(ResolvePath(state_.directory, text.substr(3)), view_, state_);
    }
    if (to.empty()) {
      effect_.output = content;
    } else {
      recorder_.Create(to, content, command_.span, false, 0666 & ~state_.umask, state_);
    }
  }

  void Remove() {
    const Operands operands = SplitOperands(command_, "");
    const bool below = operands.Has('r') || operands.Has('R') || operands.Has("recursive");
    for (const size_t index : operands.indices) {
      recorder_.Remove(Path(index), below, command_.span, state_);
    }
  }

  void Shred() {
    const Operands operands = SplitOperands(command_, "ns");
    if (!operands.Has('u') && !operands.Has("remove")) return;
    for (const size_t index : operands.indices) {
      recorder_.Remove(Path(index), false, command_.span, state_);
    }
  }

  void Truncate() {
    for (const size_t index : SplitOperands(command_, "sr").indices) {
      recorder_.Remove(Path(index), false, command_.span, state_);
    }
  }

  // find DIR... -name NAME -delete (or -exec rm)
  void Find() {
    std::string name;
    bool removes = false;
    std::vector<std::string> folders;
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      const std::string& text = command_.texts[i];
      if (text == "-delete" || text == "rm") removes = true;
      if (text == "-name" && i + 1 < command_.texts.size()) name = command_.texts[i + 1];
      if (folders.size() + 1 == i && !text.starts_with('-')) folders.push_back(Path(i));
    }
    if (!removes || name.empty()) return;
    for (const std::string& folder : folders) {
      recorder_.Remove((folder == "/" ? "" : folder) + "/**/" + name, false, command_.span, state_);
    }
  }

  void Chmod() {
    const Operands operands = SplitOperands(command_, "");
    if (operands.indices.size() < 2) return;
    const std::string& mode = command_.texts[operands.indices[0]];
    for (size_t i = 1; i < operands.indices.size(); ++i) {
      recorder_.Change(FileAction::kMode, Path(operands.indices[i]), operands.Has('R'),
                       command_.span, mode, state_);
    }
  }

  void Chown() {
    const Operands operands = SplitOperands(command_, "");
    if (operands.indices.size() < 2) return;
    const std::string& owner = command_.texts[operands.indices[0]];
    for (size_t i = 1; i < operands.indices.size(); ++i) {
      recorder_.Change(FileAction::kOwner, Path(operands.indices[i]), operands.Has('R'),
                       command_.span, owner, state_);
    }
  }

  void MakeFolders() {
    for (const size_t index : SplitOperands(command_, "m").indices)
      state_.folders.insert(Path(index));
  }
};

}  // namespace

bool ApplyFileCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state,
                      CommandEffect& effect) {
  return FileCommand(command, recorder, state, effect).Apply();
}

}  // namespace oakum
