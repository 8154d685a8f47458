#include "analyzer/model/netrc_text.h"

#include <optional>
#include <utility>

#include "analyzer/model/credential_file.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

namespace {

// `$HOME/.netrc` and `${DIR}/netrc` end in the name all the same.
bool IsNetrcPath(const Value& path) {
  const std::optional<CredentialFile> file = CredentialFileAt(path.text());
  return file && file->kind == CredentialFileKind::kNetrc;
}

}  // namespace

void LowerNetrc(const Source& source, Facts& facts) {
  const Value body = GoTemplate(Value(source.body()));
  NetrcContent content;
  content.text = body;
  content.netrc = ParseNetrc(body);
  content.span = body.ToSource();
  facts.netrcs.push_back(std::move(content));
}

void LowerNetrcKeys(const YamlNode& object, Facts& facts) {
  const bool secret = object["kind"].text() == "Secret";
  if (!secret && object["kind"].text() != "ConfigMap") return;
  for (const YamlEntry* pair : object[secret ? "stringData" : "data"].Pairs()) {
    if (!pair->value->IsScalar() || !IsNetrcPath(pair->key->value)) continue;
    NetrcContent content;
    content.origin = NetrcOrigin::kManifest;
    content.path = pair->key->value.Describe();
    content.text = pair->value->value;
    content.netrc = ParseNetrc(content.text);
    content.span = pair->value->span;
    facts.netrcs.push_back(std::move(content));
  }
}

void CollectWrittenNetrcs(Facts& facts) {
  for (const Command& command : facts.commands) {
    for (FileWrite& write : WritesOf(command, facts.commands)) {
      if (!IsNetrcPath(write.path)) continue;
      NetrcContent content;
      content.origin = NetrcOrigin::kCommand;
      content.path = write.path.Describe();
      content.host = command.host;
      content.netrc = ParseNetrc(write.text);
      content.text = std::move(write.text);
      content.span = command.span;
      facts.netrcs.push_back(std::move(content));
    }
  }
}

}  // namespace oakum
