#include "analyzer/credential/reference_literals.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/redact.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<Span> Find() {
    AddFallback();
    AddQuoted();
    AddPrinted();
    std::sort(spans_.begin(), spans_.end());
    return std::move(spans_);
  }

 private:
  void Add(size_t begin, size_t end) {
    const std::string_view literal = text_.substr(begin, end - begin);
    if (literal.empty() || literal.find('$') != npos || literal.find("{0}") != npos) return;
    if (literal.starts_with("http") || literal.starts_with('/') || IsPlaceholder(literal)) return;
    spans_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  // ${NAME:-text}
  void AddFallback() {
    if (!text_.starts_with("${") || text_.starts_with("${{")) return;
    size_t at = 2;
    while (at < text_.size() && (IsAlnum(text_[at]) || text_[at] == '_')) ++at;
    if (text_.substr(at, 1) == ":") ++at;
    if (text_.substr(at, 1) != "-" && text_.substr(at, 1) != "=") return;
    const size_t close = text_.find('}', ++at);
    Add(at, std::min(close, text_.size()));
  }

  void AddQuoted() {
    for (size_t i = 0; i < text_.size(); ++i) {
      const char quote = text_[i];
      if (quote != '\'' && quote != '"') continue;
      const size_t close = text_.find(quote, i + 1);
      if (close == npos) return;
      const size_t before = text_.find_last_not_of(" \t\\", i == 0 ? 0 : i - 1);
      const bool names = i > 0 && before != npos &&
                         (text_[before] == '[' || IsGetter(text_.substr(0, before + 1)));
      if (!names) Add(i + 1, close);
      i = close;
    }
  }

  // What comes next is the name of a variable or key.
  static bool IsGetter(std::string_view before) {
    static constexpr std::string_view kGetters[] = {"get(",    "getenv(", "pop(",
                                                    "secret(", "env(",    "Variable("};
    return std::any_of(std::begin(kGetters), std::end(kGetters),
                       [before](std::string_view getter) { return before.ends_with(getter); });
  }

  // echo text
  void AddPrinted() {
    static const RE2 kEcho(R"(\b(?:echo|printf)(?:[ \t]+-[neE]+)*[ \t]+([^\s"'$|;&)]+))");
    re2::StringPiece rest(text_.data(), text_.size());
    re2::StringPiece word;
    while (RE2::FindAndConsume(&rest, kEcho, &word)) {
      const auto begin = static_cast<size_t>(word.data() - text_.data());
      Add(begin, begin + word.size());
    }
  }

  const std::string_view text_;
  std::vector<Span> spans_;
};

bool IsName(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return IsAlnum(c) || std::string_view("_.-[]@*#?!").find(c) != npos;
  });
}

}  // namespace

std::vector<Span> LiteralsInReference(std::string_view reference) {
  return Finder(reference).Find();
}

std::string ShownHole(const Hole& hole) {
  const bool ci = hole.origin == HoleOrigin::kCiSecret || hole.origin == HoleOrigin::kCiExpression;
  std::string name;
  if (IsName(hole.name)) {
    name = hole.name;
  } else if (hole.origin == HoleOrigin::kCommand) {
    const size_t end = hole.name.find_first_of(" \t\n'\"|;&<>()$");
    return "$(" + hole.name.substr(0, end) + (end == npos ? ")" : " ...)");
  } else {
    size_t shown = 0;
    for (Span literal : LiteralsInReference(hole.name)) {
      if (literal.begin < shown) continue;
      name += hole.name.substr(shown, literal.begin - shown);
      name += kRedacted;
      shown = literal.end;
    }
    name += hole.name.substr(shown);
  }
  return ci ? "${{ " + name + " }}" : "${" + name + "}";
}

}  // namespace oakum
