#include "analyzer/model/language.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "analyzer/base/path.h"
#include "analyzer/model/lower_bake.h"

namespace oakum {

namespace {

struct NamedLanguage {
  std::string_view text;
  Language language;
};

constexpr NamedLanguage kLanguages[] = {
    {"dockerfile", Language::kDockerfile},
    {"dotenv", Language::kDotenv},
    {"document", Language::kDocument},
    {"git-credentials", Language::kGitCredentials},
    {"hcl", Language::kHcl},
    {"ignorefile", Language::kIgnoreFile},
    {"ini", Language::kIni},
    {"json", Language::kJson},
    {"justfile", Language::kJustfile},
    {"makefile", Language::kMakefile},
    {"netrc", Language::kNetrc},
    {"notebook", Language::kNotebook},
    {"npmrc", Language::kNpmrc},
    {"python", Language::kPython},
    {"requirements", Language::kRequirements},
    {"shell", Language::kShell},
    {"toml", Language::kToml},
    {"unknown", Language::kUnknown},
    {"yaml", Language::kYaml},
};

// Ends of paths, lower case.
constexpr NamedLanguage kTails[] = {
    {".aws/config", Language::kIni},          {".aws/credentials", Language::kIni},
    {".docker/config.json", Language::kJson}, {".dvc/config", Language::kIni},
    {".dvc/config.local", Language::kIni},    {".kube/config", Language::kYaml},
};

// Whole base names, lower case.
constexpr NamedLanguage kNames[] = {
    {".bash_aliases", Language::kShell},
    {".bash_login", Language::kShell},
    {".bash_profile", Language::kShell},
    {".bashrc", Language::kShell},
    {".boto", Language::kIni},
    {".condarc", Language::kYaml},
    {".databrickscfg", Language::kIni},
    {".dockercfg", Language::kJson},
    {".dockerconfigjson", Language::kJson},
    {".env", Language::kDotenv},
    {".envrc", Language::kShell},
    {".git-credentials", Language::kGitCredentials},
    {".gitconfig", Language::kIni},
    {".gitmodules", Language::kIni},
    {".justfile", Language::kJustfile},
    {".netrc", Language::kNetrc},
    {".npmrc", Language::kNpmrc},
    {".profile", Language::kShell},
    {".pypirc", Language::kIni},
    {".s3cfg", Language::kIni},
    {".zprofile", Language::kShell},
    {".zshenv", Language::kShell},
    {".zshrc", Language::kShell},
    {"_netrc", Language::kNetrc},
    {"condarc", Language::kYaml},
    {"containerfile", Language::kDockerfile},
    {"dockerfile", Language::kDockerfile},
    {"git-credentials", Language::kGitCredentials},
    {"gitconfig", Language::kIni},
    {"gnumakefile", Language::kMakefile},
    {"justfile", Language::kJustfile},
    {"kubeconfig", Language::kYaml},
    {"makefile", Language::kMakefile},
    {"netrc", Language::kNetrc},
    {"pip.conf", Language::kIni},
    {"pipfile", Language::kToml},
    {"pipfile.lock", Language::kJson},
    {"poetry.lock", Language::kToml},
    {"uv.lock", Language::kToml},
};

// What follows the last '.', lower case.
constexpr NamedLanguage kExtensions[] = {
    {"adoc", Language::kDocument},
    {"bash", Language::kShell},
    {"cfg", Language::kIni},
    {"containerfile", Language::kDockerfile},
    {"dockerfile", Language::kDockerfile},
    {"env", Language::kDotenv},
    {"htm", Language::kDocument},
    {"html", Language::kDocument},
    {"ini", Language::kIni},
    {"ipynb", Language::kNotebook},
    {"json", Language::kJson},
    {"jsonl", Language::kJson},
    {"just", Language::kJustfile},
    {"ksh", Language::kShell},
    {"mak", Language::kMakefile},
    {"markdown", Language::kDocument},
    {"md", Language::kDocument},
    {"mdx", Language::kDocument},
    {"mk", Language::kMakefile},
    {"netrc", Language::kNetrc},
    {"py", Language::kPython},
    {"pyi", Language::kPython},
    {"rst", Language::kDocument},
    {"sh", Language::kShell},
    {"toml", Language::kToml},
    {"yaml", Language::kYaml},
    {"yml", Language::kYaml},
    {"zsh", Language::kShell},
};

// Endings of a template or a sample: the name below them says what the file is.
constexpr std::string_view kWrappers[] = {"j2",       "jinja",   "jinja2", "tmpl", "tpl",
                                          "template", "example", "sample", "dist", "in"};

// Names that may carry a dotted suffix of any kind: Dockerfile.gpu, .env.production, .netrc.ci.
constexpr NamedLanguage kStems[] = {
    {".env.", Language::kDotenv},
    {".netrc.", Language::kNetrc},
    {"containerfile.", Language::kDockerfile},
    {"dockerfile.", Language::kDockerfile},
    {"makefile.", Language::kMakefile},
};

constexpr std::string_view kPrograms[] = {
    "c",  "cc", "cpp",   "cs",   "css", "cu",  "cxx",   "go", "h",     "hpp", "java",
    "jl", "js", "jsx",   "kt",   "lua", "mjs", "php",   "pl", "proto", "r",   "rb",
    "rs", "s",  "scala", "scss", "sql", "svg", "swift", "ts", "tsx",   "vue"};

constexpr NamedLanguage kInterpreters[] = {
    {"bash", Language::kShell}, {"dash", Language::kShell}, {"just", Language::kJustfile},
    {"ksh", Language::kShell},  {"sh", Language::kShell},   {"zsh", Language::kShell},
};

constexpr bool Precedes(const NamedLanguage& a, const NamedLanguage& b) {
  return a.text < b.text;
}
static_assert(std::is_sorted(std::begin(kNames), std::end(kNames), Precedes));
static_assert(std::is_sorted(std::begin(kExtensions), std::end(kExtensions), Precedes));

template <size_t N>
Language Find(const NamedLanguage (&sorted)[N], std::string_view text) {
  const auto* const at =
      std::lower_bound(std::begin(sorted), std::end(sorted), NamedLanguage{text, {}}, Precedes);
  return at != std::end(sorted) && at->text == text ? at->language : Language::kUnknown;
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return Lower(c); });
  return lower;
}

