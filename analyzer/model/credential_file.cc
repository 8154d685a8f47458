#include "analyzer/model/credential_file.h"

#include <algorithm>
#include <array>
#include <string>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

using Kind = CredentialFileKind;

struct Entry {
  std::string_view tail;  // the last segments of the path
  CredentialFile file;
};

constexpr CredentialFile kNetrcFile{Kind::kNetrc, "netrc file", true};
constexpr CredentialFile kSshKeyFile{Kind::kSshKey, "SSH private key", true};
constexpr CredentialFile kDotenvFile{Kind::kDotenv, ".env file", false};

constexpr auto kEntries = std::to_array<Entry>({
    {".netrc", kNetrcFile},
    {"_netrc", kNetrcFile},
    {"netrc", kNetrcFile},
    {".pypirc", {Kind::kPypirc, "PyPI credential file", true}},
    {".git-credentials", {Kind::kGitCredentials, "git credential store", true}},
    {"git/credentials", {Kind::kGitCredentials, "git credential store", true}},
    {"id_rsa", kSshKeyFile},
    {"id_dsa", kSshKeyFile},
    {"id_ecdsa", kSshKeyFile},
    {"id_ecdsa_sk", kSshKeyFile},
    {"id_ed25519", kSshKeyFile},
    {"id_ed25519_sk", kSshKeyFile},
    {".aws/credentials", {Kind::kAwsCredentials, "AWS credential file", true}},
    {"application_default_credentials.json", {Kind::kCloudKey, "Google Cloud credential", true}},
    {"huggingface/token", {Kind::kToolToken, "Hugging Face token file", true}},
    {".huggingface/token", {Kind::kToolToken, "Hugging Face token file", true}},
    {"pypoetry/auth.toml", {Kind::kPoetryAuth, "Poetry credential file", true}},
    {"poetry/auth.toml", {Kind::kPoetryAuth, "Poetry credential file", true}},
    {".docker/config.json", {Kind::kDockerConfig, "Docker client configuration", false}},
    {".dockercfg", {Kind::kDockerConfig, "Docker client configuration", false}},
    {".dockerconfigjson", {Kind::kDockerConfig, "Docker client configuration", false}},
    {".kube/config", {Kind::kKubeconfig, "kubeconfig", false}},
    {"kubeconfig", {Kind::kKubeconfig, "kubeconfig", false}},
    {".npmrc", {Kind::kNpmrc, "npm configuration", false}},
    {".yarnrc.yml", {Kind::kNpmrc, "Yarn configuration", false}},
    {"pip.conf", {Kind::kPipConfig, "pip configuration", false}},
    {"pip.ini", {Kind::kPipConfig, "pip configuration", false}},
    {".condarc", {Kind::kCondarc, "conda configuration", false}},
    {".env", kDotenvFile},
});

constexpr std::string_view kSampleEndings[] = {".example", ".sample", ".template", ".tpl",
                                               ".tmpl",    ".j2",     ".dist",     ".defaults"};

bool IsSample(std::string_view name) {
  return std::any_of(std::begin(kSampleEndings), std::end(kSampleEndings),
                     [name](std::string_view ending) { return name.ends_with(ending); }) ||
         name.find("example") != std::string_view::npos ||
         name.find("sample") != std::string_view::npos ||
         name.find("template") != std::string_view::npos;
}

bool EndsInSegments(std::string_view path, std::string_view tail) {
  if (path.empty() || path.back() != tail.back() || !path.ends_with(tail)) return false;
  return path.size() == tail.size() || path[path.size() - tail.size() - 1] == '/';
}

// Whether a path that ends in this name can be one at all: asked of every file of a tree.
bool MayNameCredentials(std::string_view name) {
  static const auto kNames = [] {
    std::array<std::string_view, kEntries.size()> names;
    std::transform(kEntries.begin(), kEntries.end(), names.begin(),
                   [](const Entry& entry) { return BaseName(entry.tail); });
    std::sort(names.begin(), names.end());
    return names;
  }();
  return name.ends_with(".netrc") || name.starts_with(".netrc.") || name.starts_with(".env.") ||
         std::binary_search(kNames.begin(), kNames.end(), name);
}

}  // namespace

std::optional<CredentialFile> CredentialFileAt(std::string_view path) {
  size_t begin = path.size();
  while (begin > 0 && path[begin - 1] != '/' && path[begin - 1] != '\\') --begin;
  const std::string_view last = path.substr(begin);
  if (!last.empty() && last != "." && last != ".." && !MayNameCredentials(last)) {
    return std::nullopt;
  }
  std::string normal(path);
  std::replace(normal.begin(), normal.end(), '\\', '/');
  normal = CleanPath(normal);
  const std::string_view name = BaseName(normal);
  if (IsSample(name)) return std::nullopt;
  for (const Entry& entry : kEntries) {
    if (EndsInSegments(normal, entry.tail)) return entry.file;
  }
  if (name.ends_with(".netrc") || name.starts_with(".netrc.")) return kNetrcFile;  // deploy.netrc
  if (name.starts_with(".env.")) return kDotenvFile;
  return std::nullopt;
}

bool NamesCredentialFile(std::string_view command) {
  constexpr std::string_view kEnds = " \t\n\"'<>|;&()=";
  for (size_t begin = 0; begin < command.size();) {
    const size_t end = std::min(command.find_first_of(kEnds, begin), command.size());
    const std::optional<CredentialFile> file = CredentialFileAt(command.substr(begin, end - begin));
    if (file && file->certain) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace oakum
