// OAK102: a credential in the URL of a package index, find-links page or channel.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "rules/uri/uri_finding.h"

namespace oakum {

namespace {

// What the tool itself prints (ray.md 4.4, measured with pip 23.2.1).
std::string_view Printed(const UriUse& use, const UriCredential& credential) {
  if (use.consumer == "conda") {
    return credential.place == CredentialPlace::kPath
               ? " conda hides `/t/` tokens only in its own output."
               : "";
  }
  if (use.consumer != "pip") return "";
  switch (credential.place) {
    case CredentialPlace::kUser:
      if (use.uri.has_password) {
        return " pip hides only the password half: with a token in the user half it prints the "
               "token "
               "with every index and download.";
      }
      [[fallthrough]];
    case CredentialPlace::kPassword:
      // Variables and files; an option of one command is no configuration.
      if (use.setting.starts_with('-')) return "";
      return " pip hides it in its own output, but not in `pip config list` and `pip config "
             "debug`.";
    case CredentialPlace::kQuery:
    case CredentialPlace::kPath:
      return " pip prints this part of a URL with every index and download.";
  }
  return "";
}

std::string Message(const UriUse& use, const UriCredential& credential) {
  std::string message = UrlCarries("The index URL", "the index", use, credential);
  message += Printed(use, credential);
  if (use.uri.scheme == "http" && !use.uri.HasLocalHost()) {
    message += " It also travels unencrypted.";
  }
  return message;
}

// conda sends a `/t/TOKEN/` as a part of the path, which no netrc fills in.
bool IsPathToken(const UriUse& use) {
  const std::vector<UriCredential> credentials = CredentialsIn(use.uri);
  return use.consumer == "conda" &&
         std::any_of(credentials.begin(), credentials.end(), [](const UriCredential& credential) {
           return credential.place == CredentialPlace::kPath;
         });
}

std::string_view PathTokenHelp(UriSink sink) {
  switch (sink) {
    case UriSink::kImage:
      return "name the channel without the token, and mount a .condarc that has it for the RUN "
             "that installs: `--mount=type=secret,id=condarc,target=/root/.condarc`. A netrc does "
             "not stand in for a `/t/` token";
    case UriSink::kRay:
      return "name the channel without the token, and give the nodes a .condarc that has it. A "
             "netrc does not stand in for a `/t/` token";
    default:
      return "name the channel without the token, and keep the token where the tree is not: "
             "`conda token set TOKEN`, or a ~/.condarc of the machine that installs. A netrc does "
             "not stand in for a `/t/` token";
  }
}

std::string Help(const UriUse& use) {
  if (IsPathToken(use)) return std::string(PathTokenHelp(use.sink));
  const std::string host = use.uri.LiteralHost();
  const std::string entry = fmt::format("machine {}", host.empty() ? "HOST" : host);
  if (use.sink == UriSink::kImage) {
    return fmt::format(
        "leave the credential out of the URL and mount a netrc with an entry `{}` for this RUN "
        "alone: "
        "`--mount=type=secret,id=netrc,target=/root/.netrc`",
        entry);
  }
  if (use.sink == UriSink::kRay) {
    return fmt::format(
        "leave the credential out of the URL; give the nodes a netrc with an entry `{}`", entry);
  }
  std::string help =
      fmt::format("leave the credential out of the URL and put it into a netrc, entry `{}`", entry);
  if (use.consumer == "uv") help += ", or into UV_INDEX_<NAME>_PASSWORD";
  if (use.consumer == "Poetry") help += ", or into POETRY_HTTP_BASIC_<NAME>_PASSWORD";
  return help;
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  CheckUris(rule, {UriRole::kIndex, Message, Help}, document, report);
}

}  // namespace

extern const Rule kIndexUrlCredential = {
    .code = "OAK102",
    .name = "index-url-credential",
    .severity = Severity::kError,
    .summary = "The URL of a package index, find-links page or channel carries a credential.",
    .check_document = Check,
};

}  // namespace oakum
