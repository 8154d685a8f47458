// The pieces that the netrc readers share: words put together from bytes of a Value, and the reader
// that goes line by line. Private to netrc_reader.h's sources.
//
// Thread-safety: plain values; a builder belongs to one word.
#pragma once

#include <strings.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/syntax/netrc_reader.h"

namespace oakum {

inline bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// A token of one reader: its text as that reader has it, and the bytes it was made from.
struct NetrcWord {
  Value value;
  Span span;

  std::string_view text() const { return value.text(); }
  bool empty() const { return value.empty(); }
  bool has_hole() const { return !value.is_literal(); }
};

// Bytes of a Value that become one token, in as few slices as they allow.
class NetrcWordBuilder {
 public:
  explicit NetrcWordBuilder(const Value& in) : in_(in) {}

  void Add(size_t at) {
    if (begin_ == end_) begin_ = end_ = at;
    if (at != end_) {
      Flush();
      begin_ = at;
    }
    end_ = at + 1;
    first_ = std::min(first_, at);
  }

  NetrcWord Build() && {
    Flush();
    NetrcWord token;
    token.value = std::move(out_).Build();
    if (first_ != std::string_view::npos) token.span = in_.ToSource(Range(first_, end_));
    return token;
  }

 private:
  static Span Range(size_t begin, size_t end) {
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }

  void Flush() {
    if (begin_ < end_) out_.Append(in_.Slice(Range(begin_, end_)));
  }

  const Value& in_;
  Value::Builder out_;
  size_t begin_ = 0;
  size_t end_ = 0;
  size_t first_ = std::string_view::npos;
};

// curl and wget.
NetrcReading ReadNetrcByLine(const Value& text, bool curl);

}  // namespace oakum
