#include "analyzer/model/installers.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <unordered_map>

#include "analyzer/credential/name_hint.h"
#include "analyzer/model/installer_table.h"

namespace oakum {

namespace {

using Kind = ArgumentKind;
using installer_table::Option;
using installer_table::Tool;

// `pattern` with `*` for any text, the empty one included.
bool Matches(std::string_view pattern, std::string_view text) {
  const size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  const std::string_view head = pattern.substr(0, star);
  const std::string_view tail = pattern.substr(star + 1);
  return text.size() >= head.size() + tail.size() && text.starts_with(head) && text.ends_with(tail);
}

bool Lists(std::string_view names, std::string_view name) {
  if (name.empty()) return false;
  for (size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1)) {
    if (at > 0 && names[at - 1] == ' ' && names[at + name.size()] == ' ') return true;
  }
  return false;
}

// The rows of a program, in the order of the table.
std::span<const Tool* const> ToolsOf(std::string_view program) {
  static const auto kRows = [] {
    std::unordered_map<std::string_view, std::vector<const Tool*>> rows;
    for (const Tool& tool : installer_table::Tools()) {
      std::string_view names = tool.programs;
      while (!names.empty()) {
        const size_t end = std::min(names.find(' '), names.size());
        if (end > 0) rows[names.substr(0, end)].push_back(&tool);
        names.remove_prefix(std::min(end + 1, names.size()));
      }
    }
    return rows;
  }();
  const auto found = kRows.find(program);
  return found == kRows.end() ? std::span<const Tool* const>() : found->second;
}

const Option* FindOption(std::span<const Option> options, std::string_view name) {
  const auto at = std::find_if(options.begin(), options.end(),
                               [name](const Option& o) { return Lists(o.names, name); });
  return at == options.end() ? nullptr : &*at;
}

// pip3, pip3.11 and pip.exe are pip.
std::string_view ToolName(std::string_view program) {
  if (program.ends_with(".exe")) program.remove_suffix(4);
  if (program.starts_with("pip") && !program.starts_with("pipx") &&
      program.find_first_not_of("0123456789.", 3) == std::string_view::npos) {
    return program.substr(0, 3);
  }
  return program;
}

class ArgumentReader {
 public:
  ArgumentReader(const Command& command, std::string_view program,
                 std::span<const Tool* const> tools)
      : argv_(command.argv), tools_(tools) {
    for (const installer_table::GlobalOptions& global : installer_table::AllGlobalOptions()) {
      if (Lists(global.programs, program)) global_ = global.options;
    }
  }

  std::optional<ToolUse> Read() {
    const Tool* tool = FindTool();
    if (!tool) return std::nullopt;
    use_.tool = tool->name;
    use_.writes = tool->writes;
    tool_ = tool;
    for (size_t i = 1; i < argv_.size(); ++i) {
      if (std::find(subcommand_.begin(), subcommand_.end(), i) != subcommand_.end()) continue;
      // Before the subcommand an option is the program's own.
      own_ = !subcommand_.empty() && i < subcommand_.back();
      i = Argument(i);
    }
    return std::move(use_);
  }

 private:
  std::string_view Word(size_t i) const {
    return argv_[i].is_literal() ? argv_[i].text() : std::string_view();
  }

  const Tool* FindTool() {
    std::vector<size_t> words;  // the first arguments that are no options
    for (size_t i = 1; i < argv_.size() && words.size() < 2; ++i) {
      const std::string_view text = argv_[i].text();
      if (text.starts_with('-')) {
        const bool glued = text.find('=') != std::string_view::npos;
        if (!glued && FindOption(global_, text)) ++i;
      } else {
        words.push_back(i);
      }
    }
    for (const Tool* tool : tools_) {
      if (tool->subcommands.empty() || MatchSubcommand(tool->subcommands, words)) return tool;
    }
    return nullptr;
  }

  bool MatchSubcommand(std::string_view subcommands, const std::vector<size_t>& words) {
    while (!subcommands.empty()) {
      const size_t bar = std::min(subcommands.find('|'), subcommands.size());
      std::string_view wanted = subcommands.substr(0, bar);
      subcommands.remove_prefix(std::min(bar + 1, subcommands.size()));
      size_t count = 0;
      bool fits = true;
      while (fits && !wanted.empty()) {
        const size_t blank = std::min(wanted.find(' '), wanted.size());
        fits = count < words.size() && Word(words[count]) == wanted.substr(0, blank);
        wanted.remove_prefix(std::min(blank + 1, wanted.size()));
        ++count;
      }
      if (!fits) continue;
      subcommand_.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
      return true;
    }
    return false;
  }

  const Option* Find(std::string_view name) const {
    const Option* option = own_ ? nullptr : FindOption(tool_->options, name);
    return option ? option : FindOption(global_, name);
  }

