#include "analyzer/model/image_reference.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <re2/re2.h>

namespace oakum {

namespace {

constexpr size_t kMaxNameLength = 255;
constexpr std::string_view kHub = "docker.io";

// regexp.go, put together: domain, path, tag, digest.
const RE2& ReferencePattern() {
  static const RE2* const pattern = [] {
    const std::string label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    const std::string host = "(?:" + label + "(?:\\." + label + ")*|\\[[a-fA-F0-9:]+\\])";
    const std::string part = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    return new RE2("(" + host + "(?::[0-9]+)?)/(" + part + "(?:/" + part + ")*)" +
                   "(?::([\\w][\\w.-]{0,127}))?" +
                   "(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[[:xdigit:]]{32,}))?");
  }();
  return *pattern;
}

bool HasUpper(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isupper(c); });
}

// A bare image id is no name.
bool IsIdentifier(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

struct Split {
  std::string domain;
  std::string remainder;
  bool has_namespace_only = false;
};

Split SplitDomain(std::string_view name) {
  Split split;
  const size_t slash = name.find('/');
  const std::string_view first = name.substr(0, slash);
  if (slash == std::string_view::npos) {
    split.domain = kHub;
    split.remainder = name;
  } else if (first == "index.docker.io") {
    split.domain = kHub;
    split.remainder = name.substr(slash + 1);
  } else if (first == "localhost" || first.find_first_of(".:") != std::string_view::npos ||
             HasUpper(first)) {
    split.domain = first;
    split.remainder = name.substr(slash + 1);
  } else {
    split.domain = kHub;
    split.remainder = name;
    split.has_namespace_only = true;
  }
  if (split.domain == kHub && split.remainder.find('/') == std::string::npos) {
    split.remainder = "library/" + split.remainder;
  }
  return split;
}

}  // namespace

std::optional<ImageReference> ParseImageReference(std::string_view text) {
  if (text.empty() || IsIdentifier(text)) return std::nullopt;
  const Split split = SplitDomain(text);
  ImageReference image;
  if (!RE2::FullMatch(split.domain + "/" + split.remainder, ReferencePattern(), &image.registry,
                      &image.repository, &image.tag, &image.digest)) {
    return std::nullopt;
  }
  if (image.registry.size() + 1 + image.repository.size() > kMaxNameLength) return std::nullopt;
  image.has_namespace_only = split.has_namespace_only;
  return image;
}

std::optional<std::string> RegistryOf(const Value& image) {
  const Value trimmed = image.Trimmed();
  if (trimmed.is_literal()) {
    std::optional<ImageReference> reference = ParseImageReference(trimmed.text());
    if (!reference) return std::nullopt;
    return std::move(reference->registry);
  }
  // A hole may hold slashes, so only what stands before the first slash in front of it counts.
  const uint32_t hole = trimmed.holes()[0].position;
  const size_t slash = trimmed.text().find('/');
  if (slash == std::string_view::npos || slash > hole) {
    // `ubuntu:${TAG}` and `ubuntu@${DIGEST}` have no registry to fill in.
    const size_t mark = trimmed.text().find_first_of(":@");
    if (mark == std::string_view::npos || mark > hole || slash != std::string_view::npos) {
      return std::nullopt;
    }
    return std::string(kHub);
  }
  std::optional<ImageReference> reference =
      ParseImageReference(std::string(trimmed.text().substr(0, slash + 1)) + "x");
  if (!reference) return std::nullopt;
  return std::move(reference->registry);
}

}  // namespace oakum
