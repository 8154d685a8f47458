#include "analyzer/model/lower_config.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/config_uris.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/lower_tox.h"
#include "analyzer/syntax/data_tree.h"
#include "analyzer/syntax/ini.h"
#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/key_value.h"
#include "analyzer/syntax/text_lines.h"

namespace oakum {

namespace {

std::string_view IniKind(std::string_view path) {
  const std::string_view name = BaseName(path);
  if (name == "pip.conf" || name == "pip.ini") return "pip.conf";
  if (name == ".pypirc") return "pypirc";
  if (name == ".gitconfig" || name == "gitconfig" || name == ".gitmodules") return "gitconfig";
  if (BaseName(ParentPath(path)) == ".aws") return "aws";
  if (name == "setup.cfg") return "setup.cfg";
  return "ini";
}

// pip takes `_` for `-` and dashes in front.
std::string PipKey(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return key.starts_with("--") ? key.substr(2) : key;
}

ConfigUse UseOfIniKey(std::string_view kind, std::string_view section, std::string_view key) {
  if (kind == "pip.conf" || section == "easy_install") {
    if (key == "index-url" || key == "extra-index-url" || key == "find-links" || key == "index") {
      return {UriRole::kIndex, "pip", key};
    }
    if (key == "proxy") return {UriRole::kProxy, "pip", key};
    return {UriRole::kOther, "pip", key};
  }
  if (kind == "pypirc" && key == "repository") return {UriRole::kIndex, "twine", key};
  if (kind == "gitconfig") {
    if (section.starts_with("http") && key == "proxy") return {UriRole::kProxy, "git", key};
    if (key == "url" || key == "pushurl" || key == "insteadof" || key == "pushinsteadof") {
      return {UriRole::kGit, "git", key};
    }
  }
  return {UriRole::kOther, "", key};
}

Setting FileSetting(std::string name, const Value& value, Span name_span, Span span,
                    std::string_view kind) {
  Setting setting;
  setting.name = std::move(name);
  setting.value = value;
  setting.name_span = name_span;
  setting.span = span;
  setting.file_kind = kind;
  return setting;
}

// url "https://h/" of git: what is between the quotes.
Value QuotedPart(const Value& section) {
  const size_t open = section.text().find('"');
  const size_t close = section.text().rfind('"');
  if (open == std::string_view::npos || close <= open) return {};
  return section.Slice({static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)});
}

bool IsRequirementsKey(std::string_view section, std::string_view key) {
  return (section == "options" &&
          (key == "install_requires" || key == "setup_requires" || key == "tests_require")) ||
         section == "options.extras_require";
}

}  // namespace

void LowerIniText(const Value& text, std::string_view path, Facts& facts) {
  const IniText ini = ParseIni(text);
  const std::string_view kind = IniKind(path);
  std::string_view section;
  for (const IniEntry& entry : ini.entries) {
    // [url "https://token@host/"] of git
    if (kind == "gitconfig" && entry.section.text() != section) {
      AddConfigUris(QuotedPart(entry.section), {UriRole::kGit, "git", "insteadOf"}, facts);
    }
    section = entry.section.text();
    if (LowerToxKey(entry, facts)) continue;
    const bool pip = kind == "pip.conf" || section == "easy_install";
    const std::string key = pip ? PipKey(entry.key) : entry.key;
    const std::string name = section.empty() ? key : std::string(section) + "." + key;
    facts.settings.push_back(FileSetting(name, entry.value, entry.key_span, entry.span, kind));
    if (IsRequirementsKey(section, entry.key)) {
      LowerRequirementsText(entry.value, "pip", UriSink::kFile, facts);
    } else if (section == "options" && entry.key == "dependency_links") {
      AddConfigUris(entry.value, {UriRole::kRequirement, "pip", entry.key}, facts);
    } else {
      AddConfigUris(entry.value, UseOfIniKey(kind, section, key), facts);
    }
  }
  // Anything may be called .cfg; a file that names its tool should be readable.
  if (kind != "ini") AddLineNotice(ini.errors, "neither a section nor a key with a value", facts);
}

void LowerNpmrcText(const Value& text, Facts& facts) {
  for (const KeyValue& pair : ParseNpmrc(text)) {
    facts.settings.push_back(FileSetting(pair.key, pair.value, pair.key_span, pair.span, "npmrc"));
    ConfigUse use{UriRole::kOther, "npm", pair.key};
    if (pair.key == "registry" || pair.key.ends_with(":registry")) use.role = UriRole::kIndex;
    if (pair.key == "proxy" || pair.key == "https-proxy") use.role = UriRole::kProxy;
    AddConfigUris(pair.value, use, facts);
  }
}

void LowerGitCredentials(const Source& source, Facts& facts) {
  for (const Value& line : SplitLines(Value(source.body()))) {
    AddConfigUris(line, {UriRole::kGit, "git", "credential"}, facts);
  }
}

void LowerDotenv(const Source& source, Facts& facts) {
  for (const KeyValue& pair : ParseDotenv(Value(source.body()))) {
    Setting setting = FileSetting(pair.key, pair.value, pair.key_span, pair.span, "dotenv");
    setting.scope = SettingScope::kDotenv;
    AddSetting(std::move(setting), facts);
  }
}

void LowerRequirements(const Source& source, Facts& facts) {
  LowerRequirementsText(Value(source.body()), "pip", UriSink::kFile, facts);
}

void LowerConda(const DataTree& tree, Facts& facts) {
  for (DataTree::Id id = 0; id < tree.size(); ++id) {
    const DataTree::Node& node = tree[id];
    if (node.kind != DataKind::kText) continue;
    // The nearest key above: a list's items are its values.
    std::string_view key = node.key.text();
    std::string_view outer;
    for (DataTree::Id up = node.parent; up != DataTree::kNone && outer.empty();
         up = tree[up].parent) {
      (key.empty() ? key : outer) = tree[up].key.text();
    }
    if (key == "pip") {
      LowerRequirementsText(node.value, "pip", UriSink::kFile, facts);
      continue;
    }
    const Value value = PipfileVariables(node.value);
    const std::string name =
        outer.empty() ? std::string(key) : std::string(outer) + "." + std::string(key);
    facts.settings.push_back(FileSetting(name, value, node.key.ToSource(), node.span, "condarc"));
    const bool proxy = outer == "proxy_servers";
    AddConfigUris(value, {proxy ? UriRole::kProxy : UriRole::kIndex, "conda", proxy ? outer : key},
                  facts);
  }
}

}  // namespace oakum
