#include "analyzer/model/netrc_text.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/credential_file.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/base64.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

namespace {

// `$HOME/.netrc` and `${DIR}/netrc` end in the name all the same.
bool IsNetrcPath(const Value& path) {
  const std::optional<CredentialFile> file = CredentialFileAt(path.text());
  return file && file->kind == CredentialFileKind::kNetrc;
}

// `~/.netrc` and `"$HOME"/.netrc` are one file.
std::string FileKey(const Value& path) {
  std::string key = path.Describe();
  for (std::string_view home : {"${HOME}/", "$HOME/"}) {
    if (key.starts_with(home)) key.replace(0, home.size(), "~/");
  }
  return key;
}

// The text that a command adds to what commands before it have written.
Value Joined(const Value& before, const Value& added) {
  Value::Builder text;
  text.Append(before);
  const uint32_t at = added.ToSource().begin;
  text.AppendDecoded("\n", {at, at});
  text.Append(added);
  return std::move(text).Build();
}

}  // namespace

void LowerNetrc(const Source& source, Facts& facts) {
  const Value body = GoTemplate(Value(source.body()));
  NetrcContent content;
  content.text = body;
  content.netrc = ParseNetrc(body);
  content.has_statements = body.text().find("{%") != std::string_view::npos;
  content.span = body.ToSource();
  facts.netrcs.push_back(std::move(content));
}

void LowerNetrcKeys(const YamlNode& object, Facts& facts) {
  const bool secret = object["kind"].text() == "Secret";
  if (!secret && object["kind"].text() != "ConfigMap") return;
  for (const std::string_view part : {"data", "stringData"}) {
    for (const YamlEntry* pair : object[part].Pairs()) {
      if (!pair->value->IsScalar() || !IsNetrcPath(pair->key->value)) continue;
      NetrcContent content;
      content.origin = NetrcOrigin::kManifest;
      content.path = pair->key->value.Describe();
      content.text = pair->value->value;
      if (secret && part == "data") {
        const std::optional<Value> decoded = DecodeBase64(content.text);
        if (!decoded) continue;
        content.text = *decoded;
      }
      // Filled in as a whole before it is applied: `netrc: ${NETRC}`.
      const Value filled = EnvsubstVariables(content.text.Trimmed());
      if (filled.OnlyHole() != nullptr) content.text = filled;
      content.netrc = ParseNetrc(content.text);
      content.span = pair->value->span;
      facts.netrcs.push_back(std::move(content));
    }
  }
}

void CollectWrittenNetrcs(Facts& facts) {
  struct Written {
    size_t index = 0;  // in facts.netrcs
    Span by;           // the redirection
  };
  std::map<std::string, Written> written;  // by file
  for (const Command& command : facts.commands) {
    for (FileWrite& write : WritesOf(command, facts.commands)) {
      if (!IsNetrcPath(write.path)) continue;
      const auto [at, fresh] = written.try_emplace(FileKey(write.path));
      // The commands of a group or loop share its redirection.
      const bool shared = !fresh && at->second.by == write.span;
      if ((write.append && !fresh) || shared) {
        NetrcContent& content = facts.netrcs[at->second.index];
        content.text = Joined(content.text, write.text);
        content.netrc = ParseNetrc(content.text);
        continue;
      }
      at->second = {facts.netrcs.size(), write.span};
      NetrcContent content;
      content.continues = write.append;
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
