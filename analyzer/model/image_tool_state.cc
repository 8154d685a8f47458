#include "analyzer/model/image_tool_state.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/image_tool_table.h"

namespace oakum {
namespace {

// `word` is one of the blank-separated `words`.
bool IsOneOf(std::string_view word, std::string_view words) {
  for (size_t at = words.find(word); at != words.npos && !word.empty();
       at = words.find(word, at + 1)) {
    const bool begins = at == 0 || words[at - 1] == ' ';
    const size_t end = at + word.size();
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

std::string_view TakeWord(std::string_view& words) {
  const std::string_view word = words.substr(0, words.find(' '));
  words.remove_prefix(std::min(words.size(), word.size() + 1));
  return word;
}

// pip3 and pip3.11 are pip.
std::string_view Unversioned(std::string_view program) {
  if (!program.starts_with("pip")) return program;
  const size_t end = program.find_last_not_of("0123456789.");
  return program.substr(0, end + 1);
}

// The index behind the last of `words` in the command, or none if it is another one. Options may
// stand between them, with their values.
std::optional<size_t> BehindCommand(const SimpleCommand& command, std::string_view words) {
  if (Unversioned(command.name()) != TakeWord(words)) return std::nullopt;
  size_t at = 1;
  while (!words.empty()) {
    const std::string_view word = TakeWord(words);
    for (; at < command.texts.size() && command.texts[at] != word; ++at) {
      const bool option = command.texts[at].starts_with('-');
      if (!option && !command.texts[at - 1].starts_with('-')) return std::nullopt;
    }
    if (at++ == command.texts.size()) return std::nullopt;
  }
  return at;
}

// Keys that hold a secret and are not called like one.
bool IsTellingKey(std::string_view key) {
  constexpr std::string_view kKeys =
      "http-basic pypi-token github-oauth gitlab-oauth gitlab-token bearer extraheader helper";
  while (!key.empty()) {
    const size_t end = std::min(key.find_first_of(".:/"), key.size());
    std::string segment(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
    std::transform(segment.begin(), segment.end(), segment.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    if (IsOneOf(segment, kKeys)) return true;
    if (key.empty()) return IsSecretKey(segment);
  }
  return false;
}

class ToolState {
 public:
  ToolState(const SimpleCommand& command, RunRecorder& recorder, ShellState& state)
      : command_(command), recorder_(recorder), view_(recorder.view()), state_(state) {}

  void Apply() {
    for (const StateUndo& undo : StateUndos()) {
      if (!BehindCommand(command_, undo.command)) continue;
      for (const StateTool& tool : StateTools()) {
        if (tool.command == undo.undone) Remove(tool);
      }
      return;
    }
    if (const auto at = BehindCommand(command_, "git clone")) return Clone(*at);
    for (const StateTool& tool : StateTools()) {
      if (const auto at = BehindCommand(command_, tool.command)) return Write(tool, *at);
    }
  }

 private:
  struct Found {
    Content secret;
    bool in_uri = false;
  };

  Content WordContent(size_t index) const {
    return view_.ContentOf(command_.words[index], state_, command_.substitutions);
  }

  std::string PathOf(std::string_view path) const {
    return view_.PathOf(Value(MappedText::Synthetic(path, command_.span)), state_);
  }

  bool HasOption(std::string_view option) const {
    const size_t equals = option.find('=');
    const std::string_view name = option.substr(0, equals);
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      const std::string_view text = command_.texts[i];
      if (text == option) return true;
      if (equals != option.npos && text == name && i + 1 < command_.texts.size() &&
          command_.texts[i + 1] == option.substr(equals + 1)) {
        return true;
      }
    }
    return false;
  }

  // The value of `--option=`, in one word with it or in the next one.
  std::optional<std::string> OptionOf(std::string_view option) const {
    for (size_t i = 1; i < command_.texts.size(); ++i) {
      const std::string_view text = command_.texts[i];
      if (text.starts_with(option)) return std::string(text.substr(option.size()));
      if (text == option.substr(0, option.size() - 1) && i + 1 < command_.texts.size()) {
        return command_.texts[i + 1];
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> PlaceOf(const StateTool& tool) const {
    for (const StatePlace& place : tool.places) {
      if (place.when.starts_with('$')) {
        const std::optional<std::string> folder =
            view_.TextOfVariable(place.when.substr(1), state_);
        if (folder) return PathOf(*folder + std::string(place.path));
      } else if (place.when.ends_with('=')) {
        const std::optional<std::string> value = OptionOf(place.when);
        if (value) return PathOf(*value + std::string(place.path));
      } else if (!place.path.empty() && (place.when.empty() || HasOption(place.when))) {
        return PathOf(place.path);
      }
    }
    return std::nullopt;
  }

  void Remove(const StateTool& tool) {
    if (const auto path = PlaceOf(tool)) recorder_.Remove(*path, false, command_.span, state_);
  }

  void Write(const StateTool& tool, size_t at) {
    const bool undone =
        std::any_of(command_.texts.begin(), command_.texts.end(),
                    [](const auto& text) { return IsOneOf(text, kStateUndoOptions); });
    if (undone) return Remove(tool);
    const std::optional<Found> found = Find(tool, at);
    const std::optional<std::string> path = PlaceOf(tool);
    if (!found || !path) return;
    recorder_.CreateState(*path, found->secret, command_.span, std::string(tool.command),
                          found->in_uri, state_);
  }

  std::optional<Found> Find(const StateTool& tool, size_t begin) const {
    std::vector<size_t> operands;
    for (size_t i = begin; i < command_.texts.size(); ++i) {
      const std::string& text = command_.texts[i];
      if (text.size() < 2 || text[0] != '-') {
        operands.push_back(i);
        continue;
      }
      const size_t equals = text.find('=');
      const std::string_view name = std::string_view(text).substr(0, equals);
      const bool secret = IsOneOf(name, tool.secrets);
      const bool file = IsOneOf(name, tool.files);
      const bool separate = equals == text.npos && i + 1 < command_.texts.size();
      if (secret || file) {
        const size_t value = separate ? i + 1 : i;
        if (secret) return Found{Behind(WordContent(value), separate ? 0 : equals + 1), false};
        return Found{ContentAt(PathOf(separate ? command_.texts[value] : text.substr(equals + 1)),
                               view_, state_),
                     false};
      }
      if (separate && IsOneOf(name, tool.others)) ++i;
    }
    if (!tool.input.empty() && (tool.input == "*" || HasOption(tool.input)) &&
        command_.input.origin != FileOrigin::kUnknown) {
      return Found{command_.input, false};
    }
    return OfOperands(tool, operands);
  }

  // The rest of a word from `begin` on, holes counted as in its source text.
  static Content Behind(Content content, size_t begin) {
    if (begin > 0 && begin <= content.text.size()) {
      content.text = content.text.Slice(static_cast<uint32_t>(begin));
    }
    return content;
  }

  std::optional<Found> OfOperands(const StateTool& tool,
                                  const std::vector<size_t>& operands) const {
    switch (tool.argument) {
      case ToolArgument::kNone:
        return std::nullopt;
      case ToolArgument::kFetched:
        return Found{UnknownText(command_.name(), command_.span), false};
      case ToolArgument::kLast:
        if (operands.empty()) return std::nullopt;
        return Found{WordContent(operands.back()), false};
      case ToolArgument::kUri:
        return OfUris(operands);
      case ToolArgument::kKeyed:
        break;
    }
    if (std::optional<Found> uri = OfUris(operands)) return uri;
    if (operands.empty()) return std::nullopt;
    size_t first = 0;
    if (command_.texts[operands[0]] == "set" && operands.size() > 1) first = 1;
    const std::string& key = command_.texts[operands[first]];
    const size_t equals = key.find('=');
    const bool git = tool.command == "git config";
    const bool host = tool.command == "bundle config" && key.find('.') != key.npos;
    if (!IsTellingKey(std::string_view(key).substr(0, equals)) && !host) return std::nullopt;
    if (equals != key.npos) return Found{Behind(WordContent(operands[first]), equals + 1), git};
    if (operands.size() < first + 2) return std::nullopt;
    // Operands behind the value are those of options: `--location project`.
    const bool basic = key.starts_with("http-basic");
    const size_t value = std::min(first + (basic ? 2 : 1), operands.size() - 1);
    Content secret = WordContent(operands[value]);
    if ((git || host) && !secret.IsGiven()) return std::nullopt;
    return Found{std::move(secret), git};
  }

  std::optional<Found> OfUris(const std::vector<size_t>& operands) const {
    for (const size_t index : operands) {
      Content content = WordContent(index);
      if (HoldsUriCredential(content.text)) return Found{std::move(content), true};
    }
    return std::nullopt;
  }

  // Its remote is kept in the clone.
  void Clone(size_t begin) {
    constexpr std::string_view kWithValue =
        "-b --branch --depth -o --origin -c --config --reference -j --jobs --filter --template -u "
        "--upload-pack --shallow-since --server-option";
    std::vector<size_t> operands;
    for (size_t i = begin; i < command_.texts.size(); ++i) {
      if (IsOneOf(command_.texts[i], kWithValue)) {
        ++i;
      } else if (!command_.texts[i].starts_with('-')) {
        operands.push_back(i);
      }
    }
    const std::optional<Found> found = OfUris(operands);
    if (!found) return;
    std::string folder;
    if (operands.size() > 1) {
      folder = view_.PathOf(command_.words[operands[1]], state_);
    } else {
      std::string_view url = command_.texts[operands[0]];
      while (url.ends_with('/')) url.remove_suffix(1);
      if (url.ends_with(".git")) url.remove_suffix(4);
      folder = JoinPath(state_.directory, BaseName(url));
    }
    const bool bare = HasOption("--bare") || HasOption("--mirror");
    recorder_.CreateState(folder + (bare ? "/config" : "/.git/config"), found->secret,
                          command_.span, "git clone", true, state_);
  }

  const SimpleCommand& command_;
  RunRecorder& recorder_;
  const ShellView& view_;
  ShellState& state_;
};

}  // namespace

void ApplyStateTool(const SimpleCommand& command, RunRecorder& recorder, ShellState& state) {
  ToolState(command, recorder, state).Apply();
}

}  // namespace oakum
