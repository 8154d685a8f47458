#include "analyzer/syntax/dockerfile_heredoc.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "analyzer/syntax/dockerfile_word.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

const DockerVariableLookup& NothingSet() {
  static const DockerVariableLookup lookup = [](std::string_view, Span) { return std::nullopt; };
  return lookup;
}

struct Marker {
  std::string_view digits;
  bool chomp = false;
  uint32_t name = 0;  // offset of the first byte behind the blanks
};

// `^(\d*)<<(-?)\s*([^<]*)$`
std::optional<Marker> SplitMarker(std::string_view text) {
  Marker marker;
  uint32_t at = 0;
  while (at < text.size() && IsGoDigit(static_cast<unsigned char>(text[at]))) ++at;
  marker.digits = text.substr(0, at);
  if (text.substr(at, 2) != "<<") return std::nullopt;
  at += 2;
  if (at < text.size() && text[at] == '-') {
    marker.chomp = true;
    ++at;
  }
  while (at < text.size() && std::string_view(" \t\n\f\r").find(text[at]) != text.npos) ++at;
  marker.name = at;
  if (at == text.size() || text.find('<', at) != text.npos) return std::nullopt;
  return marker;
}

long CountQuotes(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c == '\'' || c == '"'; });
}

}  // namespace

Result<std::optional<DockerHeredoc>> ParseDockerHeredoc(const MappedText& word) {
  const std::optional<Marker> marker = SplitMarker(word.text());
  if (!marker) return std::nullopt;
  const MappedText rest = word.Slice(marker->name);
  const DockerWordOptions cooked{.keep_unset = true};
  const DockerWordOptions raw{.raw_quotes = true, .keep_unset = true};
  const Result<std::vector<Value>> names = SplitDockerWords(rest, cooked, NothingSet());
  if (!names) return tl::unexpected(names.error());
  if (names->size() != 1) return std::nullopt;
  const Result<std::vector<Value>> raw_names = SplitDockerWords(rest, raw, NothingSet());
  if (!raw_names) return tl::unexpected(raw_names.error());
  if (raw_names->size() != 1) return Failure("a heredoc's name is malformed", word.ToSource());

  DockerHeredoc heredoc;
  heredoc.name = names->front().text();
  heredoc.chomp = marker->chomp;
  heredoc.expand = CountQuotes(heredoc.name) == CountQuotes(raw_names->front().text());
  heredoc.marker = word;
  std::from_chars(marker->digits.data(), marker->digits.data() + marker->digits.size(), heredoc.fd);
  return heredoc;
}

Result<std::vector<DockerHeredoc>> DockerHeredocsOf(const MappedText& line) {
  std::vector<DockerHeredoc> heredocs;
  if (line.text().find("<<") == std::string_view::npos) return heredocs;
  const DockerWordOptions options{.raw_quotes = true, .raw_escapes = true, .keep_unset = true};
  const Result<std::vector<Value>> words = SplitDockerWords(line, options, NothingSet());
  if (!words) return heredocs;
  for (const Value& word : *words) {
    Result<std::optional<DockerHeredoc>> heredoc = ParseDockerHeredoc(word.mapped());
    if (!heredoc) return tl::unexpected(heredoc.error());
    if (*heredoc) heredocs.push_back(**std::move(heredoc));
  }
  return heredocs;
}

MappedText DockerHeredoc::Body() const {
  if (!chomp) return content;
  const std::string_view text = content.text();
  MappedText::Builder body;
  for (uint32_t at = 0; at < text.size();) {
    const size_t feed = text.find('\n', at);
    const uint32_t end = static_cast<uint32_t>(feed == text.npos ? text.size() : feed + 1);
    while (at < end && text[at] == '\t') ++at;
    body.Append(content.Slice({at, end}));
    at = end;
  }
  return std::move(body).Build();
}

}  // namespace oakum
