#include "analyzer/model/config_uris.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include "analyzer/syntax/requirements.h"

namespace oakum {

namespace {

void Add(Uri uri, const ConfigUse& use, Facts& facts) {
  UriUse out;
  out.role = use.role;
  out.sink = use.sink;
  out.consumer = use.consumer;
  out.setting = use.setting;
  out.span = uri.whole.ToSource();
  out.uri = std::move(uri);
  facts.uris.push_back(std::move(out));
}

// `name=https://...` of uv's index: from the scheme on.
Value WithoutName(const Value& word) {
  const std::string_view text = word.text();
  const size_t scheme = text.find("://");
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || scheme == std::string_view::npos || equals > scheme) {
    return word;
  }
  return word.Slice(static_cast<uint32_t>(equals + 1));
}

UriRole RoleOfOption(std::string_view option) {
  if (option == "--index-url" || option == "--extra-index-url" || option == "--find-links" ||
      option == "--index" || option == "--default-index") {
    return UriRole::kIndex;
  }
  return option == "--editable" ? UriRole::kRequirement : UriRole::kOther;
}

}  // namespace

void AddConfigUris(const Value& value, const ConfigUse& use, Facts& facts) {
  if (use.role == UriRole::kOther) {
    for (Uri& uri : FindUris(value)) Add(std::move(uri), use, facts);
    return;
  }
  const std::string_view text = value.text();
  for (size_t begin = 0; begin < text.size();) {
    begin = text.find_first_not_of(" \t\r\n", begin);
    if (begin == std::string_view::npos) break;
    const size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    const Value word = value.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    if (std::optional<Uri> uri = ParseUri(WithoutName(word))) Add(std::move(*uri), use, facts);
    begin = end;
  }
}

void LowerRequirementsText(const Value& text, std::string_view consumer, UriSink sink,
                           Facts& facts) {
  for (const RequirementsItem& item : ParseRequirements(text)) {
    if (item.is_option()) {
      Setting setting;
      setting.name = item.option;
      setting.value = item.value;
      setting.name_span = setting.span = item.span;
      setting.file_kind = "requirements";
      facts.settings.push_back(std::move(setting));
    }
    ConfigUse use{UriRole::kRequirement, consumer, item.option, sink};
    if (item.is_option()) use.role = RoleOfOption(item.option);
    AddConfigUris(item.url.empty() ? item.value : item.url, use, facts);
  }
}

void AddLineNotice(const std::vector<Error>& errors, std::string_view what, Facts& facts) {
  if (errors.empty()) return;
  const std::string count =
      errors.size() == 1 ? "one line is " : std::to_string(errors.size()) + " lines are ";
  facts.notices.push_back({count + std::string(what), errors[0].span.value_or(Span{})});
}

}  // namespace oakum
