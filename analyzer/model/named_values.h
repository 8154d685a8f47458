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

#include "analyzer/base/value.h"
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

// A script that refers to them. Its commands and their URIs are where the script is, though their
// words may come from elsewhere.
void LowerFilledScript(const Value& script, const NamedValues& values, CommandHost host,
                       Facts& facts);

}  // namespace oakum
