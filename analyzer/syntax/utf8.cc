#include "analyzer/syntax/utf8.h"

namespace oakum {

std::string Utf8(uint32_t code_point) {
  if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point < 0xe000)) code_point = 0xfffd;
  auto tail = [code_point](int shift) {
    return static_cast<char>(0x80 | ((code_point >> shift) & 0x3f));
  };
  if (code_point < 0x80) return {static_cast<char>(code_point)};
  if (code_point < 0x800) return {static_cast<char>(0xc0 | (code_point >> 6)), tail(0)};
  if (code_point < 0x10000) {
    return {static_cast<char>(0xe0 | (code_point >> 12)), tail(6), tail(0)};
  }
  return {static_cast<char>(0xf0 | (code_point >> 18)), tail(12), tail(6), tail(0)};
}

}  // namespace oakum
