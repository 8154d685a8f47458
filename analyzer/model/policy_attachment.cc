#include "analyzer/model/policy_attachment.h"

#include <array>
#include <utility>

#include "analyzer/model/command_option.h"

namespace oakum {

namespace {

struct Subcommand {
  std::string_view name;
  std::string_view option;
};

constexpr auto kSubcommands = std::to_array<Subcommand>({
    {"put-resource-policy", "--resource-policy"},
    {"put-role-policy", "--policy-document"},
    {"put-user-policy", "--policy-document"},
    {"put-group-policy", "--policy-document"},
    {"create-policy", "--policy-document"},
    {"create-policy-version", "--policy-document"},
});

}  // namespace

std::optional<PolicyAttachment> PolicyAttachmentOf(const Command& command) {
  if (command.Program() != "aws") return std::nullopt;
  for (const Subcommand& subcommand : kSubcommands) {
    if (!HasWord(command, subcommand.name)) continue;
    std::optional<Value> text = OptionOf(command, subcommand.option);
    if (!text) continue;
    PolicyAttachment attachment;
    attachment.command = subcommand.name;
    attachment.secret = LiteralOf(OptionOf(command, "--secret-id"));
    for (std::string_view option :
         {"--role-name", "--user-name", "--group-name", "--policy-name"}) {
      const std::string name = LiteralOf(OptionOf(command, option));
      if (!name.empty()) attachment.role += name + " ";
    }
    if (text->text().starts_with("file://")) {
      attachment.file = text->Slice(7).Describe();
    } else {
      attachment.text = *std::move(text);
    }
    return attachment;
  }
  return std::nullopt;
}

}  // namespace oakum
