// Commands that attach an AWS policy to a secret, a role, a user or a group.
//
// What a policy is for is often said by the command alone: the JSON that it is given names every
// secret, and the role is that of a cluster's nodes.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

struct PolicyAttachment {
  std::string_view command;  // "put-role-policy"; static storage
  std::string secret;        // --secret-id; empty if it is not known
  std::string role;          // names of the role, user or group and of the policy
  std::string file;          // whose text it is (`file://...`), as the command has it
  Value text;                // if it stands in the command
};

std::optional<PolicyAttachment> PolicyAttachmentOf(const Command& command);

}  // namespace oakum
