#include "analyzer/engine/line_hash.h"

#include <cstdint>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/utf8.h"

namespace oakum {

namespace {

constexpr size_t kWindow = 100;
constexpr uint64_t kBase = 37;
constexpr uint16_t kEndOfFile = 65535;

struct Units {
  std::vector<uint16_t> units;
  std::vector<size_t> line_starts;  // indexes in `units`
};

// Collects the units that count, and where lines begin among them.
class Collector {
 public:
  void Add(uint16_t unit) {
    const bool after_return = after_return_;
    after_return_ = false;
    if (unit == ' ' || unit == '\t' || (unit == '\n' && after_return)) return;
    if (unit == '\r') {
      unit = '\n';
      after_return_ = true;
    }
    if (at_line_start_) result_.line_starts.push_back(result_.units.size());
    at_line_start_ = unit == '\n';
    result_.units.push_back(unit);
  }

  void AddCodePoint(uint32_t c) {
    if (c < 0x10000) {
      Add(static_cast<uint16_t>(c));
    } else {
      Add(static_cast<uint16_t>(0xd800 + ((c - 0x10000) >> 10)));
      Add(static_cast<uint16_t>(0xdc00 + ((c - 0x10000) & 0x3ff)));
    }
  }

  Units Finish() && {
    Add(kEndOfFile);
    result_.units.resize(result_.units.size() + kWindow, 0);
    return std::move(result_);
  }

 private:
  Units result_;
  bool after_return_ = false;
  bool at_line_start_ = true;
};

}  // namespace

std::vector<std::string> LineHashes(std::string_view text) {
  Collector collector;
  while (!text.empty()) {
    const Utf8Character c = DecodeUtf8(text);
    collector.AddCodePoint(c.code);
    text.remove_prefix(c.length);
  }
  const Units all = std::move(collector).Finish();

  uint64_t leaving = 1;  // kBase to the power of kWindow
  for (size_t i = 0; i < kWindow; ++i) leaving *= kBase;
  uint64_t hash = 0;
  for (size_t i = 0; i < kWindow; ++i) hash = hash * kBase + all.units[i];
  std::unordered_map<uint64_t, int> seen;
  std::vector<std::string> hashes;
  size_t at = 0;  // `hash` covers units [at, at + kWindow)
  for (size_t start : all.line_starts) {
    for (; at < start; ++at) {
      hash = hash * kBase + all.units[at + kWindow] - leaving * all.units[at];
    }
    hashes.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
  }
  return hashes;
}

}  // namespace oakum
