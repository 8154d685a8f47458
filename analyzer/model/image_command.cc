#include "analyzer/model/image_command.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "analyzer/base/path.h"

namespace oakum {
namespace {

// The words of a command, told apart into options and operands.
struct Operands {
  std::vector<size_t> indices;
  std::string flags;              // all short ones together
  std::map<char, size_t> values;  // short options that take a value: index of it
  std::map<std::string, std::string> long_values;

  bool Has(char flag) const { return flags.find(flag) != std::string::npos; }
};

// `with_value` names the short options whose value is the rest of the word or the next word.
Operands Split(const SimpleCommand& command, std::string_view with_value) {
  Operands out;
  bool options = true;
  for (size_t i = 1; i < command.texts.size(); ++i) {
    const std::string& text = command.texts[i];
    if (!options || text.size() < 2 || text[0] != '-') {
      out.indices.push_back(i);
    } else if (text == "--") {
      options = false;
    } else if (text.starts_with("--")) {
      const size_t equals = text.find('=');
      out.long_values[text.substr(2, equals == text.npos ? text.npos : equals - 2)] =
          equals == text.npos ? "" : text.substr(equals + 1);
    } else {
      for (size_t at = 1; at < text.size(); ++at) {
        out.flags += text[at];
        if (with_value.find(text[at]) == with_value.npos) continue;
        if (at + 1 == text.size()) out.values[text[at]] = ++i;
        break;
      }
    }
  }
  return out;
}

std::optional<uint32_t> ParseMode(std::string_view text) {
  uint32_t mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return mode;
}

class Applier {
 public:
  Applier(const SimpleCommand& command, RunRecorder& recorder, ShellState& state)
      : command_(command), recorder_(recorder), view_(recorder.view()), state_(state) {}

  CommandEffect Apply() {
    struct Known {
      std::string_view name;
      void (Applier::*apply)();
    };
    static constexpr Known kKnown[] = {
        {"cp", &Applier::Copy},
        {"mv", &Applier::Move},
        {"install", &Applier::Install},
        {"ln", &Applier::Link},
        {"dd", &Applier::Dd},
        {"tee", &Applier::Tee},
        {"cat", &Applier::Cat},
        {"echo", &Applier::Print},
        {"printf", &Applier::Print},
        {"sed", &Applier::Sed},
        {"envsubst", &Applier::Substitute},
        {"rm", &Applier::Remove},
        {"unlink", &Applier::Remove},
        {"shred", &Applier::Shred},
        {"truncate", &Applier::Truncate},
        {"find", &Applier::Find},
        {"chmod", &Applier::Chmod},
        {"chown", &Applier::Chown},
        {"mkdir", &Applier::MakeFolders},
        {"cd", &Applier::ChangeFolder},
        {"umask", &Applier::Umask},
        {"read", &Applier::Read},
        {"set", &Applier::Set},
        {"export", &Applier::Nothing},
        {"true", &Applier::Nothing},
        {":", &Applier::Nothing},
        {"touch", &Applier::Nothing},
        {"sync", &Applier::Nothing},
        {"sleep", &Applier::Nothing},
    };
    for (const Known& known : kKnown) {
      if (command_.name() != known.name) continue;
      effect_.known = true;
      (this->*known.apply)();
      return effect_;
    }
    Filter();
    return effect_;
  }

 private:
  std::string Path(size_t index) const { return view_.PathOf(command_.words[index], state_); }
  Content WordContent(size_t index) const {
    return view_.ContentOf(command_.words[index], state_, command_.substitutions);
  }
  Content FileContent(size_t index) const {
    Content content;
    for (const ShellView::File& file : view_.FilesAt(Path(index), state_)) {
      content = Stronger(content, file.content);
    }
    return content;
  }
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
    Transfer(Split(command_, "tS"),
             [&](const std::string&, const ShellView::File& file, const std::string& to) {
               recorder_.Create(to, file.content, command_.span, false, file.content.mode, state_);
             });
  }

  void Move() {
    std::vector<std::string> moved;
    Transfer(Split(command_, "tS"),
             [&](const std::string& from, const ShellView::File& file, const std::string& to) {
               moved.push_back(from);
               recorder_.Create(to, file.content, command_.span, false, file.content.mode, state_);
             });
    for (const std::string& path : moved) recorder_.Remove(path, true, command_.span, state_);
  }

  void Install() {
    const Operands operands = Split(command_, "tmogS");
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
    Transfer(operands, [&](const std::string&, const ShellView::File& file, const std::string& to) {
      recorder_.Create(to, file.content, command_.span, false, mode, state_);
    });
  }

  // A symbolic link has no content: behind a mount that is gone it leads nowhere.
  void Link() {
    const Operands operands = Split(command_, "tS");
    if (operands.Has('s') || operands.long_values.contains("symbolic")) return;
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
      for (const ShellView::File& file :
           view_.FilesAt(ResolvePath(state_.directory, text.substr(3)), state_)) {
        content = Stronger(content, file.content);
      }
    }
    if (to.empty()) {
      effect_.output = content;
    } else {
      recorder_.Create(to, content, command_.span, false, 0666 & ~state_.umask, state_);
    }
  }

  void Tee() {
    const Operands operands = Split(command_, "");
    const bool append = operands.Has('a') || operands.long_values.contains("append");
    for (const size_t index : operands.indices) {
      recorder_.Create(Path(index), command_.input, command_.span, append, 0666 & ~state_.umask,
                       state_);
    }
    effect_.output = command_.input;
  }

