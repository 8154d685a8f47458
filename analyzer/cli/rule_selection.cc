#include "analyzer/cli/rule_selection.h"

#include <strings.h>

#include <algorithm>

#include <fmt/format.h>

#include "analyzer/base/edit_distance.h"
#include "rules/registry.h"

namespace oakum {

namespace {

bool IsCodePrefix(std::string_view word) {
  return word.size() >= 3 && strncasecmp(word.data(), "OAK", 3) == 0 &&
         word.find_first_not_of("0123456789", 3) == word.npos;
}

// The rules that `word` means; fails if there is none.
Result<std::vector<const Rule*>> Expand(std::string_view word) {
  std::vector<const Rule*> rules;
  if (IsCodePrefix(word)) {
    for (const Rule* rule : AllRules()) {
      if (strncasecmp(rule->code.data(), word.data(), word.size()) == 0) rules.push_back(rule);
    }
  }
  if (!rules.empty()) return rules;
  const Result<const Rule*> rule = RuleCalled(word);
  if (!rule) return tl::unexpected(rule.error());
  rules.push_back(*rule);
  return rules;
}

}  // namespace

Result<const Rule*> RuleCalled(std::string_view word) {
  if (const Rule* rule = FindRule(word)) return rule;
  std::vector<std::string_view> names;
  for (const Rule* rule : AllRules()) {
    names.push_back(rule->code);
    names.push_back(rule->name);
  }
  const std::string_view nearest = Nearest(word, names);
  return Failure(fmt::format(
      "there is no rule '{}'; {}", word,
      nearest.empty() ? "'oakum rules' lists them" : fmt::format("did you mean '{}'?", nearest)));
}

Result<std::vector<const Rule*>> SelectRules(const std::vector<std::string>& select,
                                             const std::vector<std::string>& ignore) {
  std::vector<const Rule*> chosen(AllRules().begin(), AllRules().end());
  if (!select.empty()) chosen.clear();
  for (const std::string& word : select) {
    const auto rules = Expand(word);
    if (!rules) return tl::unexpected(rules.error());
    chosen.insert(chosen.end(), rules->begin(), rules->end());
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const Rule* a, const Rule* b) { return a->code < b->code; });
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  for (const std::string& word : ignore) {
    const auto rules = Expand(word);
    if (!rules) return tl::unexpected(rules.error());
    for (const Rule* rule : *rules)
      chosen.erase(std::remove(chosen.begin(), chosen.end(), rule), chosen.end());
  }
  return chosen;
}

}  // namespace oakum
