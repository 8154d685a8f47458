#include "analyzer/credential/classify.h"

#include <algorithm>
#include <string>

#include "analyzer/base/ascii.h"
#include "analyzer/base/byte_set.h"
#include "analyzer/credential/defaults.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/credential/placeholder_words.h"
#include "analyzer/credential/token.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;

// "***", "xxxx-xxxx", "sk-....", "ghp_xxxxxxxx", "1234****": somebody hid something.
bool IsMasked(std::string_view text) {
  if (text.find("...") != npos || text.find("\xe2\x80\xa6") != npos ||  // the ellipsis
      text.find("\xe2\x80\xa2\xe2\x80\xa2") != npos) {                  // bullets
    return true;
  }
  size_t longest = 0;
  size_t run = 0;
  for (char c : text) {
    run = c == '*' || c == 'x' || c == 'X' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  if (longest >= 4) return true;
  const bool same = std::all_of(text.begin(), text.end(), [&](char c) { return c == text[0]; });
  return same && (text.size() <= 1 || !IsAlnum(text[0]) || text.size() >= 3);
}

// An identifier written in one style: TOKEN_2, token, nexusPassword. "$ecr3t!" is none.
bool IsVariableName(std::string_view name) {
  if (name.empty() || (!IsAlpha(name[0]) && name[0] != '_')) return false;
  const bool word = std::all_of(name.begin(), name.end(), [](char c) {
    return IsAlnum(c) || c == '_' || c == '.' || c == '-';
  });
  if (!word) return false;
  const bool upper = std::none_of(name.begin(), name.end(), IsLower);
  return upper || std::none_of(name.begin(), name.end(), IsDigit);
}

// The end of the reference that begins at `begin`, or `begin` if there is none: ${X}, $(x), {{ x
// }},
// #{x}, {x}, <x>, [x], %(x)s.
size_t ReferenceEnd(std::string_view text, size_t begin) {
  struct Form {
    std::string_view open, close;
  };
  static constexpr Form kForms[] = {
      {"${{", "}}"}, {"${", "}"},  {"$(", ")"}, {"{{", "}}"}, {"<%", "%>"}, {"#{", "}"},
      {"%{", "}"},   {"%(", ")s"}, {"{", "}"},  {"<", ">"},   {"[", "]"},   {"@{", "}"},
  };
  const std::string_view rest = text.substr(begin);
  for (const Form& form : kForms) {
    if (!rest.starts_with(form.open)) continue;
    const size_t close = rest.find(form.close, form.open.size());
    if (close != npos) return begin + close + form.close.size();
  }
  return begin;
}

// The text without its references; whether there were any is what comes back.
bool RemoveReferences(std::string_view text, std::string& rest) {
  static constexpr ByteSet kBegins("$#%@{<[");
  bool any = false;
  for (size_t i = 0; i < text.size();) {
    const size_t end = kBegins.Has(text[i]) ? ReferenceEnd(text, i) : i;
    if (end == i) {
      rest += text[i++];
    } else {
      any = true;
      i = end;
    }
  }
  return any;
}

// Text in which a template, a shell or a format call was to put something, in a place where nothing
// does.
bool IsReference(std::string_view text) {
  if (text.size() > 1 && text[0] == '$' && IsVariableName(text.substr(1))) return true;
  if (text.size() > 2 && text.front() == text.back() &&
      std::string_view("%@`").find(text.front()) != npos) {
    const std::string_view inner = text.substr(1, text.size() - 2);
    if (text.front() == '`' || IsVariableName(inner)) return true;
  }
  if (text.size() > 4 && text.starts_with("__") && text.ends_with("__")) return true;
  if (text.size() == 2 && text[0] == '%' && IsAlpha(text[1])) return true;  // %s
  std::string rest;
  if (!RemoveReferences(text, rest)) return false;
  return rest.size() < 6 || IsPlaceholder(rest);
}

bool IsRegularExpression(std::string_view text) {
  static constexpr std::string_view kSigns[] = {"[^",  "(?:", "(?P<", ".*",  ".+",
                                                "\\w", "\\S", "\\d",  "[a-z"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [text](std::string_view sign) { return text.find(sign) != npos; });
}

// Only between separators: "Sample%pass12" is a password.
bool HasTellTaleWord(std::string_view text) {
  constexpr std::string_view kSeparators = "-_ .:,/";
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of(kSeparators, begin), text.size());
    if (IsTellTaleWord(ToLower(text.substr(begin, end - begin)))) return true;
    begin = end + 1;
  }
  return false;
}

