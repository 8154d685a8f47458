// Any bytes as YAML: no crash, no hang, and every span inside the text.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "analyzer/base/source.h"
#include "analyzer/syntax/yaml.h"
#include "analyzer/syntax/yaml_data.h"
#include "analyzer/syntax/yaml_template.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const oakum::Source source("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size));
  const oakum::YamlTree tree =
      oakum::ParseYaml(oakum::ResolveYamlTemplate(oakum::Value(source.body())).text);
  for (const oakum::YamlNode& node : tree.nodes()) {
    if (node.span.begin > node.span.end || node.span.end > size) std::abort();
    const oakum::Span text = node.value.ToSource();
    if (text.begin > text.end || text.end > size) std::abort();
  }
  for (const oakum::YamlNode* root : tree.documents()) oakum::ToDataTree(*root);
  return 0;
}
