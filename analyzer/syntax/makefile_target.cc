#include "analyzer/syntax/makefile_target.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/base/fill_holes.h"

namespace oakum {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr size_t kMostPatterns = 64;
constexpr int kMaxDepth = 100;  // of prerequisites of prerequisites

bool IsPattern(const Value& target) {
  return target.is_literal() && target.text().find('%') != std::string_view::npos;
}

Value Filled(const Value& script, const Value& target, const Value& stem) {
  return FillHoles(script, [&](const Hole& hole) -> std::optional<Value> {
    if (hole.name == "@") return target;
    return hole.name == "*" ? std::optional<Value>(stem) : std::nullopt;
  });
}

// What the `%` of the pattern stands for in a file's name.
std::optional<Value> StemOf(const Value& file, std::string_view pattern) {
  const size_t percent = pattern.find('%');
  const std::string_view head = pattern.substr(0, percent);
  const std::string_view tail = pattern.substr(percent + 1);
  const std::string_view text = file.text();
  if (text.size() <= head.size() + tail.size() || !text.starts_with(head) ||
      !text.ends_with(tail)) {
    return std::nullopt;
  }
  return file.Slice(
      {static_cast<uint32_t>(head.size()), static_cast<uint32_t>(text.size() - tail.size())});
}

// .PHONY and its like: what they list is no prerequisite.
bool IsSpecial(const MakeRule& rule) {
  const std::string_view name = rule.targets.empty() ? std::string_view() : rule.targets[0].text();
  return name.size() > 1 && name[0] == '.' && IsUpper(name[1]);
}

class Order {
 public:
  explicit Order(const std::vector<MakeRule>& rules) : rules_(rules), visited_(rules.size()) {
    for (size_t i = 0; i < rules.size(); ++i) {
      for (const Value& target : rules[i].targets) {
        if (!IsPattern(target)) {
          by_target_[target.Describe()].push_back(i);
        } else if (rules[i].targets.size() == 1 && patterns_.size() < kMostPatterns) {
          patterns_.push_back(i);
        }
      }
    }
  }

  std::vector<Value> Run() {
    for (size_t i = 0; i < rules_.size(); ++i) {
      if (std::find(patterns_.begin(), patterns_.end(), i) == patterns_.end()) Visit(i, 0);
    }
    for (const size_t pattern : patterns_) {
      if (!visited_[pattern]) AddAsWritten(rules_[pattern]);
    }
    return std::move(scripts_);
  }

  std::vector<Value> Run(const std::vector<Value>& goals) {
    for (const Value& goal : goals) Make(goal, 0);
    if (!goals.empty()) return std::move(scripts_);
    for (size_t i = 0; i < rules_.size(); ++i) {
      const std::string name = rules_[i].targets.empty() ? "" : rules_[i].targets[0].Describe();
      if (name.empty() || name[0] == '.' || IsPattern(rules_[i].targets[0])) continue;
      Make(rules_[i].targets[0], 0);
      break;
    }
    return std::move(scripts_);
  }

 private:
  void Visit(size_t index, int depth) {
    if (visited_[index] || depth > kMaxDepth) return;
    visited_[index] = true;
    const MakeRule& rule = rules_[index];
    if (IsSpecial(rule)) return;
    for (const Value& file : rule.prerequisites) Make(file, depth + 1);
    if (rule.targets.size() != 1) return AddAsWritten(rule);
    for (const Value& script : rule.scripts) {
      scripts_.push_back(HasStem(script) ? script : Filled(script, rule.targets[0], Value()));
    }
  }

  static bool HasStem(const Value& script) {
    return std::any_of(script.holes().begin(), script.holes().end(),
                       [](const auto& placed) { return placed.hole.name == "*"; });
  }

  // The rules that make a file, or else the pattern it is of.
  void Make(const Value& file, int depth) {
    if (const auto found = by_target_.find(file.Describe()); found != by_target_.end()) {
      for (const size_t rule : found->second) Visit(rule, depth);
      return;
    }
    if (!file.is_literal()) return;
    for (const size_t pattern : patterns_) {
      const Value& target = rules_[pattern].targets[0];
      const std::optional<Value> stem = StemOf(file, target.text());
      if (!stem) continue;
      visited_[pattern] = true;
      if (!made_.insert(file.text()).second) return;
      for (const Value& script : rules_[pattern].scripts) {
        scripts_.push_back(Filled(script, file, *stem));
      }
      return;
    }
  }

  void AddAsWritten(const MakeRule& rule) {
    scripts_.insert(scripts_.end(), rule.scripts.begin(), rule.scripts.end());
  }

  const std::vector<MakeRule>& rules_;
  std::vector<bool> visited_;
  std::map<std::string, std::vector<size_t>> by_target_;
  std::vector<size_t> patterns_;
  std::set<std::string_view> made_;  // by a pattern
  std::vector<Value> scripts_;
};

}  // namespace

std::vector<Value> MakeWords(const Value& list) {
  std::vector<Value> words;
  const std::string_view text = list.text();
  for (size_t begin = text.find_first_not_of(kBlanks); begin != text.npos;) {
    const size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
    words.push_back(list.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}));
    begin = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

std::vector<Value> ScriptsInOrder(const std::vector<MakeRule>& rules) {
  return Order(rules).Run();
}

std::vector<Value> ScriptsOfGoals(const std::vector<MakeRule>& rules,
                                  const std::vector<std::string>& goals) {
  std::vector<Value> files;
  files.reserve(goals.size());
  for (const std::string& goal : goals) files.emplace_back(MappedText::Synthetic(goal, {}));
  return Order(rules).Run(files);
}

}  // namespace oakum
