#include <cstdint>
#include <string_view>

#include "analyzer/syntax/interpolation.h"
#include "analyzer/syntax/netrc.h"
#include "analyzer/syntax/netrc_reader.h"

namespace {

void CheckSpan(oakum::Span span, size_t size) {
  if (span.end < span.begin || span.end > size) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using oakum::NetrcReader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Value plain(oakum::MappedText::Verbatim(text, 0));
  for (const oakum::Value& value : {plain, oakum::EnvsubstVariables(plain)}) {
    const oakum::NetrcText netrc = oakum::ParseNetrc(value);
    for (const oakum::NetrcEntry& entry : netrc.entries) {
      CheckSpan(entry.span, size);
      if (entry.password) CheckSpan(entry.password->span, size);
    }
    for (NetrcReader reader : {NetrcReader::kPython310, NetrcReader::kPython311, NetrcReader::kCurl,
                               NetrcReader::kWget, NetrcReader::kUv}) {
      const oakum::NetrcReading reading = oakum::ReadNetrcAs(reader, value);
      if (reading.rejected && !reading.entries.empty()) __builtin_trap();
      if (reading.rejected && reading.rejected->span) CheckSpan(*reading.rejected->span, size);
      oakum::FindLogin(reader, reading, "h");
    }
  }
  return 0;
}