std::string_view ExtensionOf(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == name.npos ? std::string_view() : name.substr(dot + 1);
}

bool EndsWithSegments(std::string_view path, std::string_view end) {
  if (path.empty() || path.back() != end.back() || !path.ends_with(end)) return false;
  return path.size() == end.size() || path[path.size() - end.size() - 1] == '/';
}

// The last two segments of a path.
std::string_view LastTwo(std::string_view path) {
  const size_t last = path.rfind('/');
  const size_t before = last == 0 || last == path.npos ? path.npos : path.rfind('/', last - 1);
  return path.substr(before + 1);
}

// dev-requirements.txt, requirements.in, constraints-3.11.txt, requirements/base.txt
bool IsRequirements(std::string_view path, std::string_view name) {
  const std::string_view extension = ExtensionOf(name);
  if (extension != "txt" && extension != "in") return false;
  if (name.find("requirements") != name.npos || name.find("constraints") != name.npos) return true;
  const std::string_view folder = BaseName(ParentPath(path));
  return folder == "requirements" || folder == "constraints";
}

bool IsIgnoreFile(std::string_view name) {
  return name == ".gitignore" || name == ".rayignore" || name == ".containerignore" ||
         name.ends_with(".dockerignore");
}

// The last segment of the interpreter's path in a "#!" line; of its first argument for env.
std::string_view Interpreter(std::string_view line) {
  auto next_word = [&line] {
    const size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    const size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
  };
  std::string_view program = BaseName(next_word());
  while (program == "env" || program.starts_with('-') || program.find('=') != program.npos) {
    program = BaseName(next_word());
  }
  return program;
}

Language ByShebang(std::string_view text) {
  if (!text.starts_with("#!")) return Language::kUnknown;
  const std::string_view program =
      Interpreter(text.substr(2, std::min<size_t>(text.find('\n'), 256) - 2));
  if (program.starts_with("python")) return Language::kPython;
  for (const NamedLanguage& entry : kInterpreters) {
    if (program == entry.text) return entry.language;
  }
  return Language::kUnknown;
}

