#include "analyzer/syntax/github_expression.h"

#include <strings.h>

#include <array>
#include <cctype>

namespace oakum {

namespace {

constexpr int kMaxDepth = 50;  // the runner's own limit

bool IsNameStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
}
bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool YieldsBoolean(std::string_view function) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "contains", "startsWith", "endsWith", "success", "failure", "always", "cancelled"};
  for (std::string_view name : kNames) {
    if (SameIgnoringCase(name, function)) return true;
  }
  return SameIgnoringCase("hashFiles", function);
}

bool IsSecret(std::string_view dotted) {
  if (SameIgnoringCase(dotted, "github.token") || SameIgnoringCase(dotted, "secrets")) return true;
  return dotted.size() > 8 && SameIgnoringCase(dotted.substr(0, 8), "secrets.");
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  GithubResult Read() {
    GithubResult result = Or(0);
    if (result.named || result.literal) return result;
    const size_t begin = text_.find_first_not_of(" \t\r\n");
    if (begin != std::string_view::npos) {
      result.name = text_.substr(begin, text_.find_last_not_of(" \t\r\n") + 1 - begin);
    }
    return result;
  }

 private:
  // The result of `a || b`: either operand; a secret wins as the name.
  static GithubResult Either(GithubResult a, GithubResult b) {
    if (!a.literal) {
      a.literal = std::move(b.literal);
      a.literal_span = b.literal_span;
    }
    if ((b.secret && !a.secret) || (b.named && !a.named)) a.name = std::move(b.name);
    a.secret |= b.secret;
    a.named |= b.named;
    return a;
  }

  GithubResult Or(int depth) {
    GithubResult result = And(depth);
    while (Take("||")) result = Either(std::move(result), And(depth));
    return result;
  }

  // `a && b` is b, or a when a is falsy and therefore no secret's text.
  GithubResult And(int depth) {
    GithubResult result = Comparison(depth);
    while (Take("&&")) result = Comparison(depth);
    return result;
  }

  GithubResult Comparison(int depth) {
    GithubResult result = Unary(depth);
    while (Take("==") || Take("!=") || Take("<=") || Take(">=") || Take("<") || Take(">")) {
      Unary(depth);
      result = {};
    }
    return result;
  }

  GithubResult Unary(int depth) {
    bool negated = false;
    while (Take("!")) negated = true;
    GithubResult result = Primary(depth);
    return negated ? GithubResult{} : result;
  }

  GithubResult Primary(int depth) {
    SkipBlanks();
    if (at_ >= text_.size() || depth > kMaxDepth) {
      at_ = text_.size();
      return {};
    }
    if (text_[at_] == '\'') return String();
    if (Take("(")) {
      GithubResult inner = Or(depth + 1);
      Take(")");
      return inner;
    }
    if (IsNameStart(text_[at_])) return Context(depth);
    while (at_ < text_.size() &&
           (IsNameByte(text_[at_]) || text_[at_] == '.' || text_[at_] == '+')) {
      ++at_;  // a number
    }
    return {};
  }

  GithubResult String() {
    GithubResult result;
    result.literal.emplace();
    const size_t begin = ++at_;
    while (at_ < text_.size()) {
      if (text_[at_] == '\'') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '\'') break;
        ++at_;
      }
      *result.literal += text_[at_++];
    }
    result.literal_span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
    if (at_ < text_.size()) ++at_;
    return result;
  }

  GithubResult Call(std::string_view function, int depth) {
    GithubResult result;
    do {
      result = Either(std::move(result), Or(depth + 1));
    } while (Take(","));
    Take(")");
    if (YieldsBoolean(function)) return {};
    result.literal.reset();  // format('{0}', x): the pattern is not the result
    return result;
  }

  GithubResult Context(int depth) {
    GithubResult result;
    const size_t begin = at_;
    while (at_ < text_.size() && IsNameByte(text_[at_])) ++at_;
    const std::string_view first = text_.substr(begin, at_ - begin);
    if (Take("(")) return Call(first, depth);
    if (first == "true" || first == "false" || first == "null") return {};
    result.name = first;
    while (true) {
      if (Take(".")) {
        SkipBlanks();
        const size_t from = at_;
        while (at_ < text_.size() && (IsNameByte(text_[at_]) || text_[at_] == '*')) ++at_;
        if (at_ == from) break;
        result.name += "." + std::string(text_.substr(from, at_ - from));
      } else if (Take("[")) {
        const GithubResult index = Or(depth + 1);
        result.name += "." + index.literal.value_or(index.name.empty() ? "*" : index.name);
        if (!Take("]")) break;
      } else {
        break;
      }
    }
    result.named = true;
    result.secret = IsSecret(result.name);
    return result;
  }

  void SkipBlanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  bool Take(std::string_view token) {
    SkipBlanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  const std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

GithubResult ReadGithubExpression(std::string_view expression) {
  return Reader(expression).Read();
}

}  // namespace oakum
