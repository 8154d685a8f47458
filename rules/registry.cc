#include "rules/registry.h"

#include <strings.h>

#include <array>
#include <string>

#include "rules/pages.h"

namespace oakum {

#define OAKUM_RULE(code, constant, page) extern const Rule constant;
#include "rules/rules.def"
#undef OAKUM_RULE

namespace {

struct Entry {
  const Rule* rule;
  std::string_view page;
};

constexpr Entry kEntries[] = {
#define OAKUM_RULE(code, constant, page) {&(constant), page},
#include "rules/rules.def"
#undef OAKUM_RULE
};

constexpr auto kRules = [] {
  std::array<const Rule*, std::size(kEntries)> rules{};
  for (size_t i = 0; i < rules.size(); ++i) rules[i] = kEntries[i].rule;
  return rules;
}();

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::span<const Rule* const> AllRules() {
  return kRules;
}

const Rule* FindRule(std::string_view code_or_name) {
  for (const Rule* rule : kRules) {
    if (SameIgnoringCase(rule->code, code_or_name) || SameIgnoringCase(rule->name, code_or_name)) {
      return rule;
    }
  }
  return nullptr;
}

std::string_view PageOf(const Rule& rule) {
  for (const Entry& entry : kEntries) {
    if (entry.rule == &rule) return RulePage(entry.page);
  }
  return {};
}

}  // namespace oakum
