// Options that hand clients of databases and other servers their password, where the option's name
// does not say so: `redis-cli -a`, `mysqladmin -pSECRET`, `mongosh -p`.
//
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

struct ClientPassword {
  Value password;
  size_t argument = 0;  // index in argv of the word it stands in
};

std::optional<ClientPassword> ClientPasswordOf(const Command& command);

}  // namespace oakum
