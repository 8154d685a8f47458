#include "analyzer/syntax/netrc_reader.h"

#include <optional>
#include <utility>

#include "analyzer/syntax/netrc_word.h"

namespace oakum {

namespace {

constexpr size_t kNone = std::string_view::npos;

// CPython's stream in text mode, where every kind of line end reads as "\n", and the two lexers on
// top of it.
class PythonLexer {
 public:
  PythonLexer(const Value& in, bool modern) : in_(in), text_(in.text()), modern_(modern) {}

  size_t line = 1;

  NetrcWord Next() {
    if (pushed_) return *std::exchange(pushed_, std::nullopt);
    return modern_ ? NextModern() : NextShlex();
  }

  void Push(NetrcWord token) { pushed_ = std::move(token); }

  // The rest of the line, line end included; empty at the end. `line` stays, as in CPython.
  std::string_view ReadLine() {
    const size_t begin = at_;
    const size_t end = text_.find_first_of("\r\n", at_);
    if (end == kNone) {
      at_ = text_.size();
      return text_.substr(begin);
    }
    at_ = end + (text_.substr(end).starts_with("\r\n") ? 2 : 1);
    return text_.substr(begin, at_ - begin);
  }

  Span Here() const {
    return in_.ToSource({static_cast<uint32_t>(at_), static_cast<uint32_t>(at_)});
  }

 private:
  // Moves past one character; false at the end. `c` and `where` say which it was.
  bool Read() {
    if (at_ >= text_.size()) return false;
    where_ = at_;
    c_ = text_[at_++];
    if (c_ == '\r') {
      if (at_ < text_.size() && text_[at_] == '\n') where_ = at_++;
      c_ = '\n';
    }
    if (c_ == '\n') ++line;
    return true;
  }

  bool IsBlank() const { return c_ == ' ' || c_ == '\t' || c_ == '\n'; }

  NetrcWord NextModern() {
    NetrcWordBuilder token(in_);
    auto escaped = [this] { return c_ != '\\' || Read(); };
    while (Read()) {
      if (IsBlank()) continue;
      if (c_ == '"') {
        while (Read() && c_ != '"') {
          if (escaped()) token.Add(where_);
        }
        return std::move(token).Build();
      }
      if (escaped()) token.Add(where_);
      while (Read() && !IsBlank()) {
        if (escaped()) token.Add(where_);
      }
      return std::move(token).Build();
    }
    return std::move(token).Build();
  }

  // shlex without quotes and comments: printable ASCII is a word, any other byte a token of its
  // own.
  NetrcWord NextShlex() {
    NetrcWordBuilder token(in_);
    bool word = false;
    while (true) {
      const size_t before = at_;
      const size_t line_before = line;
      if (!Read()) break;
      if (IsBlank()) {
        if (word) break;
        continue;
      }
      const bool in_word = (c_ > ' ' && c_ < 0x7f) || in_.HoleAt(static_cast<uint32_t>(where_));
      if (word && !in_word) {
        at_ = before;
        line = line_before;
        break;
      }
      token.Add(where_);
      if (!in_word) break;
      word = true;
    }
    return std::move(token).Build();
  }

  const Value& in_;
  const std::string_view text_;
  const bool modern_;
  size_t at_ = 0;
  size_t where_ = 0;
  char c_ = 0;
  std::optional<NetrcWord> pushed_;
};

// Lib/netrc.py of both generations, and uv's translation of the later one.
class PythonReader {
 public:
  PythonReader(const Value& in, NetrcReader reader)
      : lexer_(in, reader != NetrcReader::kPython310), reader_(reader) {}

  NetrcReading Read() {
    while (!out_.rejected && !out_.uncertain && TopLevel()) {
    }
    if (out_.rejected) out_.entries.clear();
    return std::move(out_);
  }

 private:
  bool Reject(std::string message, const NetrcWord& token) {
    if (token.has_hole()) {
      out_.uncertain = true;
    } else {
      out_.rejected = Error{std::move(message), token.empty() ? lexer_.Here() : token.span};
    }
    return false;
  }

