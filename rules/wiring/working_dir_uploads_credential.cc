// OAK523: a local working_dir or py_modules folder with a credential file that Ray uploads.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/ray_upload.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/runtime_env.h"

namespace oakum {

namespace {

constexpr size_t kMaxNamed = 5;

bool IsArchive(std::string_view path) {
  static constexpr std::string_view kEndings[] = {".zip", ".whl", ".jar", ".tar.gz", ".tgz", ".py"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

std::string Help(const RuntimeEnvPackage& package, const std::vector<const Document*>& files,
                 std::string_view folder) {
  std::string names;
  for (const Document* file : files) {
    std::string_view path = file->path();
    if (!folder.empty()) path.remove_prefix(folder.size() + 1);
    if (!names.empty()) names += ", ";
    names += fmt::format("\"{}\"", path);
    if (&file == &files[0] + kMaxNamed - 1) break;
  }
  return fmt::format(
      "add `\"excludes\": [{}]` to the runtime_env, or a .rayignore to the folder, and take the "
      "file "
      "out of `{}`",
      names, package.field);
}

void CheckPackage(const Rule& rule, const Project& project, const Document& document,
                  const RuntimeEnv& env, const RuntimeEnvPackage& package, const Report& report) {
  if (!package.value.is_literal() || IsArchive(package.value.text())) return;
  for (const std::string& folder : UploadedFolders(project, document, package.value.text())) {
    const std::vector<const Document*> files = UploadedCredentials(project, folder, env);
    if (files.empty()) continue;
    const Document& first = *files.front();
    Finding finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    // A path that is put together has no place of its own.
    const Span path = package.value.ToSource();
    const bool stands = path.size() == package.value.size() || package.span.empty();
    finding.where = {&document.source(), stands ? path : package.span};
    finding.message = fmt::format(
        "Ray uploads this folder as it is, with the {} `{}`{}: it is stored in the cluster and "
        "unpacked on every node, where every task can read it.",
        CredentialFileAt(first.path())->description, first.path(),
        files.size() == 1 ? "" : fmt::format(" and {} more", files.size() - 1));
    if (first.link()) {
      finding.message += " The file is a link: Ray packs what it leads to.";
    } else if (first.ignored()) {
      finding.message +=
          " Git ignores the file, but by rules that Ray does not read: it reads the ignore files "
          "from the uploaded folder down, not those above.";
    }
    finding.label = fmt::format("uploads {}", first.path());
    for (size_t i = 0; i < std::min(files.size(), kMaxNamed); ++i) {
      finding.related.push_back({{&files[i]->source(), Span{0, 0}}, "uploaded"});
    }
    finding.help = Help(package, files, folder);
    finding.anchor = fmt::format("runtime_env/{}/{}", package.field, first.path());
    return report(std::move(finding));
  }
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  std::set<Span> reported;
  const Report once = [&](Finding finding) {
    if (reported.insert(finding.where.span).second) report(std::move(finding));
  };
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvPackage& package : env.packages) {
      if (package.field != "java_jars") {
        CheckPackage(rule, project, document, env, package, once);
      }
    }
  }
}

}  // namespace

extern const Rule kWorkingDirUploadsCredential = {
    .code = "OAK523",
    .name = "working-dir-uploads-credential",
    .severity = Severity::kError,
    .summary = "A local folder that Ray uploads holds a credential file.",
    .check_document = Check,
};

}  // namespace oakum
