#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/token.h"
#include "analyzer/model/registry.h"

namespace oakum {

namespace {

constexpr auto kPartitions = std::to_array<std::string_view>(
    {"aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"});
constexpr size_t kAccountDigits = 12;
constexpr size_t kSuffix = 6;

bool All(std::string_view text, bool (*is)(char)) {
  return std::all_of(text.begin(), text.end(), is);
}

// A part of an ARN that a document leaves to its reader: "<region>", "ACCOUNT_ID", "xxxx".
bool IsLeftOpen(std::string_view part) {
  if (part.find_first_of("<>{}[]*$") != part.npos || part.find("...") != part.npos) return true;
  if (ToLower(part).find("xxx") != std::string::npos) return true;
  if (part.find("your") != part.npos || part.find("YOUR") != part.npos) return true;
  return part.size() > 2 && All(part, [](char c) { return IsUpper(c) || c == '_' || c == '-'; });
}

// us-west-2, us-gov-east-1
bool IsRegion(std::string_view text) {
  const size_t last = text.rfind('-');
  if (last == text.npos || last + 2 != text.size() || !IsDigit(text.back())) return false;
  const std::string_view name = text.substr(0, last);
  return name.find('-') != name.npos && All(name, [](char c) { return IsLower(c) || c == '-'; });
}

// A name without the hyphen and six characters that Secrets Manager appends. Six lower-case letters
// are rather a word of the name ("registry-secret"): of the appended ones not one in 150 is such.
bool LacksSuffix(std::string_view name) {
  if (name.size() <= kSuffix || name[name.size() - kSuffix - 1] != '-') return true;
  const std::string_view suffix = name.substr(name.size() - kSuffix);
  if (!All(suffix, IsAlnum)) return true;
  return All(suffix, IsLower) && suffix != "abcdef";
}

std::vector<Value> Split(const Value& text) {
  std::vector<Value> parts;
  uint32_t begin = 0;
  for (size_t at = text.text().find(':'); at != std::string_view::npos && parts.size() < 6;
       at = text.text().find(':', at + 1)) {
    parts.push_back(text.Slice({begin, static_cast<uint32_t>(at)}));
    begin = static_cast<uint32_t>(at + 1);
  }
  parts.push_back(text.Slice(begin));
  return parts;
}

LoginReference Malformed(std::string problem) {
  return {ReferenceForm::kMalformed, std::move(problem)};
}

LoginReference ReadArn(const Value& arn) {
  constexpr size_t kParts = 7;  // arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME
  const std::vector<Value> parts = Split(arn);
  auto known = [&parts](size_t i) {
    return i < parts.size() && parts[i].is_literal() && !IsLeftOpen(parts[i].text());
  };
  auto text = [&parts](size_t i) { return parts[i].text(); };
  const bool aws =
      !known(1) || std::find(kPartitions.begin(), kPartitions.end(), text(1)) != kPartitions.end();
  if (!aws) return Malformed("names a partition that AWS does not have");
  if (known(2) && text(2) != "secretsmanager") {
    return Malformed(fmt::format("is of the service {}, not of secretsmanager", text(2)));
  }
  if (parts.size() < kParts) return Malformed("lacks parts");
  if (known(3) && !IsRegion(text(3))) {
    return Malformed(text(3).empty() ? "has no region" : "names no region of AWS");
  }
  if (known(4) && (text(4).size() != kAccountDigits || !All(text(4), IsDigit))) {
    return Malformed(text(4).empty() ? "has no account"
                                     : "has an account that is not of 12 digits");
  }
  if (known(5) && text(5) != "secret") return Malformed("does not name a secret");
  if (!known(6)) return {};
  if (text(6).empty()) return Malformed("does not name a secret");
  return {LacksSuffix(text(6)) ? ReferenceForm::kPartial : ReferenceForm::kArn, ""};
}

}  // namespace

LoginReference ReadLoginReference(const RegistryImage& image) {
  if (image.has_inline_login) return {ReferenceForm::kInline, ""};
  const Value reference = image.login_secret.Trimmed();
  const std::string_view text = reference.text();
  if (text.starts_with("arn:")) return ReadArn(reference);
  if (text.empty() || !reference.is_literal() || IsLeftOpen(text)) return {};
  if (text.starts_with("projects/") && text.find("/secrets/") != text.npos) {
    return {ReferenceForm::kGoogle, ""};
  }
  return {FindTokens(text).empty() ? ReferenceForm::kName : ReferenceForm::kInline, ""};
}

}  // namespace oakum