  // Reads the argument at `i`, and its value if that is an argument of its own; returns the last.
  size_t Argument(size_t i) {
    const Value& argument = argv_[i];
    at_ = i;
    glued_ = false;
    const std::string_view text = argument.text();
    if (only_positional_ || text.size() < 2 || text[0] != '-') {
      Positional(argument);
      return i;
    }
    if (text == "--") {
      only_positional_ = true;
      return i;
    }
    if (text.starts_with("--")) return LongOption(i, text);
    return ShortOptions(i, text);
  }

  size_t LongOption(size_t i, std::string_view text) {
    const size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const Option* option = Find(name);
    if (equals != std::string_view::npos) {
      at_ = i;
      glued_ = true;
      Add(option ? option->kind : Kind::kPlain, name,
          argv_[i].Slice(static_cast<uint32_t>(equals) + 1));
      return i;
    }
    if (!option || i + 1 >= argv_.size()) return i;
    at_ = i + 1;
    Add(option->kind, name, argv_[i + 1]);
    return i + 1;
  }

  // -i URL, -iURL, -qi URL.
  size_t ShortOptions(size_t i, std::string_view text) {
    for (size_t at = 1; at < text.size(); ++at) {
      const char name[] = {'-', text[at]};
      const Option* option = Find({name, 2});
      if (!option) continue;
      const std::string_view known = option->names.substr(option->names.find({name, 2}), 2);
      if (at + 1 < text.size()) {
        at_ = i;
        glued_ = true;
        Add(option->kind, known, argv_[i].Slice(static_cast<uint32_t>(at) + 1));
        return i;
      }
      if (i + 1 >= argv_.size()) return i;
      at_ = i + 1;
      Add(option->kind, known, argv_[i + 1]);
      return i + 1;
    }
    return i;
  }

  void Positional(const Value& value) {
    const size_t last = std::size(tool_->positional) - 1;
    const Kind kind = tool_->positional[std::min(positionals_++, last)];
    if (!key_.empty()) {
      const std::optional<NameUse> use = UseOfKey(key_, tool_->name == "pip"     ? "pip.conf"
                                                        : tool_->name == "conda" ? "condarc"
                                                                                 : tool_->name);
      const bool secret = HintOf(key_) == NameHint::kSecret;
      const Kind meant = use ? use->kind : secret ? Kind::kSecret : kind;
      // The key of url.<base>.insteadOf may itself hold a credential.
      const bool url = key_.find("://") != std::string_view::npos;
      return Add(meant, url ? key_.substr(key_.rfind('.') + 1) : key_, value);
    }
    Add(kind, {}, value);
  }

  void Add(Kind kind, std::string_view option, const Value& value) {
    if (kind != Kind::kKey) {
      use_.arguments.push_back({kind, option, value, at_, glued_});
      return;
    }
    // npm config set key=value
    const size_t equals = value.text().find('=');
    if (tool_->name == "npm" && equals != std::string_view::npos) {
      key_ = value.text().substr(0, equals);
      return Positional(value.Slice(static_cast<uint32_t>(equals) + 1));
    }
    key_ = value.text();
    if (tool_->name == "git") use_.arguments.push_back({Kind::kGitConfig, {}, value, at_, glued_});
  }

  const std::vector<Value>& argv_;
  const std::span<const Tool* const> tools_;
  std::span<const Option> global_;
  const Tool* tool_ = nullptr;
  std::vector<size_t> subcommand_;  // its words' places
  bool own_ = false;
  bool only_positional_ = false;
  size_t positionals_ = 0;
  size_t at_ = 0;         // of the argument that is read
  bool glued_ = false;    // its value to its option
  std::string_view key_;  // of a `config set`
  ToolUse use_;
};

}  // namespace

std::optional<ToolUse> ReadToolUse(const Command& command) {
  const std::string_view program = ToolName(command.Program());
  const std::span<const Tool* const> tools = ToolsOf(program);
  if (tools.empty()) return std::nullopt;
  return ArgumentReader(command, program, tools).Read();
}

std::optional<NameUse> UseOfVariable(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (const installer_table::Name& entry : installer_table::Variables()) {
    if (Matches(entry.name, upper)) return entry.use;
  }
  return std::nullopt;
}

std::optional<NameUse> UseOfKey(std::string_view key, std::string_view file_kind) {
  std::string lower(key);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return c == '_' ? '-' : static_cast<char>(std::tolower(c));
  });
  for (const installer_table::Key& entry : installer_table::Keys()) {
    if (!entry.file.empty() && entry.file != file_kind) continue;
    if (Matches(entry.key, lower)) return entry.use;
    // The last segments of a dotted key.
    for (size_t dot = lower.find('.'); dot != std::string::npos; dot = lower.find('.', dot + 1)) {
      if (Matches(entry.key, std::string_view(lower).substr(dot + 1))) return entry.use;
    }
  }
  return std::nullopt;
}

}  // namespace oakum
