#include "rules/mode/mode_reading.h"

namespace oakum {

bool IsDecimalTrap(std::string_view lexeme) {
  constexpr std::string_view kTraps[] = {"400", "440", "444", "500"};
  for (const std::string_view trap : kTraps) {
    if (lexeme == trap) return true;
  }
  return false;
}

bool IsMistakenMode(const Facts& facts, Span mode) {
  for (const VolumeMode& known : facts.volume_modes) {
    if (known.span != mode) continue;
    const auto& number = known.json ? known.readings.json : known.readings.yaml11;
    if (known.quoted || !number || *number < 0 || *number > 0777) return true;
    return known.readings.json.has_value() && IsDecimalTrap(known.lexeme);
  }
  return false;
}

std::string ModeBits(int64_t mode) {
  std::string bits("rwxrwxrwx");
  for (size_t i = 0; i < bits.size(); ++i) {
    if ((mode >> (8 - i) & 1) == 0) bits[i] = '-';
  }
  return bits;
}

}  // namespace oakum