  bool TopLevel() {
    const size_t saved_line = lexer_.line;
    const NetrcWord token = lexer_.Next();
    if (token.empty()) return false;
    if (token.text()[0] == '#') {
      if (lexer_.line == saved_line && token.text().size() == 1) lexer_.ReadLine();
      return true;
    }
    NetrcLogin entry;
    if (token.text() == "machine") {
      const NetrcWord name = lexer_.Next();
      if (name.empty() && reader_ != NetrcReader::kPython310) {
        return Reject("a machine without a name", name);
      }
      entry.machine = name.value;
    } else if (token.text() == "default") {
      entry.is_default = true;
    } else if (token.text() == "macdef") {
      return Macro();
    } else {
      return Reject("a word where machine, default or macdef belongs", token);
    }
    return reader_ == NetrcReader::kPython310 ? FieldsOld(std::move(entry))
                                              : Fields(std::move(entry));
  }

  bool Macro() {
    const NetrcWord name = lexer_.Next();
    while (true) {
      const std::string_view line = lexer_.ReadLine();
      if (line.empty()) {
        if (reader_ != NetrcReader::kPython311) return false;  // it swallows the rest
        return Reject("a macdef that no empty line ends", {});
      }
      if (line == "\n" || line == "\r\n" || line == "\r") return true;
    }
  }

  static bool EndsEntry(const NetrcWord& token) {
    return token.empty() || token.text() == "machine" || token.text() == "default" ||
           token.text() == "macdef";
  }

  // Takes the value of a keyword; false if the token is none.
  bool Field(const NetrcWord& token, NetrcLogin& entry) {
    std::optional<Value>* field = nullptr;
    if (token.text() == "login" || token.text() == "user") field = &entry.login;
    if (token.text() == "password") field = &entry.password;
    if (token.text() == "account") field = &entry.account;
    if (!field) return Reject("a word where login, password or account belongs", token);
    *field = lexer_.Next().value;
    return true;
  }

  bool Fields(NetrcLogin entry) {
    while (true) {
      const size_t saved_line = lexer_.line;
      NetrcWord token = lexer_.Next();
      if (token.text().starts_with('#')) {
        if (lexer_.line == saved_line) lexer_.ReadLine();
        continue;
      }
      if (EndsEntry(token)) {
        out_.entries.push_back(std::move(entry));
        lexer_.Push(std::move(token));
        return true;
      }
      if (!Field(token, entry)) return false;
    }
  }

  bool FieldsOld(NetrcLogin entry) {
    while (true) {
      NetrcWord token = lexer_.Next();
      if (token.text().starts_with('#') || EndsEntry(token)) {
        if (!entry.password || entry.password->empty()) {
          return Reject("an entry without a password", {});
        }
        out_.entries.push_back(std::move(entry));
        lexer_.Push(std::move(token));
        return true;
      }
      if (!Field(token, entry)) return false;
    }
  }

  PythonLexer lexer_;
  const NetrcReader reader_;
  NetrcReading out_;
};

}  // namespace

NetrcReading ReadNetrcAs(NetrcReader reader, const Value& text) {
  if (reader == NetrcReader::kCurl) return ReadNetrcByLine(text, true);
  if (reader == NetrcReader::kWget) return ReadNetrcByLine(text, false);
  return PythonReader(text, reader).Read();
}

const NetrcLogin* FindLogin(NetrcReader reader, const NetrcReading& reading,
                            std::string_view host) {
  const bool python = reader != NetrcReader::kCurl && reader != NetrcReader::kWget;
  const NetrcLogin* found = nullptr;
  const NetrcLogin* fallback = nullptr;
  for (const NetrcLogin& entry : reading.entries) {
    if (entry.is_default) {
      if (reader == NetrcReader::kWget) continue;
      if (reader == NetrcReader::kCurl) return &entry;
      fallback = &entry;
    } else if (entry.machine.is_literal()) {
      const std::string_view machine = entry.machine.text();
      if (python ? machine != host : !SameIgnoringCase(machine, host)) continue;
      found = &entry;
      if (!python && (entry.login || entry.password)) return found;
    }
  }
  return found ? found : fallback;
}

}  // namespace oakum
