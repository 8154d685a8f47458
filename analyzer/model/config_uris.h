// From a value of a config file to the URIs in it.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"
#include "analyzer/model/facts.h"

namespace oakum {

// What the URIs of one value have in common.
struct ConfigUse {
  UriRole role = UriRole::kOther;
  std::string_view consumer;  // "pip"
  std::string_view setting;   // "index-url"
  UriSink sink = UriSink::kFile;
};

// Appends a UriUse for every URI in `value`: of kOther wherever one stands in the text, of the
// other roles one a word, as `https://...` or `name=https://...`.
void AddConfigUris(const Value& value, const ConfigUse& use, Facts& facts);

// Requirements of pip, one or a whole file's text: options to settings, URLs to kIndex and
// kRequirement. For Ray's `pip` lists, conda's and pyproject's dependencies as well.
void LowerRequirementsText(const Value& text, std::string_view consumer, UriSink sink,
                           Facts& facts);

// One notice for the lines of a config file that could not be read: "3 lines are ..."; none for
// none.
void AddLineNotice(const std::vector<Error>& errors, std::string_view what, Facts& facts);

}  // namespace oakum
