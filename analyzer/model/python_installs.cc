#include "analyzer/model/python_installs.h"

#include <string_view>

#include "analyzer/base/one_of.h"
#include "analyzer/model/config_uris.h"
#include "analyzer/model/python_ray_names.h"

namespace oakum {

namespace {

// GitPython, pygit2, dulwich: as `git clone` of a script.
void Clone(const PythonModule& module, const PyObject& call, Facts& facts) {
  const PyItem* url = PythonModule::Argument(call, "url", 0);
  if (!url) url = PythonModule::Argument(call, "source", 0);
  if (!url) return;
  for (PyId value : url->values) {
    AddConfigUris(module[value].value, {UriRole::kGit, "git", "", UriSink::kProgram}, facts);
  }
}

// What setup.py assembles setuptools writes into the metadata of the wheel and the sdist.
void KeepAssembled(const PythonModule& module, size_t first, Facts& facts) {
  for (size_t i = first; i < facts.uris.size(); ++i) {
    UriUse& use = facts.uris[i];
    if (use.uri.whole.is_literal()) continue;
    use.sink = UriSink::kWrittenFile;
    use.origins = module.OriginsOf(use.uri.whole);
  }
}

// setuptools: install_requires and its like, and the lists of extras_require.
void Setup(const PythonModule& module, const PyObject& call, Facts& facts) {
  for (const PyItem& item : call.items) {
    if (!item.key.is_literal()) continue;
    if (!IsOneOf(item.key.text(), {"install_requires", "setup_requires", "tests_require",
                                   "extras_require", "dependency_links"})) {
      continue;
    }
    const bool links = item.key.text() == "dependency_links";
    for (PyId value : item.values) {
      const DataTree data = module.ToData(value);
      const size_t known = facts.uris.size();
      for (DataTree::Id node = 0; node < data.size(); ++node) {
        if (!data.Is(node, DataKind::kText)) continue;
        if (links) {
          AddConfigUris(data[node].value, {UriRole::kRequirement, "setuptools", "dependency_links"},
                        facts);
        } else {
          LowerRequirementsText(data[node].value, "setuptools", UriSink::kFile, facts);
        }
      }
      KeepAssembled(module, known, facts);
    }
  }
}

}  // namespace

void AddInstalls(const PythonModule& module, const PyObject& call, Facts& facts) {
  if (EndsWithName(call.name, "setup")) Setup(module, call, facts);
  if (EndsWithName(call.name, "clone_from") || EndsWithName(call.name, "clone_repository") ||
      EndsWithName(call.name, "porcelain.clone")) {
    Clone(module, call, facts);
  }
}

}  // namespace oakum
