#include "analyzer/syntax/interpolation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/syntax/identifier.h"
#include "analyzer/syntax/value_rewriter.h"

namespace oakum {

namespace {

constexpr int kMaxDefaultDepth = 16;
constexpr size_t kNone = std::string_view::npos;

// The dialects of `$`. What each allows is said at its function in the header.
struct DollarDialect {
  HoleOrigin origin = HoleOrigin::kEnvironment;
  FillTime when = FillTime::kInterpolated;
  bool bare = true;               // $X
  bool operators = false;         // ${X:-d} and its like
  bool any_name = false;          // ${x.y}
  bool upper_only = false;        // ${UPPER_1}
  bool double_dollar = false;     // $$ is a dollar sign
  bool backslash_dollar = false;  // \$ is a dollar sign
  bool gitlab = false;            // $[[ ]], and names that are secrets
};

bool IsGitlabSecret(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "CI_JOB_TOKEN", "CI_REGISTRY_PASSWORD", "CI_DEPLOY_PASSWORD", "CI_REPOSITORY_URL",
      "CI_JOB_JWT",   "CI_JOB_JWT_V1",        "CI_JOB_JWT_V2",      "CI_DEPENDENCY_PROXY_PASSWORD"};
  for (std::string_view known : kNames) {
    if (name == known) return true;
  }
  return false;
}

bool IsName(std::string_view name, const DollarDialect& dialect) {
  if (name.empty()) return false;
  if (dialect.any_name) return true;
  for (char c : name) {
    if (!IsNameByte(c)) return false;
    if (dialect.upper_only && std::islower(static_cast<unsigned char>(c))) return false;
  }
  return dialect.upper_only || IsNameStart(name[0]);
}

// The `}` that closes the `${` whose body starts at `at`, where defaults may nest.
size_t BraceEnd(std::string_view text, size_t at) {
  int depth = 1;
  for (; at < text.size(); ++at) {
    if (text[at] == '$' && at + 1 < text.size() && text[at + 1] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return kNone;
}

Value Dollars(const Value& in, const DollarDialect& dialect, int depth);

Hole NamedHole(std::string_view name, const DollarDialect& dialect) {
  Hole hole = HoleNamed(name, dialect.origin, dialect.when);
  if (dialect.gitlab && IsGitlabSecret(name)) hole.origin = HoleOrigin::kCiSecret;
  return hole;
}

// A plain `${NAME}` at `at`; returns where to go on.
size_t Braced(ValueRewriter& out, size_t at, const DollarDialect& dialect) {
  const std::string_view text = out.text();
  const size_t close = text.find_first_of("}${\n", at + 2);
  if (close == kNone || text[close] != '}') return at + 2;
  const std::string_view body = text.substr(at + 2, close - at - 2);
  if (!IsName(body, dialect)) return at + 2;
  out.Replace(at, close + 1, NamedHole(body, dialect));
  return close + 1;
}

// `${NAME}` or `${NAME<operator>word}` at `at`; kNone if no brace is closed from here on.
size_t BracedWithOperator(ValueRewriter& out, size_t at, const DollarDialect& dialect, int depth) {
  const std::string_view text = out.text();
  const size_t name_end = NameEnd(text, at + 2);
  if (name_end == at + 2) return at + 2;
  const size_t close = BraceEnd(text, name_end);
  if (close == kNone) return kNone;
  const size_t sign = name_end + (text[name_end] == ':' ? 1 : 0);
  Hole hole = NamedHole(text.substr(at + 2, name_end - at - 2), dialect);
  if (sign < close && depth < kMaxDefaultDepth) {
    const Value word = Dollars(out.Slice(sign + 1, close), dialect, depth + 1);
    if (text[sign] == '+') {
      out.ReplaceWithValue(at, close + 1, word);
      return close + 1;
    }
    if (text[sign] == '-') hole.fallback = std::make_shared<const Value>(word);
  }
  out.Replace(at, close + 1, std::move(hole));
  return close + 1;
}

// Behind an odd number of backslashes.
bool IsEscaped(std::string_view text, size_t at) {
  size_t count = 0;
  while (count < at && text[at - count - 1] == '\\') ++count;
  return count % 2 == 1;
}

Value Dollars(const Value& in, const DollarDialect& dialect, int depth) {
  ValueRewriter out(in);
  const std::string_view text = in.text();
  bool braces_left = true;  // a `}` lies ahead
  for (size_t at = text.find('$'); at != kNone; at = text.find('$', at)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (dialect.backslash_dollar && IsEscaped(text, at)) {
      out.ReplaceWithText(at - 1, at + 1, "$");
      ++at;
    } else if (dialect.double_dollar && next == '$') {
      out.ReplaceWithText(at, at + 2, "$");
      at += 2;
    } else if (next == '{' && !dialect.operators) {
      at = Braced(out, at, dialect);
    } else if (next == '{' && braces_left) {
      const size_t after = BracedWithOperator(out, at, dialect, depth);
      braces_left = after != kNone;
      at = braces_left ? after : at + 2;
    } else if (dialect.gitlab && text.substr(at + 1).starts_with("[[")) {
      const size_t close = text.find("]]", at + 3);
      if (close == kNone) break;
      out.Replace(at, close + 2,
                  HoleNamed(Strip(text.substr(at + 3, close - at - 3)), HoleOrigin::kTemplate));
      at = close + 2;
    } else if (dialect.bare && NameEnd(text, at + 1) > at + 1) {
      const size_t end = NameEnd(text, at + 1);
      out.Replace(at, end, NamedHole(text.substr(at + 1, end - at - 1), dialect));
      at = end;
    } else {
      ++at;
    }
  }
  return std::move(out).Finish();
}

}  // namespace

Value KubernetesReferences(const Value& value) {
  ValueRewriter out(value);
  const std::string_view text = value.text();
  size_t at = text.find('$');
  while (at != kNone && at + 1 < text.size()) {
    size_t after = at + 1;
    if (text[at + 1] == '$') {
      after = at + 2;
      out.ReplaceWithText(at, after, "$");
    } else if (text[at + 1] == '(') {
      const size_t close = text.find(')', at + 2);
      if (close == kNone) break;
      after = close + 1;
      out.Replace(at, after,
                  HoleNamed(text.substr(at + 2, close - at - 2), HoleOrigin::kEnvironment));
    }
    at = text.find('$', after);
  }
  return std::move(out).Finish();
}

Value GitlabVariables(const Value& text) {
  return Dollars(text, {.origin = HoleOrigin::kCiExpression, .double_dollar = true, .gitlab = true},
                 0);
}

Value CircleCiParameters(const Value& value) {
  ValueRewriter out(value);
  const std::string_view text = value.text();
  for (size_t at = text.find("<<"); at != kNone; at = text.find("<<", at)) {
    const size_t close = text.find_first_of(">\n", at + 2);
    const std::string_view name =
        close == kNone ? std::string_view() : Strip(text.substr(at + 2, close - at - 2));
    if (at > 0 && text[at - 1] == '\\') {
      out.ReplaceWithText(at - 1, at + 2, "<<");
      at += 2;
    } else if (text.substr(std::min(close, text.size())).starts_with(">>") &&
               (name.starts_with("parameters.") || name.starts_with("pipeline.") ||
                name.starts_with("matrix."))) {
      out.Replace(at, close + 2, HoleNamed(name, HoleOrigin::kCiExpression));
      at = close + 2;
    } else {
      at += 2;
    }
  }
  return std::move(out).Finish();
}

Value ComposeVariables(const Value& text) {
  return Dollars(text, {.operators = true, .double_dollar = true}, 0);
}

Value RequirementsVariables(const Value& text) {
  return Dollars(text, {.when = FillTime::kDeferred, .bare = false, .upper_only = true}, 0);
}

Value RayVariables(const Value& text) {
  return Dollars(text, {.when = FillTime::kDeferred, .bare = false}, 0);
}

Value EnvsubstVariables(const Value& text) {
  return Dollars(text, {.origin = HoleOrigin::kTemplate}, 0);
}

Value DotenvVariables(const Value& text) {
  return Dollars(text, {.operators = true, .backslash_dollar = true}, 0);
}

Value PipfileVariables(const Value& text) {
  return Dollars(text, {.when = FillTime::kDeferred, .any_name = true}, 0);
}

Value BracedVariables(const Value& text) {
  return Dollars(text, {.when = FillTime::kDeferred, .bare = false, .any_name = true}, 0);
}

}  // namespace oakum
