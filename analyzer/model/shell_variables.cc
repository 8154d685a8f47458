#include "analyzer/model/shell_variables.h"

#include <algorithm>

namespace oakum {

namespace {

// Of one value.
constexpr uint32_t kMaxBytes = 64 << 10;
constexpr uint32_t kMaxPieces = 512;

}  // namespace

const ResolvedValue* ShellVariables::Find(const std::string& name) const {
  const auto at = values_.find(name);
  return at == values_.end() ? nullptr : &at->second;
}

void ShellVariables::Set(const std::string& name, std::optional<ResolvedValue> value) {
  std::optional<ResolvedValue> before;
  if (const ResolvedValue* old = Find(name)) before = *old;
  log_.emplace_back(name, std::move(before));
  if (value && value->value.size() <= kMaxBytes) {
    values_[name] = std::move(*value);
  } else {
    values_.erase(name);
  }
}

void ShellVariables::Restore(size_t mark) {
  for (size_t i = log_.size(); i-- > mark;) {
    if (log_[i].second) {
      values_[log_[i].first] = std::move(*log_[i].second);
    } else {
      values_.erase(log_[i].first);
    }
  }
  log_.resize(mark);
}

void ShellVariables::Forget(size_t mark) {
  for (size_t i = mark; i < log_.size(); ++i) values_.erase(log_[i].first);
}

bool ShellVariables::Take(const ResolvedValue& variable, uint32_t size, uint32_t pieces) {
  const uint32_t bytes = variable.value.size();
  if (size + bytes > kMaxBytes || pieces + variable.pieces > kMaxPieces || bytes > bytes_left_ ||
      variable.pieces > pieces_left_) {
    complete_ = false;
    return false;
  }
  bytes_left_ -= bytes;
  pieces_left_ -= variable.pieces;
  return true;
}

ResolvedValue ShellVariables::Resolve(const Value& value) {
  const auto known = [this](const Value::PlacedHole& placed) {
    // Parameters of functions are of unknown origin.
    const HoleOrigin origin = placed.hole.origin;
    return (origin == HoleOrigin::kEnvironment || origin == HoleOrigin::kUnknown) &&
           Find(placed.hole.name);
  };
  ResolvedValue result;
  result.pieces += static_cast<uint32_t>(value.holes().size());
  if (std::none_of(value.holes().begin(), value.holes().end(), known)) {
    result.value = value;
    return result;
  }
  Value::Builder out;
  uint32_t at = 0;
  for (const Value::PlacedHole& placed : value.holes()) {
    if (!known(placed)) continue;
    const ResolvedValue& variable = *Find(placed.hole.name);
    if (!Take(variable, out.size(), result.pieces)) continue;
    out.Append(value.Slice({at, placed.position}));
    out.Append(variable.value);
    result.pieces += variable.pieces;
    at = placed.position + 1;
  }
  out.Append(value.Slice(at));
  result.value = std::move(out).Build();
  return result;
}

ResolvedValue ShellVariables::Appended(const ShellAssignment& assignment,
                                       const ResolvedValue& added) {
  ResolvedValue both;
  Value::Builder text;
  const ResolvedValue* before = Find(assignment.name);
  if (before && Take(*before, added.value.size(), added.pieces)) {
    text.Append(before->value);
    both.pieces = before->pieces + added.pieces;
  } else {
    Hole hole;
    hole.name = assignment.name;
    hole.origin = HoleOrigin::kEnvironment;
    hole.span = assignment.name_span;
    text.Append(std::move(hole));
    both.pieces = added.pieces + 1;
  }
  text.Append(added.value);
  both.value = std::move(text).Build();
  return both;
}

void ShellVariables::SetDefaults(const ShellNode& command) {
  for (const ShellWord& word : command.words) {
    ResolvedValue value = Resolve(word.value);
    const Hole* variable = value.value.OnlyHole();
    if (!variable || !variable->fallback) continue;
    const std::string name = variable->name;
    Set(name, std::move(value));
  }
}

void ShellVariables::UnsetAssigned(const ShellScript& script, const ShellNode& loop) {
  for (const ShellAssignment& assignment : loop.assignments) Set(assignment.name, std::nullopt);
  for (const uint32_t child : loop.children) UnsetAssigned(script, script[child]);
}

}  // namespace oakum
