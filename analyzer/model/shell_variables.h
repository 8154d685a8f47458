// The variables of a script whose values the script itself fixed, and what a branch has to undo.
//
// Values are filled in with the places of all their pieces, so X="$X$X" repeated costs more than
// its text: each value is bounded in bytes and pieces, and so is what a script fills in altogether,
// by its own size. Beyond that a reference stays a hole, and complete() is false.
//
// Thread-safety: one lowering belongs to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

// A value, and how many pieces it was put together from.
struct ResolvedValue {
  Value value;
  uint32_t pieces = 1;
};

class ShellVariables {
 public:
  // For a script of `size` bytes.
  explicit ShellVariables(uint32_t size)
      : bytes_left_((256 << 10) + 16 * uint64_t{size}), pieces_left_(4096 + uint64_t{size}) {}

  // A value that is too large to be kept is not known from then on, like none.
  void Set(const std::string& name, std::optional<ResolvedValue> value);

  // `: "${NAME:=text}"`: nobody calls a command that does nothing for another reason.
  void SetDefaults(const ShellNode& command);
  // What a loop assigns anywhere is unknown from its start on.
  void UnsetAssigned(const ShellScript& script, const ShellNode& loop);

  // The value with the variables filled in that the script fixed. They keep their own spans.
  ResolvedValue Resolve(const Value& value);
  // What NAME+=added makes of the variable.
  ResolvedValue Appended(const ShellAssignment& assignment, const ResolvedValue& added);

  size_t mark() const { return log_.size(); }
  // A subshell ends: what it set is as before.
  void Restore(size_t mark);
  // A branch or loop ends: what it may have set is unknown.
  void Forget(size_t mark);

  // False when a budget ran out and something was left as it is written.
  bool complete() const { return complete_; }

 private:
  const ResolvedValue* Find(const std::string& name) const;
  // Whether a variable may be put into a value that has `size` bytes in `pieces`.
  bool Take(const ResolvedValue& variable, uint32_t size, uint32_t pieces);

  std::map<std::string, ResolvedValue> values_;
  std::vector<std::pair<std::string, std::optional<ResolvedValue>>> log_;
  uint64_t bytes_left_;
  uint64_t pieces_left_;
  bool complete_ = true;
};

}  // namespace oakum
