#include "analyzer/engine/ray_upload.h"

#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/base/value.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/syntax/git_patterns.h"

namespace oakum {

namespace {

// Folders whose programs are started from the folder above.
constexpr std::string_view kScriptFolders[] = {"bin",     "ci",    "deploy",  "hack",
                                               "scripts", "tools", ".github", "workflows"};

// Samples that are kept to be copied, and folders that hold invented trees.
bool IsSample(std::string_view path) {
  for (std::string_view part : {"testdata/", "fixtures/", "/test-data/"}) {
    if (path.find(part) != path.npos) return true;
  }
  return false;
}

// What the variable is set to wherever the tree sets it to a text; null if nowhere.
const Value* SettingOf(const Project& project, std::string_view name) {
  for (const auto& document : project.documents()) {
    for (const Setting& setting : document->facts().settings) {
      if (setting.name == name && setting.value.is_literal()) return &setting.value;
    }
    for (const Command& command : document->facts().commands) {
      for (const Assignment& assignment : command.environment) {
        if (assignment.name == name && assignment.value.is_literal()) return &assignment.value;
      }
    }
  }
  return nullptr;
}

// What Ray itself leaves out, and the `excludes` (ray/_private/ray_constants.py).
GitPatterns PatternsOf(const Project& project, const RuntimeEnv& env) {
  GitPatterns patterns;
  const Value* defaults = SettingOf(project, "RAY_OVERRIDE_RUNTIME_ENV_DEFAULT_EXCLUDES");
  std::string_view names = defaults ? defaults->text() : ".git,.venv,venv,__pycache__";
  while (!names.empty()) {
    const size_t end = std::min(names.find(','), names.size());
    patterns.Add(MappedText::Verbatim(names.substr(0, end), 0));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  for (const Value& line : env.excludes) {
    if (line.is_literal()) patterns.Add(line.mapped());
  }
  return patterns;
}

// Reads every ignore file once.
class IgnoreFiles {
 public:
  explicit IgnoreFiles(const Project& project) : project_(project) {
    const Value* off = SettingOf(project, "RAY_RUNTIME_ENV_IGNORE_GITIGNORE");
    if (off && off->text() == "1") names_ = {".rayignore"};
  }

  // Whether an ignore file of `folder` matches `path`, which is relative to it.
  bool LeaveOut(const std::string& folder, std::string_view path) {
    for (std::string_view name : names_) {
      const std::string at = folder.empty() ? std::string(name) : folder + "/" + std::string(name);
      auto [found, fresh] = known_.try_emplace(at);
      if (fresh) {
        if (const Document* file = project_.Find(at))
          found->second = GitPatterns::Parse(file->source().body());
      }
      if (found->second.Matches(path)) return true;
    }
    return false;
  }

 private:
  const Project& project_;
  std::vector<std::string_view> names_ = {".gitignore", ".rayignore"};
  std::map<std::string, GitPatterns> known_;
};

// Whether `path`, which is relative to the uploaded `root`, or a folder on its way is left out.
bool IsLeftOut(const std::string& root, std::string_view path, const GitPatterns& excludes,
               IgnoreFiles& ignores) {
  for (size_t end = path.find('/');; end = path.find('/', end + 1)) {
    // "a/", "a/b/", "a/b/file"
    const std::string_view part = path.substr(0, end == path.npos ? end : end + 1);
    if (excludes.Matches(part)) return true;
    std::string folder = root;
    std::string_view rest = part;
    while (true) {
      if (ignores.LeaveOut(folder, rest)) return true;
      const size_t slash = rest.find('/');
      if (slash == rest.npos || slash + 1 == rest.size()) break;
      if (!folder.empty()) folder += '/';
      folder += rest.substr(0, slash);
      rest.remove_prefix(slash + 1);
    }
    if (end == path.npos) return false;
  }
}

// The folder that a module of a package is started from (`python -m package.module`): the one
// above its outermost package. The folder itself if it is no package.
std::string AbovePackage(const Project& project, std::string folder) {
  while (!folder.empty() && project.Exists(folder + "/__init__.py")) {
    folder = ParentPath(folder);
  }
  return folder;
}

bool IsFolder(const Project& project, const std::string& path) {
  return !project.FilesBelow(path).empty() || !project.CredentialFilesBelow(path).empty() ||
         !project.CredentialLinksBelow(path).empty();
}

}  // namespace

std::vector<std::string> UploadedFolders(const Project& project, const Document& document,
                                         std::string_view path) {
  if (path.empty() || path[0] == '/' || path[0] == '~' || path.find(':') != path.npos) return {};
  const std::string own(ParentPath(document.path()));
  std::vector<std::string> folders;
  const auto add = [&](std::string folder) {
    if (folder == ".") folder.clear();
    const bool outside = folder.starts_with("..") || folder.starts_with('/');
    const bool known = std::find(folders.begin(), folders.end(), folder) != folders.end();
    if (!outside && !known && IsFolder(project, folder)) folders.push_back(std::move(folder));
  };
  add(CleanPath(JoinPath(own, path)));
  add(CleanPath(JoinPath(AbovePackage(project, own), path)));
  // A program is often started from the folder above it; a path with a name says which one.
  const std::string_view name = BaseName(own);
  const bool script = std::find(std::begin(kScriptFolders), std::end(kScriptFolders), name) !=
                      std::end(kScriptFolders);
  if (script || (folders.empty() && CleanPath(path) != ".")) {
    const std::string above(name == "workflows" ? "" : ParentPath(own));
    add(CleanPath(JoinPath(above, path)));
    if (folders.empty()) add(CleanPath(path));
  }
  return folders;
}

std::vector<const Document*> UploadedCredentials(const Project& project, std::string_view folder,
                                                 const RuntimeEnv& env) {
  std::vector<const Document*> found;
  std::vector<const Document*> files = project.CredentialFilesBelow(folder);
  // Ray packs what a link leads to.
  for (const Document* link : project.CredentialLinksBelow(folder)) files.push_back(link);
  if (files.empty()) return found;
  const GitPatterns excludes = PatternsOf(project, env);
  const std::string root(folder);
  IgnoreFiles ignores(project);
  for (const Document* file : files) {
    std::string_view path = file->path();
    if (!root.empty()) path.remove_prefix(root.size() + 1);
    if (IsSample(path) || IsLeftOut(root, path, excludes, ignores)) continue;
    const std::optional<CredentialFile> kind = CredentialFileAt(file->path());
    if (kind && HoldsCredential(kind->kind, Value(file->source().body()))) found.push_back(file);
  }
  return found;
}

}  // namespace oakum
