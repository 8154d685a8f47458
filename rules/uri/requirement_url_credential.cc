// OAK103: a credential in the URL of a direct or VCS requirement.

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "rules/uri/uri_finding.h"

namespace oakum {

namespace {

bool IsVcs(const Uri& uri) {
  return uri.scheme.find('+') != std::string::npos || uri.path.text().ends_with(".git");
}

bool IsEditable(const UriUse& use) {
  return use.setting == "-e" || use.setting == "--editable";
}

// Where the installer itself puts the URL besides (ray.md 4.1 and 4.4).
std::string_view Kept(const UriUse& use, const UriCredential& credential) {
  if (IsEditable(use) && IsVcs(use.uri)) {
    return " An editable install also leaves it in `.git/config` of the checkout.";
  }
  if (use.consumer == "setuptools") {
    return use.setting.empty()
               ? " setuptools puts the URL into the metadata of every wheel and sdist that it "
                 "builds."
               : " setuptools puts the URL into the metadata of every sdist that it builds.";
  }
  if (use.consumer == "uv") return " uv also keeps the URL of a direct requirement in uv.lock.";
  if (use.consumer != "pip") return "";
  switch (credential.place) {
    case CredentialPlace::kUser:
      if (!use.uri.has_password) return "";
      return " pip hides only the password half: with a token in the user half it prints the token "
             "with every download.";
    case CredentialPlace::kQuery:
    case CredentialPlace::kPath:
      return " pip prints this part of a URL with every download.";
    case CredentialPlace::kPassword:
      return "";
  }
  return "";
}

std::string Message(const UriUse& use, const UriCredential& credential) {
  std::string message = UrlCarries("The URL of a requirement", "the host", use, credential);
  message += Kept(use, credential);
  if (use.uri.scheme.ends_with("http") && !use.uri.HasLocalHost()) {
    message += " It also travels unencrypted.";
  }
  return message;
}

std::string Help(const UriUse& use) {
  const std::string host = use.uri.LiteralHost();
  const std::string entry = fmt::format("machine {}", host.empty() ? "HOST" : host);
  if (use.sink == UriSink::kImage) {
    return fmt::format(
        "leave the credential out of the URL and mount a netrc with an entry `{}` for this RUN "
        "alone: `--mount=type=secret,id=netrc,target=/root/.netrc`",
        entry);
  }
  if (use.sink == UriSink::kRay) {
    return fmt::format(
        "leave the credential out of the URL; give the nodes a `~/.netrc` with an entry `{}`",
        entry);
  }
  return fmt::format("leave the credential out of the URL and put it into `~/.netrc`, entry `{}`{}",
                     entry, IsVcs(use.uri) ? ", which git reads too" : "");
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  CheckUris(rule, {UriRole::kRequirement, Message, Help}, document, report);
}

}  // namespace

extern const Rule kRequirementUrlCredential = {
    .code = "OAK103",
    .name = "requirement-url-credential",
    .severity = Severity::kError,
    .summary = "The URL of a direct or VCS requirement carries a credential.",
    .check_document = Check,
};

}  // namespace oakum
