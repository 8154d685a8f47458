#include "analyzer/model/netrc_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/command_option.h"
#include "analyzer/model/command_text.h"
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

bool IsDocument(std::string_view path) {
  for (std::string_view end : {".md", ".rst", ".txt", ".html", ".adoc", "/dev/null"}) {
    if (path.ends_with(end)) return true;
  }
  return false;
}

// A text that goes to a file of another name (`$tmp`, `login.txt`) and can be nothing but a netrc:
// it begins with an entry that has all its parts.
bool ReadsAsNetrc(const Value& text) {
  const std::string_view all = text.text();
  size_t at = all.find_first_not_of(" \t\r\n");
  while (at != all.npos && all[at] == '#') {
    at = all.find('\n', at);
    if (at != all.npos) at = all.find_first_not_of(" \t\r\n", at);
  }
  if (at == all.npos) return false;
  const std::string_view rest = all.substr(at);
  if (!rest.starts_with("machine ") && !rest.starts_with("machine\t") &&
      !rest.starts_with("default ")) {
    return false;
  }
  const NetrcText netrc = ParseNetrc(text);
  if (netrc.entries.empty()) return false;
  const NetrcEntry& first = netrc.entries[0];
  // Words of prose unless something fills them in.
  if (first.is_default) return first.login && first.password && !text.is_literal();
  const std::string_view host = first.machine.value.text();
  const bool names_host = !first.machine.value.is_literal() || host.find('.') != host.npos ||
                          host.find(':') != host.npos || host == "localhost";
  return names_host && (first.login || first.password);
}

// `printf '%s' "$text"` of a text that a here-document of the script has.
Value Followed(Value text, const Facts& facts) {
  const Value all = text.Trimmed();
  if (all.OnlyHole() == nullptr) return text;
  TextOrigin origin = OriginOf(all, facts);
  return origin.text && ReadsAsNetrc(*origin.text) ? *std::move(origin.text) : text;
}

bool IsNetrc(const FileWrite& write) {
  return IsNetrcPath(write.path) || (!IsDocument(write.path.text()) && ReadsAsNetrc(write.text));
}

// What a command hands to kubectl as the content of a netrc key: a here-document that it reads as
// /dev/stdin, a literal.
std::vector<Value> NetrcKeysOf(const Command& command, const Facts& facts) {
  std::vector<Value> texts;
  const std::string_view program = command.Program();
  if ((program != "kubectl" && program != "oc") || !HasWord(command, "create")) return texts;
  for (std::string_view option : {"--from-literal", "--from-file"}) {
    for (const Value& argument : OptionsOf(command, option)) {
      const size_t equals = argument.text().find('=');
      if (equals == std::string_view::npos) continue;
      const auto at = static_cast<uint32_t>(equals);
      if (!IsNetrcPath(argument.Slice({0, at}))) continue;
      const Value value = argument.Slice(at + 1);
      TextOrigin origin;
      if (option == "--from-literal") {
        origin = OriginOf(value, facts);
      } else if (value.text() == "/dev/stdin") {
        origin = InputOf(command, facts);
      }
      if (origin.text) texts.push_back(*std::move(origin.text));
    }
  }
  return texts;
}

// `src=<(printf 'machine ...')`, TEXT=$(cat <<EOF ...), unless the text is known by where it goes.
void CollectCapturedNetrcs(Facts& facts) {
  for (const Command& command : facts.commands) {
    if (!command.captured || command.stdout_to >= 0) continue;
    std::optional<Value> text = PrintedText(command);
    if (!text || !ReadsAsNetrc(*text)) continue;
    const Span span = text->ToSource();
    if (std::any_of(facts.netrcs.begin(), facts.netrcs.end(), [span](const NetrcContent& known) {
          return known.span.Contains(span) || known.text.ToSource().Contains(span);
        })) {
      continue;
    }
    NetrcContent content;
    content.origin = NetrcOrigin::kCommand;
    content.host = command.host;
    content.netrc = ParseNetrc(*text);
    content.text = *std::move(text);
    content.span = command.span;
    facts.netrcs.push_back(std::move(content));
  }
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
      write.text = Followed(std::move(write.text), facts);
      if (!IsNetrc(write)) continue;
      const auto [at, fresh] = written.try_emplace(FileKey(write.path));
      // The commands of a group or loop share its redirection.
      const bool shared = !fresh && at->second.by == write.span;
      if ((write.append && !fresh) || shared) {
        NetrcContent& content = facts.netrcs[at->second.index];
        content.text = JoinedLines(content.text, write.text);
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
    for (Value& text : NetrcKeysOf(command, facts)) {
      NetrcContent content;
      content.origin = NetrcOrigin::kCommand;
      content.host = command.host;
      content.netrc = ParseNetrc(text);
      content.text = std::move(text);
      content.span = command.span;
      facts.netrcs.push_back(std::move(content));
    }
  }
  CollectCapturedNetrcs(facts);
}

}  // namespace oakum
