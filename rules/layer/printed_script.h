// The scripts that OAK211 looks at: what they print of what is secret where they run.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/value.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"

namespace oakum {

// What is secret where a script runs.
struct LogPlace {
  std::string log;  // for messages: "the build log"
  // Whether a variable of this name holds a secret.
  std::function<bool(std::string_view)> is_secret;
  // Whether the log hides exactly this variable's text.
  std::function<bool(std::string_view)> is_masked;
  // Whether the file, as a word names it, holds a credential.
  std::function<bool(const Value&)> holds_secret;
  // Whether the text of a command in $(...) names a file that holds one; may be empty.
  std::function<bool(std::string_view)> reads_secret;
  bool masks = false;                    // the log hides what the CI system knows for a secret
  std::vector<std::string> environment;  // names of its variables that are secrets
  bool has_index = false;                // pip is configured with a credential
};

// Whether the name alone means a credential file: public halves and samples do not.
bool IsCredentialFile(const Value& word);

// Whether the file configures pip with a credential, by the places that count. What a command line
// gives is no configuration.
bool HasIndexCredential(const Facts& facts, const std::function<bool(Span)>& counts);

// Reports what the commands of one script print. `commands` are indices into Facts::commands, in
// order.
void ReportPrinted(const Rule& rule, const Document& document,
                   const std::vector<uint32_t>& commands, const LogPlace& place,
                   const Report& report);

}  // namespace oakum
