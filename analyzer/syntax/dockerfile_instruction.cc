#include "analyzer/syntax/dockerfile_instruction.h"

#include <array>
#include <string>
#include <utility>

#include "analyzer/syntax/dockerfile_json.h"
#include "analyzer/syntax/go_text.h"
#include "analyzer/syntax/utf8.h"

namespace oakum {
namespace {

constexpr int kMaxTriggers = 16;  // ONBUILD ONBUILD ...: an error from the second on anyway

constexpr std::array<std::string_view, 19> kKeywords = {
    "",       "ADD",        "ARG",         "CMD",    "COPY",       "ENTRYPOINT", "ENV",
    "EXPOSE", "FROM",       "HEALTHCHECK", "LABEL",  "MAINTAINER", "ONBUILD",    "RUN",
    "SHELL",  "STOPSIGNAL", "USER",        "VOLUME", "WORKDIR"};

// The blanks that separate words where there are no quotes.
bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

uint32_t SkipWord(std::string_view text, uint32_t at) {
  while (at < text.size() && !IsBlank(text[at])) ++at;
  return at;
}

uint32_t SkipBlanks(std::string_view text, uint32_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// Byte-wise as BuildKit's flag reader is: a byte of a longer character is a character of its own.
bool IsByteSpace(char c) {
  return IsGoSpace(static_cast<unsigned char>(c));
}

DockerFlag MakeFlag(const MappedText& text) {
  DockerFlag flag;
  flag.text = text;
  const size_t equals = text.text().find('=');
  flag.has_value = equals != std::string_view::npos;
  const uint32_t end = flag.has_value ? static_cast<uint32_t>(equals) : text.size();
  flag.name = text.text().substr(0, end).substr(text.text().starts_with("--") ? 2 : 0);
  flag.value = text.Slice(flag.has_value ? end + 1 : end);
  return flag;
}

// Reads `--name=value` words off the front of `args`; returns where the arguments begin.
class FlagReader {
 public:
  FlagReader(const MappedText& args, char escape)
      : args_(args), text_(args.text()), escape_(escape) {}

  uint32_t Read(std::vector<DockerFlag>& flags) {
    for (;;) {
      while (at_ < text_.size() && IsByteSpace(text_[at_])) ++at_;
      if (text_.substr(at_, 2) != "--") return at_;
      MappedText word = ReadWord();
      if (word.text() == "--") return at_;
      flags.push_back(MakeFlag(word));
    }
  }

 private:
  MappedText ReadWord() {
    const uint32_t begin = at_;
    MappedText::Builder word;
    bool plain = true;
    char quote = '\0';
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (quote == '\0' && IsByteSpace(c)) break;
      if (quote == '\0' ? c == '\'' || c == '"' : c == quote) {
        quote = quote == '\0' ? c : '\0';
        plain = false;
      } else if (c == escape_) {
        plain = false;
        if (++at_ < text_.size()) AppendByte(word);
      } else {
        plain = plain && static_cast<unsigned char>(c) < 0x80;
        AppendByte(word);
      }
      if (at_ < text_.size()) ++at_;
    }
    return plain ? args_.Slice({begin, at_}) : std::move(word).Build();
  }

  void AppendByte(MappedText::Builder& word) const {
    const MappedText byte = args_.Slice({at_, at_ + 1});
    if (static_cast<unsigned char>(text_[at_]) < 0x80) return word.Append(byte);
    word.AppendDecoded(Utf8(static_cast<unsigned char>(text_[at_])), byte.ToSource());
  }

  const MappedText& args_;
  const std::string_view text_;
  const char escape_;
  uint32_t at_ = 0;
};

// Words with their quotes and escapes in place; an escape character at the very end is dropped.
std::vector<MappedText> QuotedWords(const MappedText& rest, char escape) {
  const std::string_view text = rest.text();
  std::vector<MappedText> words;
  for (uint32_t at = 0; at < text.size();) {
    Rune rune = DecodeRune(text, at);
    if (IsGoSpace(rune.value)) {
      at += rune.size;
      continue;
    }
    const uint32_t begin = at;
    uint32_t end = at;
    char32_t quote = 0;
    for (; at < text.size(); at += rune.size, end = at) {
      rune = DecodeRune(text, at);
      if (quote == 0 && IsGoSpace(rune.value)) break;
      if (rune.value == static_cast<char32_t>(escape) && quote != '\'') {
        if (at + 1 == text.size()) {
          ++at;
          break;
        }
        ++at;
        rune = DecodeRune(text, at);
      } else if (quote == 0 && (rune.value == '\'' || rune.value == '"')) {
        quote = rune.value;
      } else if (rune.value == quote) {
        quote = 0;
      }
    }
    if (end > begin) words.push_back(rest.Slice({begin, end}));
  }
  return words;
}

std::vector<MappedText> BlankSeparated(const MappedText& rest) {
  std::vector<MappedText> words;
  if (rest.empty()) return words;
  const std::string_view text = rest.text();
  for (uint32_t at = 0;; at = SkipBlanks(text, at)) {
    const uint32_t end = SkipWord(text, at);
    words.push_back(rest.Slice({at, end}));
    at = end;
    if (at == text.size()) return words;
  }
}

DockerPair SplitPair(const MappedText& word) {
  DockerPair pair;
  pair.text = word;
  const size_t equals = word.text().find('=');
  pair.has_value = equals != std::string_view::npos;
  const uint32_t end = pair.has_value ? static_cast<uint32_t>(equals) : word.size();
  pair.name = word.Slice({0, end});
  pair.value = word.Slice(pair.has_value ? end + 1 : end);
  return pair;
}

class ArgumentReader {
 public:
  ArgumentReader(DockerInstruction& out, char escape, std::vector<DockerError>& errors)
      : out_(out), escape_(escape), errors_(errors) {}

