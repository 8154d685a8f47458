// netrc content, wherever a tree keeps it: a file, a command that writes one, a Kubernetes object.
//
// Rules ask which passwords stand in it (501, 503), whether its readers take it at all (502) and
// for which hosts (408); where it stands decides who can read it, which is why every text names its
// origin. `text` is what ReadNetrcAs() (syntax/netrc_reader.h) wants.
//
// Thread-safety: plain values.
#pragma once

#include <string>

#include "analyzer/base/source.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/command.h"
#include "analyzer/syntax/netrc.h"

namespace oakum {

enum class NetrcOrigin {
  kFile,      // a file of the tree
  kCommand,   // a command writes it
  kManifest,  // a key of a Secret or ConfigMap
};

struct NetrcContent {
  NetrcOrigin origin = NetrcOrigin::kFile;
  std::string path;  // kCommand: the file that is written; kManifest: the key
  CommandHost host = CommandHost::kScript;  // kCommand
  Value text;
  NetrcText netrc;
  // It is added to a file whose beginning stands elsewhere (`>> ~/.netrc`).
  bool continues = false;
  // Statements of a template stand in it (`{% for %}`), so it is not what is read.
  bool has_statements = false;
  Span span;  // the text; for kCommand the command
};

struct Facts;
struct YamlNode;

// A netrc file, or a template of one: `{{ token }}` is a hole.
void LowerNetrc(const Source& source, Facts& facts);

// The netrc files among the keys of a Secret's stringData or a ConfigMap's data.
void LowerNetrcKeys(const YamlNode& object, Facts& facts);

// The netrc files that facts.commands write. Runs once, after everything else is lowered.
void CollectWrittenNetrcs(Facts& facts);

}  // namespace oakum
