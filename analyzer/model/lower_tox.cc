#include "analyzer/model/lower_tox.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/config_uris.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/text_lines.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

constexpr std::string_view kBlanks = " \t\r";

Value Part(const Value& value, size_t begin, size_t end) {
  return value.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

// Behind the brace that closes the one at `at`; npos if none does.
size_t Closes(std::string_view text, size_t at) {
  size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return text.npos;
}

// {env:NAME}, {env:NAME:default}, {posargs}, {[section]key}
Hole HoleOf(const Value& inner) {
  constexpr std::string_view kEnvironment = "env:";
  const std::string_view text = inner.text();
  if (!text.starts_with(kEnvironment)) {
    return HoleNamed(text.substr(0, text.find(':')), HoleOrigin::kExpression);
  }
  const size_t end = std::min(text.find(':', kEnvironment.size()), text.size());
  Hole hole = HoleNamed(text.substr(kEnvironment.size(), end - kEnvironment.size()),
                        HoleOrigin::kEnvironment);
  if (end + 1 < text.size()) {
    hole.fallback = std::make_shared<const Value>(Part(inner, end + 1, text.size()));
  }
  return hole;
}

Value Substitutions(const Value& value) {
  ValueRewriter rewriter(value);
  const std::string_view text = value.text();
  for (size_t at = text.find('{'); at != text.npos; at = text.find('{', at)) {
    const size_t end = Closes(text, at);
    if (end == text.npos) break;
    if (at > 0 && text[at - 1] == '\\') {
      ++at;
      continue;
    }
    rewriter.Replace(at, end, HoleOf(Part(value, at + 1, end - 1)));
    at = end;
  }
  return std::move(rewriter).Finish();
}

// The words of a line, quotes taken off.
std::vector<Value> WordsOf(const Value& line) {
  std::vector<Value> words;
  const std::string_view text = line.text();
  for (size_t at = text.find_first_not_of(kBlanks); at < text.size();
       at = text.find_first_not_of(kBlanks, at)) {
    Value::Builder word;
    while (at < text.size() && kBlanks.find(text[at]) == kBlanks.npos) {
      const char quote = text[at];
      if (quote == '\'' || quote == '"') {
        const size_t end = std::min(text.find(quote, at + 1), text.size());
        word.Append(Part(line, at + 1, end));
        at = std::min(end + 1, text.size());
      } else {
        const size_t end = std::min(text.find_first_of(" \t\r'\"", at), text.size());
        word.Append(Part(line, at, end));
        at = end;
      }
    }
    words.push_back(std::move(word).Build());
  }
  return words;
}

// Lines that end in a backslash go on.
void LowerCommands(const Value& value, Facts& facts) {
  std::vector<Value> argv;
  for (const Value& line : SplitLines(value)) {
    std::vector<Value> words = WordsOf(line);
    const bool more = !words.empty() && words.back().text() == "\\";
    if (more) words.pop_back();
    // Failures of such a command do not count.
    if (argv.empty() && !words.empty() && (words[0].text() == "-" || words[0].text() == "!")) {
      words.erase(words.begin());
    }
    std::move(words.begin(), words.end(), std::back_inserter(argv));
    if (more || argv.empty()) continue;
    const Span span = Span::Cover(argv.front().ToSource(), argv.back().ToSource());
    LowerArgv(std::exchange(argv, {}), span, CommandHost::kScript, facts);
  }
}

void AddVariable(const Value& name, const Value& value, Span span, Facts& facts) {
  Setting setting;
  setting.name = std::string(name.text());
  setting.value = value;
  setting.name_span = name.ToSource();
  setting.span = span;
  setting.scope = SettingScope::kShell;
  DeriveFromAssignment({setting.name, setting.value, setting.span, true}, CommandHost::kScript,
                       facts);
  facts.settings.push_back(std::move(setting));
}

// NAME = value, one a line.
void LowerVariables(const Value& value, Facts& facts) {
  for (const Value& line : SplitLines(value)) {
    const size_t equals = line.text().find('=');
    if (equals == std::string_view::npos) continue;
    AddVariable(Part(line, 0, equals).Trimmed(),
                line.Slice(static_cast<uint32_t>(equals) + 1).Trimmed(), line.ToSource(), facts);
  }
}

// The keys of one environment.
void LowerEnvironmentTable(const DataTree& tree, DataTree::Id table, Facts& facts) {
  for (DataTree::Id line : tree.Children(tree.Find(table, "deps"))) {
    if (!tree.Is(line, DataKind::kText)) continue;
    LowerRequirementsText(Substitutions(tree[line].value), "pip", UriSink::kFile, facts);
  }
  for (DataTree::Id variable : tree.Children(tree.Find(table, "set_env"))) {
    const DataTree::Node& node = tree[variable];
    if (!tree.Is(variable, DataKind::kText)) continue;
    AddVariable(node.key, Substitutions(node.value), Span::Cover(node.key.ToSource(), node.span),
                facts);
  }
  for (std::string_view key : {"commands_pre", "commands", "commands_post"}) {
    for (DataTree::Id command : tree.Children(tree.Find(table, key))) {
      std::vector<Value> argv;
      for (DataTree::Id word : tree.Children(command)) {
        if (tree.Is(word, DataKind::kText)) argv.push_back(Substitutions(tree[word].value));
      }
      if (argv.empty()) continue;
      LowerArgv(std::move(argv), tree[command].span, CommandHost::kScript, facts);
    }
  }
}

}  // namespace

bool LowerToxKey(const IniEntry& entry, Facts& facts) {
  const std::string_view section = entry.section.text();
  if (section != "testenv" && !section.starts_with("testenv:")) return false;
  const std::string_view key = entry.key;
  const Value value = Substitutions(entry.value);
  if (key == "setenv" || key == "set_env") {
    LowerVariables(value, facts);
  } else if (key == "commands" || key == "commands_pre" || key == "commands_post" ||
             key == "install_command") {
    LowerCommands(value, facts);
  } else if (key == "deps") {
    LowerRequirementsText(value, "pip", UriSink::kFile, facts);
  } else {
    return false;
  }
  return true;
}

void LowerToxToml(const DataTree& tree, Facts& facts) {
  DataTree::Id root = tree.root();
  const DataTree::Id tool = tree.Find(root, "tool");
  if (tool != DataTree::kNone) root = tree.Find(tool, "tox");
  if (!tree.Is(root, DataKind::kMap)) return;
  for (std::string_view base : {"env_run_base", "env_pkg_base"}) {
    LowerEnvironmentTable(tree, tree.Find(root, base), facts);
  }
  for (DataTree::Id environment : tree.Children(tree.Find(root, "env"))) {
    LowerEnvironmentTable(tree, environment, facts);
  }
}

}  // namespace oakum
