// Template actions taken out of YAML before it is read as YAML.
//
// A Helm template is text that becomes YAML: `{{ .Values.image }}` reads as a flow mapping and
// `{{- if x }}` as nonsense. Values become holes, control actions vanish, and a line of nothing but
// actions (`{{- toYaml . | nindent 4 }}`) becomes an empty line, whatever it would bring. What is
// left is nearly always YAML of the shape the author sees.
//
// A file with `${{` is left alone: those are CI expressions, and a `{{` beside them belongs to a
// command in a script (`docker inspect --format '{{.Id}}'`).
//
// Time is linear. Thread-safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

// Whether ResolveYamlTemplate() would change anything.
bool IsYamlTemplate(std::string_view text);

struct YamlTemplate {
  Value text;
  // Source spans of the lines that were emptied though their actions bring text.
  std::vector<Span> insertions;
};

// The text with its template actions resolved; `text` itself if it is no template.
YamlTemplate ResolveYamlTemplate(const Value& text);

}  // namespace oakum
