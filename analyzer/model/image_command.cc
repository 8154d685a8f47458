#include "analyzer/model/image_command.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/image_tool_state.h"
#include "analyzer/model/written_text.h"

namespace oakum {
namespace {

class Applier : CommandReplay {
 public:
  using CommandReplay::CommandReplay;

  void Apply() {
    struct Known {
      std::string_view name;
      void (Applier::*apply)();
    };
    static constexpr Known kKnown[] = {
        {"tee", &Applier::Tee},
        {"cat", &Applier::Cat},
        {"echo", &Applier::Print},
        {"printf", &Applier::Print},
        {"printenv", &Applier::PrintVariables},
        {"sed", &Applier::Sed},
        {"envsubst", &Applier::Substitute},
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
    effect_.known = ApplyFileCommand(command_, recorder_, state_, effect_) ||
                    ApplyArchiveCommand(command_, recorder_, state_, effect_);
    if (effect_.known) return;
    for (const Known& known : kKnown) {
      if (command_.name() != known.name) continue;
      effect_.known = true;
      return (this->*known.apply)();
    }
    effect_.output = UnknownText(command_.name(), command_.span);
    ApplyStateTool(command_, recorder_, state_);
    Filter();
  }

 private:
  Content WordContent(size_t index) const {
    return view_.ContentOf(command_.words[index], state_, command_.substitutions);
  }
  Content FileContent(size_t index) const { return ContentAt(Path(index), view_, state_); }

  void Tee() {
    const Operands operands = SplitOperands(command_, "");
    const bool append = operands.Has('a') || operands.Has("append");
    for (const size_t index : operands.indices) {
      recorder_.Create(Path(index), command_.input, command_.span, append, 0666 & ~state_.umask,
                       state_);
    }
    effect_.output = command_.input;
  }

  void Cat() {
    const Operands operands = SplitOperands(command_, "");
    if (operands.indices.empty()) effect_.output = command_.input;
    for (const size_t index : operands.indices) {
      const Content content = command_.texts[index] == "-" ? command_.input : FileContent(index);
      effect_.output = Together(effect_.output, content);
    }
  }

  void Print() {
    Command printed;
    for (size_t i = 0; i < command_.words.size(); ++i) {
      const Content word = WordContent(i);
      const bool unknown = word.origin == FileOrigin::kUnknown;
      const bool literal = effect_.output.origin == FileOrigin::kLiteral;
      effect_.output = unknown && literal ? word : Stronger(effect_.output, word);
      printed.argv.push_back(word.text);
    }
    Value::Builder text;
    text.Append(PrintedText(printed).value_or(Value()));
    const bool line = command_.name() == "echo" &&
                      (command_.texts.size() < 2 || !command_.texts[1].starts_with("-n"));
    if (line) text.AppendDecoded("\n", {command_.span.end, command_.span.end});
    effect_.output.text = std::move(text).Build();
    effect_.output.file = kNoIndex;
  }

  // printenv NAME...
  void PrintVariables() {
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      Hole hole;
      hole.name = command_.texts[i];
      hole.origin = HoleOrigin::kEnvironment;
      hole.span = command_.words[i].ToSource();
      Value::Builder variable;
      variable.Append(std::move(hole));
      const Content content =
          view_.ContentOf(std::move(variable).Build(), state_, command_.substitutions);
      effect_.output = Together(effect_.output, content);
    }
  }

  void Sed() {
    const Operands operands = SplitOperands(command_, "ef");
    const bool in_place = operands.Has('i') || operands.Has("in-place");
    Content words;
    for (size_t i = 1; i < command_.words.size(); ++i) words = Stronger(words, WordContent(i));
    if (words.origin == FileOrigin::kLiteral) words = {};
    // The first operand is the program unless -e or -f gave one.
    const size_t first = operands.Has('e') || operands.Has('f') ? 0 : 1;
    if (!in_place) {
      Content text = command_.input;
      for (size_t i = first; i < operands.indices.size(); ++i) {
        text = Stronger(text, FileContent(operands.indices[i]));
      }
      effect_.output = Changed(Stronger(text, words));
      return;
    }
    for (size_t i = first; i < operands.indices.size() && words.IsGiven(); ++i) {
      recorder_.Create(Path(operands.indices[i]), Changed(words), command_.span, true, std::nullopt,
                       state_);
    }
  }

  // Fills in every variable of its environment, a secret's included.
  void Substitute() {
    effect_.output = Changed(command_.input);
    for (const auto& [name, content] : state_.variables) {
      if (content.IsSecret()) effect_.output = Changed(Stronger(effect_.output, content));
    }
  }

  void ChangeFolder() {
    const Operands operands = SplitOperands(command_, "");
    state_.directory = operands.indices.empty()
                           ? view_.PathOf(Value(MappedText::Synthetic("~", {})), state_)
                           : Path(operands.indices[0]);
  }

  void Umask() {
    if (command_.texts.size() == 2) state_.umask = ParseMode(command_.texts[1]).value_or(022);
  }

  void Read() {
    for (const size_t index : SplitOperands(command_, "adinNptu").indices) {
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
    // A count or an exit status says nothing of the text.
    const Operands operands = SplitOperands(command_, "efmAB");
    if (command_.name() == "grep" && (operands.Has('c') || operands.Has('q'))) return;
    Content text = command_.input;
    for (size_t i = 1; i < command_.words.size(); ++i) {
      const Content word = WordContent(i);
      if (word.origin != FileOrigin::kLiteral) text = Stronger(text, word);
      if (!command_.texts[i].starts_with('-')) text = Stronger(text, FileContent(i));
    }
    // A literal that was encoded can be read back; what it says is no longer plain.
    if (text.origin != FileOrigin::kLiteral) effect_.output = Changed(text);
  }
};

}  // namespace

std::string_view SimpleCommand::name() const {
  return texts.empty() ? std::string_view() : BaseName(texts[0]);
}

Operands SplitOperands(const SimpleCommand& command, std::string_view with_value) {
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

Content ContentAt(const std::string& path, const ShellView& view, const ShellState& state) {
  Content content = NoText();
  for (const ShellView::File& file : view.FilesAt(path, state)) {
    content = Together(content, file.content);
  }
  return content;
}

CommandEffect ApplyCommand(const SimpleCommand& command, RunRecorder& recorder, ShellState& state) {
  CommandEffect effect;
  Applier(command, recorder, state, effect).Apply();
  return effect;
}

}  // namespace oakum
