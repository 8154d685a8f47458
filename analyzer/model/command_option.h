// Options of a command by their long names.
//
// For programs whose options all take a value or stand alone, and which no option table describes:
// kubectl, aws, gcloud, anyscale.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/model/command.h"

namespace oakum {

// The value of the first `--name VALUE` or `--name=VALUE`; none if it is not there.
std::optional<Value> OptionOf(const Command& command, std::string_view name);

// The values of all of them.
std::vector<Value> OptionsOf(const Command& command, std::string_view name);

// Whether an argument is this very word.
bool HasWord(const Command& command, std::string_view word);

// Its text if it is there and has no holes, else empty.
std::string LiteralOf(const std::optional<Value>& value);

}  // namespace oakum
