// Every place where one of many texts stands, in one pass.
//
// A secret that a finding names may stand in its file a second time; a file may have thousands of
// secrets. Texts of fewer than kShortest bytes are not looked for: they are too likely to be a part
// of something harmless. Of a text longer than kLongest the first bytes decide.
//
// Work: the size of the text, times the logarithm of the number of texts where one may begin.
//
// Thread-safety: one finder belongs to one thread. Texts are views and must outlive it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

class RepeatFinder {
 public:
  static constexpr size_t kShortest = 6;
  static constexpr size_t kLongest = 4096;

  void Add(std::string_view text);
  // Appends the longest match at each place of `text`; matches may overlap.
  void FindIn(std::string_view text, std::vector<Span>& matches);

 private:
  struct Text {
    std::string_view head;  // at most kLongest bytes
    size_t size = 0;
    size_t shorter = 0;  // index + 1 of the longest other text that this one begins with
  };

  void Sort();

  std::vector<Text> texts_;
};

}  // namespace oakum
