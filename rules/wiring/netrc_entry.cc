#include "rules/wiring/netrc_entry.h"

#include <string_view>

namespace oakum {

bool IsNetrcSample(const Document& document) {
  const std::string_view name = document.source().name();
  for (std::string_view word : {"example", "sample", "template", ".tmpl", ".tpl", ".j2", ".dist"}) {
    if (name.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool IsAnonymousLogin(const NetrcEntry& entry) {
  if (!entry.login) return false;
  const std::string_view login = entry.login->value.text();
  return login == "anonymous" || login == "ftp";
}

bool OpensPlaceholder(const Document& document, const Value& password) {
  if (!password.text().starts_with('<')) return false;
  const std::string_view rest = document.source().text().substr(password.ToSource().end);
  return rest.substr(0, rest.find_first_of("\r\n")).find('>') != std::string_view::npos;
}

std::string NetrcNoun(const NetrcContent& content) {
  switch (content.origin) {
    case NetrcOrigin::kCommand:
      return "the netrc that is written here";
    case NetrcOrigin::kManifest:
      return "the netrc in this object";
    case NetrcOrigin::kFile:
      break;
  }
  return "this netrc file";
}

}  // namespace oakum
