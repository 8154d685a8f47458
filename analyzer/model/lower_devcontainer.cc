#include "analyzer/model/lower_devcontainer.h"

#include <string>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

void LowerVariables(const DataTree& tree, DataTree::Id map, Facts& facts) {
  for (const DataTree::Id id : tree.Children(map)) {
    const DataTree::Node& entry = tree[id];
    if (entry.kind != DataKind::kText) continue;
    Setting setting;
    setting.name = entry.key.text();
    setting.value = BracedVariables(entry.value);
    setting.name_span = entry.key.ToSource();
    setting.span = Span::Cover(setting.name_span, entry.span);
    setting.scope = SettingScope::kContainer;
    AddSetting(std::move(setting), facts);
  }
}

void LowerCommand(const DataTree& tree, DataTree::Id id, Facts& facts) {
  if (tree.Is(id, DataKind::kText)) {
    return LowerShellText(tree[id].value, CommandHost::kContainer, facts);
  }
  if (!tree.Is(id, DataKind::kList)) return;
  std::vector<Value> argv;
  for (const DataTree::Id word : tree.Children(id)) argv.push_back(tree[word].value);
  if (!argv.empty()) LowerArgv(std::move(argv), tree[id].span, CommandHost::kContainer, facts);
}

}  // namespace

bool IsDevcontainer(std::string_view path) {
  const std::string_view name = BaseName(path);
  return name == "devcontainer.json" || name == ".devcontainer.json";
}

void LowerDevcontainer(const Source& source, Facts& facts) {
  if (!IsDevcontainer(source.path())) return;
  const DataTree tree = ParseJson(Value(source.body())).tree;
  const DataTree::Id root = tree.root();
  if (!tree.Is(root, DataKind::kMap)) return;
  for (const char* key : {"containerEnv", "remoteEnv"}) {
    LowerVariables(tree, tree.Find(root, key), facts);
  }
  for (const char* key : {"onCreateCommand", "updateContentCommand", "postCreateCommand",
                          "postStartCommand", "postAttachCommand"}) {
    const DataTree::Id command = tree.Find(root, key);
    if (!tree.Is(command, DataKind::kMap)) LowerCommand(tree, command, facts);
    for (const DataTree::Id each : tree.Children(command)) {
      if (tree.Is(command, DataKind::kMap)) LowerCommand(tree, each, facts);
    }
  }
}

}  // namespace oakum
