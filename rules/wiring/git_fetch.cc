#include "rules/wiring/git_fetch.h"

#include <algorithm>
#include <array>

#include "analyzer/base/path.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/command_option.h"
#include "analyzer/model/facts.h"

namespace oakum {

namespace {

// Forges whose repositories are more often public than not.
constexpr auto kForges = std::to_array<std::string_view>(
    {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co", "git.sr.ht",
     "gitee.com", "android.googlesource.com", "chromium.googlesource.com"});

}  // namespace

std::string HostIn(const Value& text) {
  for (const Uri& uri : FindUris(text)) {
    if (uri.scheme != "https" && uri.scheme != "git+https") continue;
    return uri.has_userinfo ? std::string() : uri.LiteralHost();
  }
  return "";
}

const Value* RepositoryOf(const Command& command, bool entrypoint) {
  const bool unknown = !command.argv.empty() && !command.argv[0].is_literal();
  const bool git = command.Program() == "git" || (entrypoint && unknown);
  if (git && !HasWord(command, "clone") && !HasWord(command, "fetch") &&
      !HasWord(command, "ls-remote") && !HasWord(command, "pull")) {
    return nullptr;
  }
  for (const Value& word : command.argv) {
    const std::string_view text = word.text();
    if (git ? text.starts_with("https://") : text.find("git+https://") != text.npos) return &word;
  }
  return nullptr;
}

bool HasOtherUse(const Command& command) {
  return command.Program() != "git" &&
         std::any_of(command.argv.begin(), command.argv.end(), [](const Value& word) {
           const std::string_view text = word.text();
           return text.find("index-url") != text.npos || text == "-i" || text == "-r";
         });
}

bool IsHomeNetrc(std::string_view path) {
  if (!path.ends_with("/.netrc")) return false;
  const std::string_view home = path.substr(0, path.size() - 7);
  return home == "~" || home == "/root" || home.find(Value::kHoleByte) != home.npos ||
         home.find("HOME") != home.npos || ParentPath(home) == "/home";
}

bool GitIsServed(const Facts& facts) {
  for (const NetrcContent& netrc : facts.netrcs) {
    if (netrc.origin == NetrcOrigin::kCommand && IsHomeNetrc(netrc.path)) return true;
  }
  for (const Command& command : facts.commands) {
    for (const Value& word : command.argv) {
      const std::string_view text = word.text();
      if (IsHomeNetrc(text) || text.find("insteadOf") != text.npos ||
          text.find("credential.helper") != text.npos || text.find("extraHeader") != text.npos ||
          text.find("extraheader") != text.npos || text == "setup-git") {
        return true;
      }
    }
  }
  return std::any_of(facts.settings.begin(), facts.settings.end(), [](const Setting& setting) {
    return setting.name == "GIT_ASKPASS" || setting.name.starts_with("GIT_CONFIG_");
  });
}

bool NeedsLogin(const Project& project, const std::string& host) {
  if (host.empty()) return false;
  if (std::find(kForges.begin(), kForges.end(), host) == kForges.end()) return true;
  for (const auto& document : project.documents()) {
    for (const NetrcContent& netrc : document->facts().netrcs) {
      for (const NetrcEntry& entry : netrc.netrc.entries) {
        if (entry.machine.value.text() == host) return true;
      }
    }
  }
  return false;
}

}  // namespace oakum
