#include "analyzer/model/lower_makefile.h"

#include <map>
#include <string>
#include <utility>

#include "analyzer/model/derive.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/makefile.h"

namespace oakum {

namespace {

constexpr int kMaxNesting = 8;
constexpr uint32_t kMaxFilledBytes = 64 << 10;

class Variables {
 public:
  explicit Variables(const Makefile& makefile) {
    for (const MakeVariable& variable : makefile.variables) {
      const bool simple = !variable.append && !variable.command && !variable.conditional;
      const auto [known, added] = values_.try_emplace(variable.name, &variable.value);
      if (!added || !simple || variable.value.empty()) known->second = nullptr;
    }
  }

  // The value with the known variables in place of their references.
  Value Fill(const Value& value) const {
    Value::Builder out;
    Append(value, 0, out);
    return std::move(out).Build();
  }

 private:
  const Value* Find(const Hole& hole) const {
    if (hole.origin != HoleOrigin::kEnvironment) return nullptr;
    const auto found = values_.find(hole.name);
    return found == values_.end() ? nullptr : found->second;
  }

  void Append(const Value& value, int depth, Value::Builder& out) const {
    uint32_t at = 0;
    for (const Value::PlacedHole& placed : value.holes()) {
      const Value* known = Find(placed.hole);
      if (known == nullptr || depth >= kMaxNesting || out.size() > kMaxFilledBytes) continue;
      out.Append(value.Slice({at, placed.position}));
      Append(*known, depth + 1, out);
      at = placed.position + 1;
    }
    out.Append(value.Slice(at));
  }

  std::map<std::string, const Value*, std::less<>> values_;  // null if it is not one value
};

}  // namespace

void LowerMakefile(const Source& source, Facts& facts) {
  const Makefile makefile = ParseMakefile(source.body());
  const Variables variables(makefile);
  for (const MakeVariable& variable : makefile.variables) {
    if (variable.command) {
      LowerShellText(variables.Fill(variable.value), CommandHost::kScript, facts);
      continue;
    }
    Setting setting;
    setting.name = variable.name;
    setting.value = variables.Fill(variable.value);
    setting.name_span = variable.name_span;
    setting.span = variable.span;
    setting.scope = SettingScope::kShell;
    DeriveFromAssignment({variable.name, setting.value, variable.span, variable.exported},
                         CommandHost::kScript, facts);
    facts.settings.push_back(std::move(setting));
  }
  for (const Value& script : makefile.scripts) {
    LowerShellText(variables.Fill(script), CommandHost::kScript, facts);
  }
}

}  // namespace oakum