// Every line of a text is one of a requirements file, and one of them an option or a reference
// (`name @ https://...`) that only such a file has.
bool LooksLikeRequirements(std::string_view text) {
  constexpr size_t kMaxBytes = 16 << 10;
  if (text.size() > kMaxBytes) return false;
  if (text.find("--") == text.npos && text.find("://") == text.npos) return false;
  bool option = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
    line.remove_prefix(begin);
    if (line.empty() || line[0] == '#') continue;
    const size_t word = std::min(line.find_first_of(" \t="), line.size());
    const std::string_view first = line.substr(0, word);
    const bool index = first == "--index-url" || first == "--extra-index-url" ||
                       first == "--find-links" || first == "--trusted-host" ||
                       first == "--editable";
    option |= index || ((first == "-i" || first == "-f") && line.find("://") != line.npos);
    if (index || first == "-r" || first == "-e" || first == "-c" || first == "-f" ||
        first == "-i" || first == "--no-index" || first == "--pre") {
      continue;
    }
    const size_t name = line.find_first_not_of(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-[],");
    const std::string_view rest = line.substr(std::min(name, line.size()));
    const bool pinned = rest.empty() || rest.find_first_of("=<>~!@;#\r") < 2;
    if (name == 0 || !pinned) return false;
    option |= rest.find('@') < 2 && rest.find("://") != rest.npos;
  }
  return option;
}

}  // namespace

Language LanguageOfPath(std::string_view path) {
  path = LastTwo(path);  // all that any table or test looks at
  std::string lower = Lower(path);
  if (IsRequirements(lower, BaseName(lower))) return Language::kRequirements;
  const std::string_view wrapper = ExtensionOf(lower);
  if (wrapper.size() + 1 < lower.size() &&
      std::find(std::begin(kWrappers), std::end(kWrappers), wrapper) != std::end(kWrappers)) {
    lower.resize(lower.size() - wrapper.size() - 1);
  }
  const std::string_view name = BaseName(lower);
  if (IsIgnoreFile(name)) return Language::kIgnoreFile;
  if (name.ends_with(".hcl") && IsBakeFile(name)) return Language::kHcl;
  if (name.ends_with("ignore")) return Language::kUnknown;
  if (const Language named = Find(kNames, name); named != Language::kUnknown) return named;
  for (const NamedLanguage& entry : kTails) {
    if (EndsWithSegments(lower, entry.text)) return entry.language;
  }
  if (IsRequirements(lower, name)) return Language::kRequirements;
  const Language language = Find(kExtensions, ExtensionOf(name));
  // A suffix makes a variant (Dockerfile.py builds a Python image), except of a lower-case name
  // that is rather a module or a page: dockerfile.py, netrc.md.
  for (const NamedLanguage& stem : kStems) {
    if (!name.starts_with(stem.text)) continue;
    const bool capital = BaseName(path)[0] != name[0];
    const bool variant = capital ? language != Language::kDocument
                                 : language == Language::kUnknown && !IsOtherProgram(name);
    if (variant) return stem.language;
  }
  return language;
}

bool IsOtherProgram(std::string_view path) {
  const std::string extension = Lower(ExtensionOf(BaseName(path)));
  return std::find(std::begin(kPrograms), std::end(kPrograms), extension) != std::end(kPrograms);
}

Language LanguageOf(std::string_view path, std::string_view text) {
  return LanguageOf(LanguageOfPath(path), path, text);
}

Language LanguageOf(Language by_path, std::string_view path, std::string_view text) {
  // Whatever `-r` or a runtime_env calls it by.
  const bool plain = by_path == Language::kUnknown && !IsOtherProgram(path);
  if ((plain || ExtensionOf(BaseName(path)) == "txt") && LooksLikeRequirements(text)) {
    return Language::kRequirements;
  }
  return by_path == Language::kUnknown ? ByShebang(text) : by_path;
}

std::string_view LanguageName(Language language) {
  for (const NamedLanguage& entry : kLanguages) {
    if (entry.language == language) return entry.text;
  }
  return "unknown";
}

Language LanguageNamed(std::string_view name) {
  for (const NamedLanguage& entry : kLanguages) {
    if (entry.text == name) return entry.language;
  }
  return Language::kUnknown;
}

}  // namespace oakum