// "your-...", "yourXyz", "change-me...", whatever follows.
bool HasTellTaleBeginning(std::string_view text) {
  static constexpr std::string_view kBeginnings[] = {"your-",       "your_",      "your ",
                                                     "change-me",   "change_me",  "change me",
                                                     "change-this", "change_this"};
  const std::string lower = ToLower(text);
  const bool camel =
      lower.starts_with("your") && text.size() > 4 && IsLower(text[3]) && IsUpper(text[4]);
  return camel ||
         std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [&lower](std::string_view begin) { return lower.starts_with(begin); });
}

// `<ask in` of `password: <ask in #ops>`: YAML takes the rest for a comment.
bool IsOpenPlaceholder(std::string_view text) {
  return text.size() > 2 && text[0] == '<' && IsAlpha(text[1]) && text.find(' ') != npos &&
         text.find_first_of(">0123456789") == npos;
}

bool IsPlaceholderText(std::string_view text) {
  if (text.ends_with("EXAMPLE") || text.ends_with("EXAMPLEKEY")) return true;  // as AWS writes it
  return IsMasked(text) || IsReference(text) || IsRegularExpression(text) ||
         IsWellKnownSecret(text) || HasTellTaleWord(text) || HasTellTaleBeginning(text) ||
         IsPlaceholderWords(text) || IsOpenPlaceholder(text) ||
         std::none_of(text.begin(), text.end(),
                      [](char c) { return IsAlnum(c) || static_cast<unsigned char>(c) >= 0x80; });
}

// Changes between lower case, upper case and digits within runs of letters and digits: words and
// names have few, generated text has many.
struct Mixture {
  size_t changes = 0;
  size_t digits = 0;
  size_t letters = 0;
  size_t capital_pairs = 0;  // two capitals in a row, which CamelCase hardly has
};

Mixture MixtureOf(std::string_view text) {
  Mixture out;
  char previous = 0;
  for (char c : text) {
    const char type = IsDigit(c) ? 'd' : IsUpper(c) ? 'u' : IsLower(c) ? 'l' : '\0';
    if (type == 'd') ++out.digits;
    if (type == 'u' || type == 'l') ++out.letters;
    if (type && previous && type != previous) ++out.changes;
    if (type == 'u' && previous == 'u') ++out.capital_pairs;
    previous = type;
  }
  return out;
}

}  // namespace

SecretKind ClassifySecret(const Value& value) {
  const Value text = value.Trimmed();
  if (text.empty()) return SecretKind::kEmpty;
  if (text.is_literal()) {
    return IsPlaceholder(text.text()) ? SecretKind::kPlaceholder : SecretKind::kLiteral;
  }
  if (!FindTokens(text.text()).empty()) return SecretKind::kLiteral;
  if (HasDefault(text) && ClassifySecret(WithDefaults(text)) == SecretKind::kLiteral) {
    return SecretKind::kLiteral;
  }
  return text.AllDeferred() ? SecretKind::kDeferred : SecretKind::kInterpolated;
}

bool IsPlaceholder(std::string_view text) {
  constexpr size_t kLongest = 512;  // nobody writes a longer one, and the tests above cost more
  if (text.size() > kLongest) return false;
  if (text.empty() || IsPlaceholderText(text)) return true;
  if (text.find('%') == npos) return false;
  const std::string decoded = PercentDecode(text);
  return decoded != text && IsPlaceholderText(decoded);
}

bool LooksLikeToken(std::string_view text) {
  const std::vector<TokenMatch> tokens = FindTokens(text);
  if (tokens.size() == 1 && tokens[0].range.begin == 0 && tokens[0].range.end == text.size()) {
    return true;
  }
  if (text.size() < 16 || IsPlaceholder(text)) return false;
  const std::string decoded = PercentDecode(text);
  const bool alphabet = std::all_of(decoded.begin(), decoded.end(), [](char c) {
    return IsAlnum(c) || std::string_view("-_.+/=~").find(c) != npos;
  });
  if (!alphabet || decoded.size() < 16) return false;
  const Mixture mixture = MixtureOf(decoded);
  if (mixture.letters == 0) return false;
  if (mixture.digits >= 2 && mixture.changes >= 5) return true;
  // Letters alone: only long and wildly mixed.
  return decoded.size() >= 24 && mixture.changes * 3 >= decoded.size() &&
         mixture.capital_pairs >= 3;
}

}  // namespace oakum
