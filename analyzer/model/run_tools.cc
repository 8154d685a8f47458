#include "analyzer/model/run_tools.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

struct Reader {
  CredentialFileKind kind;
  std::string_view tools;  // between blanks
  std::string_view paths;  // between blanks; `~` is the home, `.` the working directory
  std::string_view variable;
};

constexpr Reader kReaders[] = {
    {CredentialFileKind::kNetrc, " pip pip3 uv wget git conda mamba micromamba poetry pdm ",
     " ~/.netrc ", "NETRC"},
    {CredentialFileKind::kPipConfig, " pip pip3 ",
     " ~/.config/pip/pip.conf ~/.pip/pip.conf /etc/pip.conf /etc/xdg/pip/pip.conf ",
     "PIP_CONFIG_FILE"},
    {CredentialFileKind::kNpmrc, " npm npx pnpm yarn ",
     " ~/.npmrc ./.npmrc /usr/local/etc/npmrc /usr/etc/npmrc ./.yarnrc.yml ~/.yarnrc.yml ",
     "NPM_CONFIG_USERCONFIG"},
    {CredentialFileKind::kPypirc, " twine ", " ~/.pypirc ", "TWINE_CONFIG_FILE"},
    {CredentialFileKind::kGitCredentials, " git ", " ~/.git-credentials ~/.config/git/credentials ",
     "GIT_CONFIG_GLOBAL"},
    {CredentialFileKind::kAwsCredentials, " aws ", " ~/.aws/credentials ",
     "AWS_SHARED_CREDENTIALS_FILE"},
};

// Programs that read no credential files but those of the table.
constexpr std::string_view kKnown =
    " [ apk apt apt-get apt-key awk cat chgrp chmod chown conda cp cut date dnf dpkg echo env "
    "export find git grep "
    "groupadd gunzip head id ln locale-gen ls mamba microdnf micromamba mkdir mv npm npx pdm pip "
    "pip3 pnpm "
    "poetry printf pwd rm rmdir sed set sleep sort tail tar tee test touch tr true twine tzdata "
    "unset unzip wc which "
    "update-ca-certificates useradd usermod uv wget yarn yum aws ";

bool Lists(std::string_view words, std::string_view word) {
  if (word.empty()) return false;
  for (size_t at = words.find(word); at != words.npos; at = words.find(word, at + 1)) {
    if (at > 0 && words[at - 1] == ' ' && words[at + word.size()] == ' ') return true;
  }
  return false;
}

bool SetsVariable(const ImageRun& run, const Facts& facts, const ImageConfig& config,
                  std::string_view name) {
  const auto is = [name](std::string_view other) {
    return other.size() == name.size() &&
           std::equal(other.begin(), other.end(), name.begin(),
                      [](char a, char b) { return (a | 0x20) == (b | 0x20); });
  };
  for (const ImageVariable& variable : config.variables) {
    if (is(variable.name)) return true;
  }
  for (const Setting& setting : facts.settings) {
    if (run.span.Contains(setting.span) && is(setting.name)) return true;
  }
  return std::any_of(run.commands.begin(), run.commands.end(), [&](uint32_t index) {
    const auto& environment = facts.commands[index].environment;
    return std::any_of(environment.begin(), environment.end(),
                       [&](const Assignment& assignment) { return is(assignment.name); });
  });
}

// Whether the RUN gives its commands, or one of them, another home: `HOME=/opt/x wget ...`.
bool MovesHome(const ImageRun& run, const Facts& facts) {
  const auto settings = facts.settings.begin();
  if (std::any_of(settings, facts.settings.end(), [&run](const Setting& setting) {
        return setting.name == "HOME" && setting.scope == SettingScope::kShell &&
               run.span.Contains(setting.span);
      })) {
    return true;
  }
  return std::any_of(run.commands.begin(), run.commands.end(), [&facts](uint32_t index) {
    const auto& environment = facts.commands[index].environment;
    return std::any_of(environment.begin(), environment.end(),
                       [](const Assignment& assignment) { return assignment.name == "HOME"; });
  });
}

std::vector<std::string> Expand(std::string_view paths, const ImageRun& run) {
  std::vector<std::string> expanded;
  for (size_t begin = 1; begin < paths.size();) {
    const size_t end = paths.find(' ', begin);
    std::string_view path = paths.substr(begin, end - begin);
    if (path.starts_with('~')) {
      expanded.push_back(run.home + std::string(path.substr(1)));
    } else {
      expanded.push_back(JoinPath(run.workdir, path));
    }
    begin = end + 1;
  }
  return expanded;
}

}  // namespace

std::optional<ToolPlaces> PlacesFor(CredentialFileKind kind, const ImageRun& run,
                                    const Facts& facts, const ImageConfig& config) {
  const Reader* reader = std::find_if(std::begin(kReaders), std::end(kReaders),
                                      [kind](const Reader& each) { return each.kind == kind; });
  if (reader == std::end(kReaders) || run.home.find("${") != run.home.npos) return std::nullopt;
  std::string_view tool;
  for (const uint32_t index : run.commands) {
    const std::string_view program = facts.commands[index].Program();
    // Another user has another home.
    if (facts.commands[index].other_user || !Lists(kKnown, program)) return std::nullopt;
    const size_t at = reader->tools.find(program);
    if (tool.empty() && Lists(reader->tools, program)) {
      tool = reader->tools.substr(at, program.size());
    }
  }
  if (tool.empty() || SetsVariable(run, facts, config, reader->variable)) return std::nullopt;
  if (MovesHome(run, facts)) return std::nullopt;
  return ToolPlaces{tool, Expand(reader->paths, run), reader->variable};
}

std::optional<UnreadSecret> UnreadIn(const ImageRun& run, const RunSecret& secret,
                                     const Facts& facts, const ImageConfig& config) {
  if (secret.target.empty()) return std::nullopt;
  std::optional<CredentialFile> file = CredentialFileAt(secret.target);
  if (!file) file = CredentialFileAt(secret.id);
  if (!file && secret.id.find("${") == secret.id.npos) file = CredentialFileAt("." + secret.id);
  if (!file) return std::nullopt;
  std::optional<ToolPlaces> places = PlacesFor(file->kind, run, facts, config);
  if (!places) return std::nullopt;
  const auto& paths = places->paths;
  if (std::find(paths.begin(), paths.end(), secret.target) != paths.end()) return std::nullopt;
  const bool named = std::any_of(run.commands.begin(), run.commands.end(), [&](uint32_t index) {
    return Mentions(run, facts.commands[index], secret.target);
  });
  if (named) return std::nullopt;
  return UnreadSecret{*file, *std::move(places)};
}

}  // namespace oakum
