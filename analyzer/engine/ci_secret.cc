#include "analyzer/engine/ci_secret.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace oakum {

namespace {

const Hole* DirectSecret(const Value& value) {
  for (const Value::PlacedHole& placed : value.holes()) {
    if (placed.hole.origin == HoleOrigin::kCiSecret) return &placed.hole;
  }
  return nullptr;
}

// The variable that a hole stands for; empty if it is no variable of the job.
std::string_view VariableOf(const Hole& hole) {
  const std::string_view name = hole.name;
  if (hole.origin == HoleOrigin::kEnvironment) return name;
  if (hole.origin == HoleOrigin::kCiExpression && name.starts_with("env.")) return name.substr(4);
  return {};
}

}  // namespace

CiSecret CiSecretOf(std::string_view variable, const CiJob* job, uint32_t step) {
  if (job == nullptr || variable.empty()) return {};
  const CiValue* value = nullptr;
  if (step < job->steps.size()) value = job->Variable(job->steps[step], variable);
  if (value == nullptr) return {};
  const Hole* hole = DirectSecret(value->value);
  return hole == nullptr ? CiSecret{} : CiSecret{hole, value->span};
}

CiSecret CiSecretIn(const Value& text, const CiJob* job, uint32_t step) {
  if (const Hole* hole = DirectSecret(text)) return {hole, {}};
  for (const Value::PlacedHole& placed : text.holes()) {
    if (const CiSecret found = CiSecretOf(VariableOf(placed.hole), job, step)) return found;
  }
  return {};
}

}  // namespace oakum
