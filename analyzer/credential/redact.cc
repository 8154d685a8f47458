#include "analyzer/credential/redact.h"

#include <algorithm>
#include <string>
#include <utility>

#include <re2/re2.h>

#include "analyzer/credential/reference_literals.h"
#include "analyzer/credential/token.h"

namespace oakum {

namespace {

// A part of a URI with holes as ${name} and without what may be a secret in it.
std::string Shown(const Value& part) {
  std::string out;
  const std::vector<TokenMatch> tokens = FindTokens(part.text());
  auto token = tokens.begin();
  for (uint32_t i = 0; i < part.size(); ++i) {
    if (token != tokens.end() && i == token->range.begin) {
      out += kRedacted;
      i = token->range.end - 1;
      ++token;
      continue;
    }
    const Hole* hole = part.HoleAt(i);
    if (hole) {
      out += ShownHole(*hole);
    } else {
      out += part.text()[i];
    }
  }
  return out;
}

// A part that is a secret as a whole: only the names of its holes are shown.
std::string Hidden(const Value& part) {
  if (part.empty()) return "";
  const bool only_holes = part.holes().size() == part.size();
  return only_holes ? Shown(part) : std::string(kRedacted);
}

}  // namespace

std::string Redact(const Uri& uri) {
  const std::vector<UriCredential> credentials = CredentialsIn(uri);
  const auto secret = [&credentials](CredentialPlace place, const Value& part) {
    return std::any_of(credentials.begin(), credentials.end(), [&](const UriCredential& c) {
      return c.place == place && part.text().find(c.secret.text()) != std::string_view::npos;
    });
  };
  const auto shown = [&](CredentialPlace place, const Value& part) {
    return secret(place, part) ? Hidden(part) : Shown(part);
  };

  const std::string_view all = uri.whole.text();
  std::string out = Shown(uri.whole.Slice({0, static_cast<uint32_t>(all.find("://"))})) + "://";
  if (uri.has_userinfo) {
    out += shown(CredentialPlace::kUser, uri.user);
    if (uri.has_password) out += ":" + Hidden(uri.password);
    out += '@';
  }
  const bool ipv6 = uri.host.text().find(':') != std::string_view::npos;
  out += ipv6 ? "[" + Shown(uri.host) + "]" : Shown(uri.host);
  if (!uri.port.empty()) out += ":" + Shown(uri.port);
  // A webhook's path is its secret as a whole.
  const bool whole_path = std::any_of(credentials.begin(), credentials.end(), [](const auto& c) {
    return c.place == CredentialPlace::kPath && c.secret.text().find('/') != std::string_view::npos;
  });
  if (whole_path) out += "/" + std::string(kRedacted);
  for (uint32_t begin = 0; begin < uri.path.size() && !whole_path;) {
    const auto end = static_cast<uint32_t>(
        std::min<size_t>(uri.path.text().find('/', begin + 1), uri.path.size()));
    out += '/' + shown(CredentialPlace::kPath, uri.path.Slice({begin + 1, end}));
    begin = end;
  }
  char separator = '?';
  for (const UriParameter& parameter : uri.query) {
    out += std::exchange(separator, '&') + Shown(parameter.key) + '=';
    out += shown(CredentialPlace::kQuery, parameter.value);
  }
  if (!uri.fragment.empty()) out += '#' + Shown(uri.fragment);
  return out;
}

std::string RedactText(std::string_view text) {
  std::vector<Span> secrets;
  for (const TokenMatch& token : FindTokens(text)) secrets.push_back(token.range);
  if (text.find("://") != text.npos) {
    for (const Uri& uri : FindUris(Value(MappedText::Verbatim(text, 0)))) {
      for (const UriCredential& credential : CredentialsIn(uri)) {
        secrets.push_back(credential.secret.ToSource());
      }
    }
  }
  // A login in front of a host. "name:tag@sha256:..." is an image.
  static const RE2 kLogin(R"([^\s/:@"'`()]+:([^\s/@"'`]*[^\s/@"'`:$}{<>\]])@([A-Za-z0-9._-]+))");
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece password;
  re2::StringPiece host;
  while (text.find('@') != text.npos && RE2::FindAndConsume(&rest, kLogin, &password, &host)) {
    const auto begin = static_cast<uint32_t>(password.data() - text.data());
    if (!host.starts_with("sha") && !text.substr(begin).starts_with(kRedacted)) {
      secrets.push_back({begin, begin + static_cast<uint32_t>(password.size())});
    }
  }
  std::sort(secrets.begin(), secrets.end());
  std::string out;
  uint32_t shown = 0;
  for (Span secret : secrets) {
    if (secret.end <= shown) continue;
    if (secret.begin >= shown) {
      out += text.substr(shown, secret.begin - shown);
      out += kRedacted;
    }
    shown = secret.end;
  }
  out += text.substr(shown);
  return out;
}

}  // namespace oakum
