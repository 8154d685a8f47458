// Made-up tokens with a vendor's shape, generated so that no file of the tree holds one.
//
// Fixtures write @@token:github-pat@@; the golden harness and the tests expand it here. The same
// name gives the same token, and a trailing "-2", "-3", ... gives another one of the kind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// "github-pat", "github-pat-invalid" (wrong checksum), "gitlab-pat", "pypi", "hf", "npm",
// "aws-key-id", "anyscale", ...; empty if there is no such kind.
std::string SampleToken(std::string_view name);

// Every kind, sorted.
std::vector<std::string_view> SampleTokenNames();

// `text` with each @@token:NAME@@ expanded; an unknown name is left as it is.
std::string ExpandSampleTokens(std::string_view text);

}  // namespace oakum
