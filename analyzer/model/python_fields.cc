#include "analyzer/model/python_fields.h"

namespace oakum {

void AddField(DataTree& data, DataTree::Id map, const Value& key, const DataTree& value,
              Span span) {
  if (value.empty()) return;
  const DataTree::Node& top = value[value.root()];
  const DataTree::Id field = data.Add(map, {top.kind, top.value, key, span});
  for (DataTree::Id item : value.Children(value.root())) {
    data.Add(field, {value[item].kind, value[item].value, value[item].key, value[item].span});
  }
}

bool GivesVariables(std::string_view expression) {
  return expression.find(".setdefault(\"env_vars\"") != expression.npos ||
         expression.find(".setdefault('env_vars'") != expression.npos;
}

}  // namespace oakum
