#include "analyzer/model/shell_calls.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace oakum {

namespace {

std::string_view NameOf(const ShellNode& command) {
  const bool named = !command.words.empty() && command.words[0].value.is_literal();
  return named ? command.words[0].value.text() : std::string_view();
}

// Whether the word is one argument, whatever is in its variables.
bool IsOneArgument(const ShellWord& word) {
  const auto is_list = [](const Value::PlacedHole& placed) {
    const Hole& hole = placed.hole;
    return hole.name == "@" || hole.name == "*" || hole.span.size() > hole.name.size() + 5;
  };
  const auto& holes = word.value.holes();
  return holes.empty() || (word.quoted && std::none_of(holes.begin(), holes.end(), is_list));
}

bool IsSame(const ShellWord& a, const ShellWord& b) {
  return a.value.is_literal() && b.value.is_literal() && a.value.text() == b.value.text();
}

}  // namespace

ShellCalls::ShellCalls(const ShellScript& script) : script_(script) {
  std::set<std::string, std::less<>> functions;
  for (const ShellNode& node : script.nodes) {
    if (node.kind == ShellNodeKind::kFunction) functions.insert(node.name);
  }
  if (functions.empty()) return;
  for (const ShellNode& node : script.nodes) {
    if (node.kind != ShellNodeKind::kCommand) continue;
    const auto function = functions.find(NameOf(node));
    if (function != functions.end()) calls_[*function].push_back(&node);
  }
}

std::vector<const ShellWord*> ShellCalls::Parameters(const ShellNode& function) const {
  std::vector<const ShellWord*> parameters;
  const auto found = calls_.find(function.name);
  if (found == calls_.end() || ChangesParameters(function)) return parameters;
  const std::vector<const ShellNode*>& calls = found->second;
  const std::vector<ShellWord>& first = calls[0]->words;
  constexpr size_t kMostParameters = 9;
  for (size_t i = 1; i < first.size() && i <= kMostParameters; ++i) {
    const bool agreed = std::all_of(calls.begin() + 1, calls.end(), [&](const ShellNode* call) {
      return i < call->words.size() && IsSame(call->words[i], first[i]);
    });
    if (!agreed || !IsOneArgument(first[i])) break;
    parameters.push_back(&first[i]);
  }
  return parameters;
}

const std::vector<const ShellNode*>& ShellCalls::CallsOf(const ShellNode& function) const {
  static const std::vector<const ShellNode*> kNone;
  const auto found = calls_.find(function.name);
  return found == calls_.end() ? kNone : found->second;
}

const ShellNode* ShellCalls::Forwarded(const ShellNode& function) const {
  const ShellNode* body = &function;
  while (body->kind != ShellNodeKind::kCommand) {
    const bool plain = body->kind == ShellNodeKind::kFunction ||
                       body->kind == ShellNodeKind::kGroup ||
                       body->kind == ShellNodeKind::kSequence;
    if (!plain || !body->redirections.empty() || body->children.size() != 1) return nullptr;
    body = &script_[body->children[0]];
  }
  if (!body->assignments.empty() || !body->redirections.empty() || body->words.empty()) {
    return nullptr;
  }
  const Hole* last = body->words.back().value.OnlyHole();
  return last != nullptr && last->name == "@" ? body : nullptr;
}

bool ShellCalls::ChangesParameters(const ShellNode& node) const {
  const std::string_view name = NameOf(node);
  if (name == "shift") return true;
  if (name == "set" && std::any_of(node.words.begin(), node.words.end(), [](const ShellWord& word) {
        return word.value.text() == "--";
      })) {
    return true;
  }
  return std::any_of(node.children.begin(), node.children.end(),
                     [this](uint32_t child) { return ChangesParameters(script_[child]); });
}

}  // namespace oakum
