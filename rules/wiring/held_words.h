// What the rules about Secrets and ConfigMaps say of a credential in one.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/model/held_credential.h"

namespace oakum {

// "the password of a netrc for github.com", "a private key".
std::string DescribeHeld(const HeldCredential& credential);

// "Secret `netrc-secret`"; a generator's object is called so.
std::string HolderName(const HeldCredential& credential);

}  // namespace oakum
