#include "analyzer/model/named_values.h"

#include <set>
#include <utility>

#include "analyzer/model/lower_shell.h"

namespace oakum {

namespace {

constexpr int kMaxNesting = 6;
constexpr uint32_t kMaxFilledBytes = 64 << 10;

}  // namespace

void NamedValues::Define(const std::string& name, const Value* value) {
  const auto [known, added] = values_.try_emplace(name, value);
  if (!added) known->second = nullptr;
}

Value NamedValues::Fill(const Value& value) const {
  Value::Builder out;
  Append(value, 0, out);
  return std::move(out).Build();
}

const Value* NamedValues::Find(const Hole& hole) const {
  if (hole.origin != origin_) return nullptr;
  const auto found = values_.find(hole.name);
  return found == values_.end() ? nullptr : found->second;
}

void NamedValues::Append(const Value& value, int depth, Value::Builder& out) const {
  uint32_t at = 0;
  for (const Value::PlacedHole& placed : value.holes()) {
    const Value* known = Find(placed.hole);
    if (known == nullptr || depth >= kMaxNesting || out.size() > kMaxFilledBytes) continue;
    out.Append(value.Slice({at, placed.position}));
    if (const Hole* only = known->OnlyHole(); only != nullptr && Find(*only) == nullptr) {
      Hole hole = *only;
      hole.span = placed.hole.span;
      out.Append(std::move(hole));
    } else {
      Append(*known, depth + 1, out);
    }
    at = placed.position + 1;
  }
  out.Append(value.Slice(at));
}

void LowerFilledScript(const Value& script, const NamedValues& values, CommandHost host,
                       Facts& facts) {
  const Span here = script.ToSource();
  const size_t first = facts.commands.size();
  LowerShellText(values.Fill(script), host, facts);
  std::set<Span> elsewhere;
  for (size_t i = first; i < facts.commands.size(); ++i) {
    Command& command = facts.commands[i];
    if (here.Contains(command.span)) continue;
    elsewhere.insert(command.span);
    command.span = here;
  }
  if (elsewhere.empty()) return;
  // A URI that was known before may have become what a command here is given.
  for (UriUse& use : facts.uris) {
    if (elsewhere.contains(use.span)) use.span = here;
  }
}

}  // namespace oakum
