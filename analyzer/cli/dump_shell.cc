#include <string>
#include <string_view>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/shell.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

// Printing JSON recurses, so the depth that is shown has a limit.
constexpr int kMaxDepth = 200;

// With its quotes.
Json DumpWord(const ShellWord& word) {
  Json json = DumpValue(word.value);
  json["span"] = DumpSpan(word.span);
  if (word.quoted) json["quoted"] = true;
  return json;
}

std::string_view NameOf(ShellNodeKind kind) {
  switch (kind) {
    case ShellNodeKind::kCommand:
      return "command";
    case ShellNodeKind::kSequence:
      return "sequence";
    case ShellNodeKind::kPipeline:
      return "pipeline";
    case ShellNodeKind::kGroup:
      return "group";
    case ShellNodeKind::kSubshell:
      return "subshell";
    case ShellNodeKind::kFunction:
      return "function";
    case ShellNodeKind::kBranch:
      return "branch";
    case ShellNodeKind::kLoop:
      return "loop";
  }
  return "";
}

std::string_view NameOf(ShellConnector connector) {
  switch (connector) {
    case ShellConnector::kSequential:
      return ";";
    case ShellConnector::kAnd:
      return "&&";
    case ShellConnector::kOr:
      return "||";
    case ShellConnector::kBackground:
      return "&";
  }
  return "";
}

std::string_view NameOf(ShellRedirection::Kind kind) {
  switch (kind) {
    case ShellRedirection::Kind::kRead:
      return "read";
    case ShellRedirection::Kind::kWrite:
      return "write";
    case ShellRedirection::Kind::kAppend:
      return "append";
    case ShellRedirection::Kind::kHeredoc:
      return "heredoc";
    case ShellRedirection::Kind::kHereString:
      return "herestring";
    case ShellRedirection::Kind::kDuplicate:
      return "duplicate";
  }
  return "";
}

Json DumpNode(const ShellScript& script, uint32_t index, int depth) {
  const ShellNode& node = script[index];
  Json json = {{"kind", NameOf(node.kind)}, {"span", DumpSpan(node.span)}};
  if (node.connector != ShellConnector::kSequential) json["after"] = NameOf(node.connector);
  if (node.negated) json["negated"] = true;
  if (!node.name.empty()) json["name"] = node.name;
  for (const ShellWord& item : node.items) json["items"].push_back(DumpWord(item));
  for (const ShellAssignment& assignment : node.assignments) {
    Json entry = {{"name", assignment.name},
                  {"value", DumpValue(assignment.value)},
                  {"span", DumpSpan(assignment.span)}};
    for (const ShellWord& item : assignment.items) entry["items"].push_back(DumpWord(item));
    json["assignments"].push_back(std::move(entry));
  }
  for (const ShellWord& word : node.words) {
    json["words"].push_back(DumpWord(word));
  }
  for (const ShellRedirection& redirection : node.redirections) {
    json["redirections"].push_back({{"kind", NameOf(redirection.kind)},
                                    {"fd", redirection.fd},
                                    {"target", DumpValue(redirection.target)},
                                    {"span", DumpSpan(redirection.span)}});
  }
  if (depth >= kMaxDepth) return json;
  for (const uint32_t child : node.children) {
    json["children"].push_back(DumpNode(script, child, depth + 1));
  }
  for (const uint32_t inner : node.substitutions) {
    json["substitutions"].push_back(DumpNode(script, inner, depth + 1));
  }
  return json;
}

}  // namespace

Json DumpShell(const Source& source) {
  const ShellScript script = ParseShell(Value(source.body()));
  return {{"script", DumpNode(script, script.root, 0)}, {"errors", DumpErrors(script.notices)}};
}

}  // namespace oakum
