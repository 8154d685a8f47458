// The `tool.driver` of a SARIF run: oakum and its rules, in the fields that GitHub shows.
//
// What a rule does not say itself is derived from its severity and its family: security-severity,
// tags and the CWE that comes closest.
//
// Thread-safety: pure functions.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "analyzer/output/context.h"

namespace oakum {

// The descriptor of every notification: something about the input of the run.
inline constexpr std::string_view kSarifInputNotification = "input";

nlohmann::ordered_json SarifDriver(const ReportContext& context);

}  // namespace oakum
