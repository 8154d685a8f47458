#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/command_option.h"
#include "analyzer/model/pull_secret.h"

namespace oakum {

namespace {

bool IsAccountWord(std::string_view word) {
  return word == "serviceaccount" || word == "serviceaccounts" || word == "sa";
}

// The word after the one at `at` that is no option, or `TYPE/NAME` itself.
std::string NameAfter(const Command& command, size_t at) {
  const Value& word = command.argv[at];
  if (const size_t slash = word.text().find('/'); slash != std::string_view::npos) {
    const Value name = word.Slice(static_cast<uint32_t>(slash + 1));
    return name.is_literal() ? std::string(name.text()) : std::string();
  }
  if (at + 1 >= command.argv.size()) return "";
  const Value& name = command.argv[at + 1];
  return name.is_literal() && !name.text().starts_with('-') ? std::string(name.text()) : "";
}

}  // namespace

std::optional<PatchedAccount> PatchedAccountOf(const Command& command) {
  const std::string_view program = command.Program();
  if (program != "kubectl" && program != "oc") return std::nullopt;
  const auto& argv = command.argv;
  const bool links = program == "oc" && HasWord(command, "secrets") &&
                     (HasWord(command, "link") || HasWord(command, "add"));
  const bool patches =
      HasWord(command, "patch") && std::any_of(argv.begin(), argv.end(), [](const Value& word) {
        return word.text().find("imagePullSecrets") != std::string_view::npos;
      });
  if (!links && !patches) return std::nullopt;
  PatchedAccount account;
  for (std::string_view option : {"--namespace", "-n"}) {
    const std::string space = LiteralOf(OptionOf(command, option));
    if (!space.empty()) account.name_space = space;
  }
  for (size_t i = 1; i < argv.size(); ++i) {
    const std::string_view word = argv[i].text();
    const bool typed = IsAccountWord(word.substr(0, word.find('/')));
    if (typed || (links && word == "link")) {
      account.name = NameAfter(command, i);
      return account;
    }
  }
  return patches ? std::nullopt : std::optional<PatchedAccount>(account);
}

}  // namespace oakum