  void Cat() {
    const Operands operands = Split(command_, "");
    if (operands.indices.empty()) effect_.output = command_.input;
    for (const size_t index : operands.indices) {
      const Content content = command_.texts[index] == "-" ? command_.input : FileContent(index);
      effect_.output = Stronger(effect_.output, content);
    }
  }

  void Print() {
    for (size_t i = 1; i < command_.words.size(); ++i) {
      effect_.output = Stronger(effect_.output, WordContent(i));
    }
  }

  void Sed() {
    const Operands operands = Split(command_, "ef");
    const bool in_place = operands.Has('i') || operands.long_values.contains("in-place");
    Content words;
    for (size_t i = 1; i < command_.words.size(); ++i) words = Stronger(words, WordContent(i));
    if (words.origin == FileOrigin::kLiteral) words = {};
    if (!in_place) {
      effect_.output = Stronger(command_.input, words);
      for (const size_t index : operands.indices) {
        effect_.output = Stronger(effect_.output, FileContent(index));
      }
      return;
    }
    // The first operand is the program unless -e or -f gave one.
    const bool program = !operands.Has('e') && !operands.Has('f');
    for (size_t i = program ? 1 : 0; i < operands.indices.size() && words.IsSecret(); ++i) {
      recorder_.Create(Path(operands.indices[i]), words, command_.span, true, std::nullopt, state_);
    }
  }

  // Fills in every variable of its environment, a secret's included.
  void Substitute() {
    effect_.output = command_.input;
    for (const auto& [name, content] : state_.variables) {
      if (content.IsSecret()) effect_.output = Stronger(effect_.output, content);
    }
  }

  void Remove() {
    const Operands operands = Split(command_, "");
    const bool below =
        operands.Has('r') || operands.Has('R') || operands.long_values.contains("recursive");
    for (const size_t index : operands.indices) {
      recorder_.Remove(Path(index), below, command_.span, state_);
    }
  }

  void Shred() {
    const Operands operands = Split(command_, "ns");
    if (!operands.Has('u') && !operands.long_values.contains("remove")) return;
    for (const size_t index : operands.indices) {
      recorder_.Remove(Path(index), false, command_.span, state_);
    }
  }

  void Truncate() {
    for (const size_t index : Split(command_, "sr").indices) {
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
    const Operands operands = Split(command_, "");
    if (operands.indices.size() < 2) return;
    const std::optional<uint32_t> mode = ParseMode(command_.texts[operands.indices[0]]);
    for (size_t i = 1; i < operands.indices.size(); ++i) {
      recorder_.Change(FileAction::kMode, Path(operands.indices[i]), operands.Has('R'),
                       command_.span, mode, "", state_);
    }
  }

  void Chown() {
    const Operands operands = Split(command_, "");
    if (operands.indices.size() < 2) return;
    const std::string& owner = command_.texts[operands.indices[0]];
    for (size_t i = 1; i < operands.indices.size(); ++i) {
      recorder_.Change(FileAction::kOwner, Path(operands.indices[i]), operands.Has('R'),
                       command_.span, std::nullopt, owner, state_);
    }
  }

  void MakeFolders() {
    for (const size_t index : Split(command_, "m").indices) state_.folders.insert(Path(index));
  }

  void ChangeFolder() {
    const Operands operands = Split(command_, "");
    state_.directory = operands.indices.empty()
                           ? view_.PathOf(Value(MappedText::Synthetic("~", {})), state_)
                           : Path(operands.indices[0]);
  }

  void Umask() {
    if (command_.texts.size() == 2) state_.umask = ParseMode(command_.texts[1]).value_or(022);
  }

  void Read() {
    for (const size_t index : Split(command_, "adinNptu").indices) {
      state_.variables[command_.texts[index]] = command_.input;
    }
  }

  void Set() {
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      const std::string& text = command_.texts[i];
      const bool option = text == "errexit" && i > 0 && command_.texts[i - 1].ends_with('o');
      const bool letter = text.size() > 1 && text.find('e') != text.npos;
      if ((text[0] == '-' && letter) || (option && command_.texts[i - 1][0] == '-')) {
        state_.exit_on_error = true;
      } else if ((text[0] == '+' && letter) || (option && command_.texts[i - 1][0] == '+')) {
        state_.exit_on_error = false;
      }
    }
  }

  void Nothing() {}

  // Programs that print what they read, more or less.
  void Filter() {
    static constexpr std::string_view kFilters[] = {
        "awk",  "base64", "cut", "envsubst", "gawk", "grep", "gzip", "head", "jq",  "openssl",
        "sort", "tail",   "tr",  "uniq",     "xxd",  "yq",   "perl", "tac",  "rev", "gunzip"};
    if (std::find(std::begin(kFilters), std::end(kFilters), command_.name()) ==
        std::end(kFilters)) {
      return;
    }
    effect_.output = command_.input;
    for (size_t i = 1; i < command_.words.size(); ++i) {
      effect_.output = Stronger(effect_.output, WordContent(i));
      if (!command_.texts[i].starts_with('-')) {
        effect_.output = Stronger(effect_.output, FileContent(i));
      }
    }
  }

  const SimpleCommand& command_;
  RunRecorder& recorder_;
  const ShellView& view_;
  ShellState& state_;
  CommandEffect effect_;
};

}  // namespace

std::string_view SimpleCommand::name() const {
  return texts.empty() ? std::string_view() : BaseName(texts[0]);
}

CommandEffect ApplyCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state) {
  return Applier(command, recorder, state).Apply();
}

}  // namespace oakum
