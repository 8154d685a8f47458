// What the names of one file stand for, filled into texts that refer to them: variables of make and
// just.
//
// A reference whose value is a single hole keeps its own place: that is where the text is put
// together, and where one would change it.
//
// Thread-safety: const methods are safe together. The values must outlive it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/value.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/facts.h"

namespace oakum {

class NamedValues {
 public:
  // Holes of this origin are references by name.
  explicit NamedValues(HoleOrigin origin) : origin_(origin) {}

  // Null, or a second definition: not one value, so its references stay holes.
  void Define(const std::string& name, const Value* value);
  // Whatever was defined before; null: its references stay holes.
  void Redefine(const std::string& name, const Value* value) { values_[name] = value; }

  // The value with known ones in place of references, theirs included.
  Value Fill(const Value& value) const;

 private:
  const Value* Find(const Hole& hole) const;
  void Append(const Value& value, int depth, Value::Builder& out) const;

  HoleOrigin origin_;
  std::map<std::string, const Value*, std::less<>> values_;
};

// A definition of `variable` (of make, of just) as a setting, its references filled in.
template <typename Variable>
void AddNamedSetting(const Variable& variable, const NamedValues& values, Facts& facts) {
  Setting setting;
  setting.name = variable.name;
  setting.value = values.Fill(variable.value);
  setting.name_span = variable.name_span;
  setting.span = variable.span;
  setting.scope = SettingScope::kShell;
  DeriveFromAssignment({variable.name, setting.value, variable.span, variable.exported},
                       CommandHost::kScript, facts);
  facts.settings.push_back(std::move(setting));
}

// A script that refers to them. Its commands and their URIs are where the script is, though their
// words may come from elsewhere.
void LowerFilledScript(const Value& script, const NamedValues& values, CommandHost host,
                       Facts& facts);

}  // namespace oakum
