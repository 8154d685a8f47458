#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/syntax/netrc_word.h"

namespace oakum {

namespace {

// curl and wget read line by line and skip what they do not know.
class LineReader {
 public:
  LineReader(const Value& in, bool curl) : in_(in), text_(in.text()), curl_(curl) {}

  NetrcReading Read() {
    for (size_t begin = 0; begin < text_.size() && !out_.rejected;) {
      size_t end = std::min(text_.find('\n', begin), text_.size());
      Line(begin, end > begin && text_[end - 1] == '\r' ? end - 1 : end);
      begin = end + 1;
    }
    if (!curl_) {
      // wget has no use for an entry without a login.
      std::erase_if(out_.entries, [](const NetrcLogin& entry) { return !entry.login; });
    }
    if (out_.rejected) out_.entries.clear();
    return std::move(out_);
  }

 private:
  enum class Expect { kKeyword, kMachine, kLogin, kPassword, kAccount, kMacroEnd };

  void Line(size_t at, size_t end) {
    const size_t first = std::min(text_.find_first_not_of(" \t", at), end);
    if (expect_ == Expect::kMacroEnd) {
      if (first == end) expect_ = Expect::kKeyword;
      return;
    }
    at = first;
    while (at < end && !out_.rejected && expect_ != Expect::kMacroEnd) {
      if (text_[at] == '#') return;
      Take(Next(at, end));
      at = std::min(text_.find_first_not_of(" \t\r", at), end);
    }
  }

  NetrcWord Next(size_t& at, size_t end) {
    NetrcWordBuilder token(in_);
    const bool quoted = text_[at] == '"';
    const size_t begin = at;
    if (quoted) ++at;
    while (at < end && (quoted ? text_[at] != '"' : text_[at] != ' ' && text_[at] != '\t')) {
      const bool escape = text_[at] == '\\' && (quoted || !curl_) && at + 1 < end;
      if (escape) ++at;
      token.Add(at++);
    }
    if (quoted && at >= end && curl_) {
      out_.rejected =
          Error{"a quote that its line does not close",
                in_.ToSource({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)})};
    }
    if (quoted && at < end) ++at;
    return std::move(token).Build();
  }

  bool Is(const NetrcWord& token, std::string_view keyword) const {
    return curl_ ? SameIgnoringCase(token.text(), keyword) : token.text() == keyword;
  }

  // curl stops at the first login and password of its host.
  static bool IsComplete(const NetrcLogin& entry) {
    return entry.login && !entry.login->empty() && entry.password && !entry.password->empty();
  }

  void Take(NetrcWord token) {
    const Expect expected = std::exchange(expect_, Expect::kKeyword);
    std::vector<NetrcLogin>& entries = out_.entries;
    if (expected == Expect::kMachine) {
      entries.push_back({});
      entries.back().machine = std::move(token.value);
    } else if (expected != Expect::kKeyword) {
      if (entries.empty()) return;
      NetrcLogin& entry = entries.back();
      if (curl_ && IsComplete(entry)) return;
      (expected == Expect::kLogin      ? entry.login
       : expected == Expect::kPassword ? entry.password
                                       : entry.account) = std::move(token.value);
    } else if (Is(token, "machine")) {
      expect_ = Expect::kMachine;
    } else if (Is(token, "default")) {
      entries.push_back({});
      entries.back().is_default = true;
    } else if (Is(token, "login")) {
      expect_ = Expect::kLogin;
    } else if (Is(token, "password")) {
      expect_ = Expect::kPassword;
    } else if (!curl_ && Is(token, "account")) {
      expect_ = Expect::kAccount;
    } else if (Is(token, "macdef")) {
      expect_ = Expect::kMacroEnd;
    } else if (token.has_hole()) {
      out_.uncertain = true;
    }
  }

  const Value& in_;
  const std::string_view text_;
  const bool curl_;
  Expect expect_ = Expect::kKeyword;
  NetrcReading out_;
};

}  // namespace

NetrcReading ReadNetrcByLine(const Value& text, bool curl) {
  return LineReader(text, curl).Read();
}

}  // namespace oakum
