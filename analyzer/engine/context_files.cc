#include "analyzer/engine/context_files.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/script_calls.h"
#include "analyzer/model/context_source.h"
#include "analyzer/model/credential_content.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/language.h"

namespace oakum {

namespace {

// Folders whose credential files are made up.
bool IsSamplePath(std::string_view path) {
  constexpr std::array<std::string_view, 10> kFolders = {
      "test", "tests", "testdata", "fixtures", "__tests__",
      "docs", "doc",   "examples", "samples",  "testing"};
  for (size_t begin = 0, slash = path.find('/'); slash != path.npos;
       begin = slash + 1, slash = path.find('/', begin)) {
    const std::string_view folder = path.substr(begin, slash - begin);
    if (std::find(kFolders.begin(), kFolders.end(), folder) != kFolders.end()) return true;
  }
  return false;
}

// A .env file is as often the defaults of a development machine (POSTGRES_PASSWORD=postgres): only
// what nothing else is written like counts.
bool HoldsMoreThanDefaults(const Document& dotenv) {
  const Facts& facts = dotenv.facts();
  if (!facts.tokens.empty()) return true;
  const bool named =
      std::any_of(facts.settings.begin(), facts.settings.end(), [](const Setting& setting) {
        return setting.value.is_literal() &&
               JudgeNamedSecret(setting.name, setting.value.text()) == NamedSecret::kSecret;
      });
  if (named) return true;
  return std::any_of(facts.uris.begin(), facts.uris.end(), [](const UriUse& use) {
    const auto credentials = CredentialsIn(use.uri);
    return std::any_of(credentials.begin(), credentials.end(), [&use](const UriCredential& each) {
      return each.kind == SecretKind::kLiteral && each.secret.text() != use.uri.user.text();
    });
  });
}

bool HoldsSecrets(const Document& document, CredentialFileKind kind) {
  if (!HoldsCredential(kind, Value(document.source().body()))) return false;
  return kind != CredentialFileKind::kDotenv || HoldsMoreThanDefaults(document);
}

// Whether the file is written before the build runs, in the same job or script, and stays.
bool StaysUntil(const BuildSite& site, const LeftFile& left) {
  if (left.job != site.job) return false;
  if (site.command == kNoIndex) {
    if (site.job == nullptr || left.step >= site.step) return false;
    return !IsRemoved(*site.document, left, site.job->steps[site.step].first_command);
  }
  return left.command < site.command && !IsRemoved(*site.document, left, site.command);
}

// The first command of the site's job or script, and the one that builds.
std::pair<uint32_t, uint32_t> CommandsBefore(const BuildSite& site) {
  const uint32_t all = static_cast<uint32_t>(site.document->facts().commands.size());
  if (site.job == nullptr) return {0, site.command == kNoIndex ? 0 : std::min(all, site.command)};
  const auto& steps = site.job->steps;
  const uint32_t end = site.command == kNoIndex ? steps[site.step].first_command : site.command;
  return {steps.front().first_command, end};
}

// A path that a script works with, in the tree: a script that goes up from its own folder is at
// home there, any other one where its caller is.
std::string PathInTree(const BuildSite& site, const Document& script, const std::string& path) {
  if (path.starts_with("..")) return CleanPath(JoinPath(ParentPath(script.path()), path));
  return site.below == "." ? CleanPath(JoinPath(site.context, path)) : path;
}

}  // namespace

const std::vector<LeftFile>& LeftFinder::FilesOf(const Document& document) {
  const auto known = files_.find(&document);
  if (known != files_.end()) return known->second;
  return files_.emplace(&document, FindLeftFiles(document)).first->second;
}

const std::vector<LeftFinder::ScriptCall>& LeftFinder::CallsOf(const Document& document) {
  const auto [at, added] = calls_.try_emplace(&document);
  if (!added) return at->second;
  const std::vector<Command>& commands = document.facts().commands;
  for (uint32_t i = 0; i < commands.size(); ++i) {
    const Document* script = ScriptOf(project_, document, commands[i]);
    if (script != nullptr) at->second.push_back({i, script});
  }
  return at->second;
}

std::vector<ContextFile> LeftFinder::Before(const BuildSite& site) {
  std::vector<ContextFile> files;
  if (!site.local) return files;
  const auto add = [&](std::string path, const LeftFile& left) {
    ContextFile file;
    file.path = std::move(path);
    file.description = left.Describe();
    if (left.file) file.kind = left.file->kind;
    file.left = left;
    file.site = &site;
    files.push_back(std::move(file));
  };
  for (const LeftFile& left : FilesOf(*site.document)) {
    std::string path(PathBelow(left.path, site.below));
    if (!path.empty() && StaysUntil(site, left)) add(std::move(path), left);
  }
  const auto [first, before] = CommandsBefore(site);
  for (const auto& [command, script] : CallsOf(*site.document)) {
    if (command < first || command >= before) continue;
    for (const LeftFile& left : FilesOf(*script)) {
      const std::string in_tree = PathInTree(site, *script, left.path);
      std::string path(PathBelow(in_tree, site.context));
      const auto end = static_cast<uint32_t>(script->facts().commands.size());
      if (!path.empty() && !IsRemoved(*script, left, end)) add(std::move(path), left);
    }
  }
  return files;
}

std::vector<LeftFile> LeftFinder::ByScriptsOf(const Document& document, const CiJob& job,
                                              LeftWhere where) {
  std::vector<LeftFile> all;
  for (uint32_t i = 0; i < job.steps.size(); ++i) {
    const CiStep& step = job.steps[i];
    for (const auto& [command, script] : CallsOf(document)) {
      if (command < step.first_command || command >= step.end_command) continue;
      const auto end = static_cast<uint32_t>(script->facts().commands.size());
      const bool here = where == LeftWhere::kWorkspace;
      for (LeftFile left : here ? FilesOf(*script) : FindLeftFiles(*script, where)) {
        if (IsRemoved(*script, left, end)) continue;
        if (here && left.path.starts_with("..")) {
          left.path = CleanPath(JoinPath(ParentPath(script->path()), left.path));
        } else if (here) {
          left.path = JoinPath(KnownPath(step.folder), left.path);
        }
        left.job = &job;
        left.step = i;
        left.command = command;
        all.push_back(std::move(left));
      }
    }
  }
  return all;
}

std::vector<UsedContext> ContextsOf(const Project& project, const std::vector<BuildSite>& sites,
                                    const Document& dockerfile) {
  std::vector<UsedContext> contexts;
  for (const bool local : {true, false}) {
    for (const BuildSite& site : sites) {
      if (site.dockerfile != &dockerfile || site.local != local) continue;
      const bool known = std::any_of(
          contexts.begin(), contexts.end(),
          [&site](const UsedContext& other) { return other.context.folder() == site.context; });
      if (!known) contexts.push_back({BuildContext(project, site), &site});
    }
  }
  if (contexts.empty()) contexts.push_back({BuildContext(project, dockerfile), nullptr});
  return contexts;
}

std::vector<ContextFile> CredentialsIn(const Project& project, const std::vector<BuildSite>& sites,
                                       const UsedContext& used) {
  const BuildContext& context = used.context;
  std::vector<ContextFile> files;
  const auto add = [&files](ContextFile file) {
    const bool known = std::any_of(files.begin(), files.end(), [&file](const ContextFile& other) {
      return other.path == file.path;
    });
    if (!known) files.push_back(std::move(file));
  };
  for (const Document* document : project.CredentialFilesBelow(context.folder())) {
    const std::string_view path = context.Within(document->path());
    const std::optional<CredentialFile> kind = CredentialFileAt(document->path());
    if (!kind || IsSamplePath(path) || context.Excludes(path)) continue;
    if (!used.local() && document->untracked()) continue;
    if (!HoldsSecrets(*document, kind->kind)) continue;
    add({std::string(path),
         std::string(kind->description),
         kind->kind,
         document->ignored(),
         {},
         nullptr});
  }
  LeftFinder left(project);
  for (const BuildSite& site : sites) {
    if (site.dockerfile != context.dockerfile() || site.context != context.folder()) continue;
    for (ContextFile& file : left.Before(site)) {
      if (!context.Excludes(file.path)) add(std::move(file));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const ContextFile& a, const ContextFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace oakum
