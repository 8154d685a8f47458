#include "analyzer/cli/dump_value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

// Printing JSON recurses, so the depth of defaults within defaults has a limit.
constexpr int kMaxDepth = 64;

std::string_view NameOf(HoleOrigin origin) {
  switch (origin) {
    case HoleOrigin::kEnvironment:
      return "environment";
    case HoleOrigin::kBuildArg:
      return "build-arg";
    case HoleOrigin::kBuildEnv:
      return "build-env";
    case HoleOrigin::kCiSecret:
      return "ci-secret";
    case HoleOrigin::kCiExpression:
      return "ci-expression";
    case HoleOrigin::kTemplate:
      return "template";
    case HoleOrigin::kExpression:
      return "expression";
    case HoleOrigin::kCommand:
      return "command";
    case HoleOrigin::kPrompt:
      return "prompt";
    case HoleOrigin::kUnknown:
      return "unknown";
  }
  return "unknown";
}

Json DumpDeep(const Value& value, int depth) {
  std::string text;
  Json holes = Json::array();
  uint32_t copied = 0;
  for (const auto& [position, hole] : value.holes()) {
    text += value.text().substr(copied, position - copied);
    copied = position + 1;
    const size_t begin = text.size();
    text += "${" + hole.name + "}";
    Json entry = {{"kind", NameOf(hole.origin)},
                  {"name", hole.name},
                  {"at", {begin, text.size()}},
                  {"span", DumpSpan(hole.span)},
                  {"when", hole.when == FillTime::kDeferred ? "deferred" : "interpolated"}};
    if (hole.fallback && depth < kMaxDepth) entry["default"] = DumpDeep(*hole.fallback, depth + 1);
    holes.push_back(std::move(entry));
  }
  text += value.text().substr(copied);
  return {
      {"text", std::move(text)}, {"span", DumpSpan(value.ToSource())}, {"holes", std::move(holes)}};
}

}  // namespace

Json DumpSpan(Span span) {
  return Json::array({span.begin, span.end});
}

Json DumpValue(const Value& value) {
  return DumpDeep(value, 0);
}

Json DumpValues(const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) json.push_back(DumpValue(value));
  return json;
}

Json DumpMapped(const MappedText& text) {
  return {{"text", text.text()}, {"span", DumpSpan(text.ToSource())}};
}

Json DumpErrors(const std::vector<Error>& errors) {
  Json json = Json::array();
  for (const Error& error : errors) {
    json.push_back({{"message", error.message}, {"span", Json()}});
    if (error.span) json.back()["span"] = DumpSpan(*error.span);
  }
  return json;
}

}  // namespace oakum
