#include "analyzer/model/ci_job.h"

#include <algorithm>
#include <charconv>

#include <climits>

namespace oakum {

namespace {

const CiValue* Last(const std::vector<CiValue>& values, std::string_view name) {
  const auto found = std::find_if(values.rbegin(), values.rend(),
                                  [name](const CiValue& v) { return v.name == name; });
  return found == values.rend() ? nullptr : &*found;
}

}  // namespace

const Value& CiStep::Input(std::string_view name) const {
  static const Value kNone;
  const CiValue* input = Last(inputs, name);
  return input == nullptr ? kNone : input->value;
}

std::optional<std::pair<int, int>> CiStep::Release() const {
  std::string_view text = version;
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  int major = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, major);
  // A commit may begin with a digit.
  if (error != std::errc() || (at != end && *at != '.') || at - text.data() > 3) return {};
  int minor = INT_MAX;
  if (at != end) std::from_chars(at + 1, end, minor);
  return std::pair(major, minor);
}

const CiValue* CiJob::Variable(const CiStep& step, std::string_view variable) const {
  const CiValue* own = Last(step.environment, variable);
  return own != nullptr ? own : Last(environment, variable);
}

}  // namespace oakum
