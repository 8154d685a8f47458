#include "analyzer/model/volume_mode.h"

#include <charconv>

#include <fmt/format.h>

namespace oakum {

namespace {

std::optional<int64_t> Number(std::string_view digits, int base) {
  int64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

ModeReadings ReadMode(std::string_view lexeme) {
  std::string_view digits = lexeme;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || digits[0] == '-' || digits[0] == '+') return {};
  ModeReadings readings;
  if (digits.starts_with("0x")) {
    readings.yaml11 = readings.yaml12 = Number(digits.substr(2), 16);
  } else if (digits.starts_with("0o")) {
    readings.yaml12 = Number(digits.substr(2), 8);
  } else if (digits.starts_with("0b")) {
    readings.yaml11 = Number(digits.substr(2), 2);
  } else if (digits.size() > 1 && digits[0] == '0') {
    readings.yaml11 = Number(digits, 8);
    readings.yaml12 = Number(digits, 10);
  } else {
    readings.yaml11 = readings.yaml12 = readings.json = Number(digits, 10);
  }
  if (negative) {
    for (std::optional<int64_t>* value : {&readings.yaml11, &readings.yaml12, &readings.json}) {
      if (*value) **value = -**value;
    }
  }
  return readings;
}

std::string Octal(int64_t mode) {
  return fmt::format("0{:03o}", mode);
}

}  // namespace oakum