  void Read() {
    switch (out_.keyword) {
      case DockerKeyword::kUnknown:
        break;
      case DockerKeyword::kFrom:
      case DockerKeyword::kExpose:
        out_.arguments = BlankSeparated(out_.rest);
        break;
      case DockerKeyword::kAdd:
      case DockerKeyword::kCopy:
      case DockerKeyword::kVolume:
        if (!ReadJson(out_.rest)) out_.arguments = BlankSeparated(out_.rest);
        break;
      case DockerKeyword::kRun:
      case DockerKeyword::kCmd:
      case DockerKeyword::kEntrypoint:
      case DockerKeyword::kShell:
        ReadMaybeJson(out_.rest);
        break;
      case DockerKeyword::kEnv:
      case DockerKeyword::kLabel:
        ReadPairs();
        break;
      case DockerKeyword::kArg:
        for (const MappedText& word : QuotedWords(out_.rest, escape_)) {
          out_.pairs.push_back(SplitPair(word));
        }
        break;
      case DockerKeyword::kMaintainer:
      case DockerKeyword::kStopsignal:
      case DockerKeyword::kUser:
      case DockerKeyword::kWorkdir:
        if (!out_.rest.empty()) out_.arguments.push_back(out_.rest);
        break;
      case DockerKeyword::kHealthcheck:
        ReadHealthcheck();
        break;
      case DockerKeyword::kOnbuild:
        break;  // by the caller
    }
  }

 private:
  bool ReadJson(const MappedText& text) {
    DockerJson json = ParseDockerJson(text);
    if (json.kind == DockerJson::Kind::kOtherType) {
      errors_.push_back({"a JSON array may hold strings only here", text.ToSource(), true});
    }
    if (json.kind != DockerJson::Kind::kStrings) return false;
    out_.exec_form = true;
    for (MappedText& element : json.strings) out_.arguments.push_back(std::move(element));
    return true;
  }

  void ReadMaybeJson(const MappedText& text) {
    if (!text.empty() && !ReadJson(text)) out_.arguments.push_back(text);
  }

  void ReadPairs() {
    const std::vector<MappedText> words = QuotedWords(out_.rest, escape_);
    if (words.empty()) return;
    if (words[0].text().find('=') == std::string_view::npos) return ReadLegacyPair();
    for (const MappedText& word : words) {
      out_.pairs.push_back(SplitPair(word));
      if (!out_.pairs.back().has_value) {
        errors_.push_back({"a word of the list lacks its '='", word.ToSource(), true});
      }
    }
  }

  void ReadLegacyPair() {
    const std::string_view text = out_.rest.text();
    const uint32_t end = SkipWord(text, 0);
    if (end == text.size()) {
      errors_.push_back({"a name lacks its value", out_.rest.ToSource(), true});
    }
    DockerPair pair;
    pair.legacy = true;
    pair.text = out_.rest;
    pair.name = out_.rest.Slice({0, end});
    pair.value = out_.rest.Slice(SkipBlanks(text, end));
    out_.pairs.push_back(std::move(pair));
  }

  void ReadHealthcheck() {
    const std::string_view text = out_.rest.text();
    uint32_t end = 0;
    while (end < text.size() && !IsByteSpace(text[end])) ++end;
    if (end == 0) return;
    uint32_t next = end;
    while (next < text.size() && IsByteSpace(text[next])) ++next;
    out_.arguments.push_back(out_.rest.Slice({0, end}));
    ReadMaybeJson(out_.rest.Slice(next));
  }

  DockerInstruction& out_;
  const char escape_;
  std::vector<DockerError>& errors_;
};

// Everything but ONBUILD's nested instruction.
DockerInstruction ParseFlat(const MappedText& line, char escape, std::vector<DockerError>& errors) {
  const MappedText trimmed = TrimGoSpace(line);
  const std::string_view text = trimmed.text();
  DockerInstruction out;
  const uint32_t end = SkipWord(text, 0);
  out.word = trimmed.Slice({0, end});
  out.keyword = DockerKeywordOf(out.word.text());
  out.span = trimmed.ToSource();
  const MappedText args = trimmed.Slice(SkipBlanks(text, end));
  out.rest = TrimGoSpace(args.Slice(FlagReader(args, escape).Read(out.flags)));
  ArgumentReader(out, escape, errors).Read();
  return out;
}

}  // namespace

DockerKeyword DockerKeywordOf(std::string_view word) {
  const std::string lower = ToLowerAscii(word);
  for (size_t i = 1; i < kKeywords.size(); ++i) {
    if (ToLowerAscii(kKeywords[i]) == lower) return static_cast<DockerKeyword>(i);
  }
  return DockerKeyword::kUnknown;
}

std::string_view DockerKeywordName(DockerKeyword keyword) {
  return kKeywords[static_cast<size_t>(keyword)];
}

const DockerFlag* DockerInstruction::Flag(std::string_view name) const {
  for (const DockerFlag& flag : flags) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

DockerInstruction ParseDockerInstruction(const MappedText& line, char escape,
                                         std::vector<DockerError>& errors) {
  std::vector<DockerInstruction> chain = {ParseFlat(line, escape, errors)};
  while (chain.back().keyword == DockerKeyword::kOnbuild && !chain.back().rest.empty()) {
    if (chain.size() > kMaxTriggers) {
      errors.push_back({"ONBUILD is nested too deeply", chain.back().span, true});
      break;
    }
    chain.push_back(ParseFlat(chain.back().rest, escape, errors));
  }
  for (; chain.size() > 1; chain.pop_back()) {
    chain[chain.size() - 2].trigger.push_back(std::move(chain.back()));
  }
  return std::move(chain.front());
}

}  // namespace oakum
