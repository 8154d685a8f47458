#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/config_uris.h"
#include "analyzer/model/lower_config.h"
#include "analyzer/model/lower_tox.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/toml.h"

namespace oakum {

namespace {

using Id = DataTree::Id;

// "tool.uv.index.url": keys from the root, lists left out.
std::string PathOf(const DataTree& tree, Id id) {
  std::string path;
  for (; id != DataTree::kNone; id = tree[id].parent) {
    if (tree[id].key.empty()) continue;
    std::string key = tree[id].key.Describe();
    std::replace(key.begin(), key.end(), '_', '-');
    path = path.empty() ? std::move(key) : key + "." + path;
  }
  return path;
}

bool StartsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [text](std::string_view b) { return text.starts_with(b); });
}

bool EndsWithAny(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [text](std::string_view e) { return text.ends_with(e); });
}

std::string_view KindOf(std::string_view path) {
  const std::string_view name = BaseName(path);
  if (name == "Pipfile") return "pipfile";
  if (name == "uv.toml") return "uv";
  if (name == "pdm.toml" || name == ".pdm.toml" || name == "pdm.lock") return "pdm";
  if (name == "pyproject.toml") return "pyproject";
  if (name == "tox.toml") return "tox";
  if (name == "pixi.toml") return "pixi";
  if (name == "poetry.lock") return "poetry.lock";
  if (name.ends_with(".py")) return "script";
  if (name == "uv.lock") return "uv.lock";
  if (name.ends_with(".lock")) return "lock";
  return "toml";
}

std::string_view ToolOf(std::string_view kind, std::string_view path) {
  if (kind == "pipfile") return "pipenv";
  if (kind.starts_with("uv") || path.starts_with("tool.uv.")) return "uv";
  if (kind == "pdm" || path.starts_with("tool.pdm.")) return "pdm";
  if (kind == "poetry.lock") return "poetry";
  if (kind == "pixi" || path.starts_with("tool.pixi.")) return "pixi";
  if (path.starts_with("tool.poetry.")) return "poetry";
  if (path.starts_with("tool.rye.")) return "rye";
  return "pip";
}

// Lists of PEP 508 strings: PEP 621, PEP 735, PEP 518, PEP 723 and the tools' own.
bool IsRequirementList(std::string_view kind, std::string_view path) {
  return (kind == "script" && path == "dependencies") || path == "project.dependencies" ||
         path == "build-system.requires" ||
         StartsWithAny(path, {"project.optional-dependencies.", "dependency-groups.",
                              "tool.pdm.dev-dependencies."}) ||
         (path.starts_with("tool.hatch.envs.") &&
          EndsWithAny(path, {".dependencies", ".extra-dependencies"})) ||
         (StartsWithAny(path, {"tool.uv.", "tool.rye.", "dev-", "constraint-", "override-"}) &&
          path.ends_with("-dependencies"));
}

// Channels of conda and indexes of PyPI, of the workspace or of one of its features.
bool IsPixiIndex(std::string_view kind, std::string_view path) {
  if (kind != "pixi" && !path.starts_with("tool.pixi.")) return false;
  return EndsWithAny(path, {".channels", ".channels.channel", "pypi-options.index-url",
                            "pypi-options.extra-index-urls", "pypi-options.find-links.url"});
}

bool IsIndex(std::string_view kind, std::string_view path) {
  if (IsPixiIndex(kind, path)) return true;
  if (path == "tool.poetry.source.url" || path == "tool.pdm.source.url" ||
      path == "tool.rye.sources.url" || (kind == "pipfile" && path == "source.url")) {
    return true;
  }
  if (kind != "uv" && !path.starts_with("tool.uv.") && kind != "pdm" &&
      !path.starts_with("pypi.")) {
    return false;
  }
  return EndsWithAny(path, {"index.url", "index-url", "extra-index-url", "find-links",
                            "default-index", "publish-url", "check-url"}) ||
         (path.starts_with("pypi.") && path.ends_with(".url"));
}

// name = { git = "...", url = "..." } of a dependency table.
bool IsRequirementTable(std::string_view kind, std::string_view path) {
  if (!EndsWithAny(path, {".git", ".url", ".hg", ".svn", ".path", ".file"})) return false;
  if (kind == "pipfile") return StartsWithAny(path, {"packages.", "dev-packages."});
  if ((kind == "uv.lock" || kind == "pdm") && path.starts_with("package.")) return true;
  if (kind == "poetry.lock") return path == "package.source.url";
  if (path.starts_with("tool.poetry.")) return path.find("dependencies.") != std::string_view::npos;
  if (path.starts_with("tool.pixi.")) return path.find("dependencies.") != std::string_view::npos;
  return path.starts_with("tool.uv.sources.") || (kind == "uv" && path.starts_with("sources."));
}

void AddSetting(const DataTree::Node& node, const Value& value, const std::string& path,
                std::string_view kind, Facts& facts) {
  Setting setting;
  setting.name = path;
  setting.value = value;
  setting.name_span = node.key.empty() ? node.span : node.key.ToSource();
  setting.span = Span::Cover(setting.name_span, node.span);
  setting.file_kind = kind;
  facts.settings.push_back(std::move(setting));
}

}  // namespace

void LowerTomlText(const Value& text, std::string_view file, Facts& facts) {
  const TomlText toml = ParseToml(text);
  const DataTree& tree = toml.tree;
  const std::string_view kind = KindOf(file);
  for (Id id = 0; id < tree.size(); ++id) {
    const DataTree::Node& node = tree[id];
    if (node.kind != DataKind::kText) continue;
    const std::string path = PathOf(tree, id);
    const std::string_view tool = ToolOf(kind, path);
    Value value = node.value;
    if (tool == "pipenv") value = PipfileVariables(value);
    if (tool == "pdm") value = BracedVariables(value);
    if (!kind.ends_with("lock")) AddSetting(node, value, path, kind, facts);
    if (IsRequirementList(kind, path)) {
      LowerRequirementsText(node.value, tool, UriSink::kFile, facts);
    } else if (IsIndex(kind, path)) {
      AddConfigUris(value, {UriRole::kIndex, tool, path}, facts);
    } else if (IsRequirementTable(kind, path)) {
      AddConfigUris(value, {UriRole::kRequirement, tool, path}, facts);
    } else {
      AddConfigUris(value, {UriRole::kOther, "", path}, facts);
    }
  }
  if (kind == "tox" || kind == "pyproject") LowerToxToml(tree, facts);
  AddLineNotice(toml.errors, "not valid TOML and left out", facts);
}

}  // namespace oakum
