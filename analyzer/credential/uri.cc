#include "analyzer/credential/uri.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/uri_syntax.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Where the scheme that ends at `colon` begins, past prefixes such as "jdbc:" and "scm:git:";
// npos if the text before it is no scheme.
size_t SchemeBegin(const Value& value, size_t colon) {
  const std::string_view text = value.text();
  size_t begin = 0;
  for (size_t i = 0; i < colon; ++i) {
    if (text[i] == ':') {
      begin = i + 1;
    } else if (!IsSchemeChar(text[i]) && !value.HoleAt(static_cast<uint32_t>(i))) {
      return npos;
    }
  }
  if (begin == colon) return npos;
  const bool hole = value.HoleAt(static_cast<uint32_t>(begin)) != nullptr;
  return hole || IsAlpha(text[begin]) ? begin : npos;
}

// A host as it would stand after an '@': "db.corp:5432/app", "${HOST}".
bool StartsLikeHost(std::string_view text) {
  const size_t end = std::min(text.find_first_of("/?#"), text.size());
  return end > 0 && std::all_of(text.begin(), text.begin() + static_cast<long>(end), [](char c) {
           return IsAlnum(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' ||
                  c == ']' || c == Value::kHoleByte;
         });
}

bool IsPort(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsDigit(c) || c == Value::kHoleByte; });
}

// Whether "NAME:TEXT" before a '/' is more likely a host with a port to fill in (localhost:PORT,
// api.corp:{port}) than a user with the first part of a password.
bool IsHostWithPort(std::string_view name, std::string_view port) {
  return name == "localhost" || name.find('.') != npos || IsPort(port) ||
         std::string_view("$%{<[").find(port.front()) != npos || ToLower(port).find("port") != npos;
}

void ParseUserinfo(const Value& userinfo, Uri& uri) {
  uri.has_userinfo = true;
  const size_t colon = userinfo.text().find(':');
  if (colon == npos) {
    uri.user = userinfo;
    return;
  }
  uri.has_password = true;
  uri.user = userinfo.Slice({0, static_cast<uint32_t>(colon)});
  uri.password = userinfo.Slice(static_cast<uint32_t>(colon) + 1);
}

void ParseHost(const Value& host, Uri& uri) {
  const std::string_view text = host.text();
  size_t host_begin = 0;
  size_t host_end = text.size();
  size_t colon = npos;
  if (text.starts_with('[') && text.find(']') != npos) {
    host_begin = 1;
    host_end = text.find(']');
    if (host_end + 1 < text.size() && text[host_end + 1] == ':') colon = host_end + 1;
  } else if (uri.scheme.starts_with("mongodb") && text.find(',') != npos) {
    // A list of hosts: the first one stands for all.
    host_end = text.find(',');
    colon = text.substr(0, host_end).rfind(':');
    if (colon != npos) {
      uri.port = host.Slice({static_cast<uint32_t>(colon) + 1, static_cast<uint32_t>(host_end)});
      host_end = colon;
      colon = npos;
    }
  } else {
    colon = text.rfind(':');
    if (colon != npos) host_end = colon;
  }
  uri.host = host.Slice({static_cast<uint32_t>(host_begin), static_cast<uint32_t>(host_end)});
  if (colon != npos) uri.port = host.Slice(static_cast<uint32_t>(colon) + 1);
}

void ParseQuery(const Value& query, Uri& uri) {
  const std::string_view text = query.text();
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('&', begin), text.size());
    // HTML and XML write the separator as "&amp;".
    if (begin > 0 && text.substr(begin, end - begin).starts_with("amp;")) begin += 4;
    const size_t equals = std::min(text.find('=', begin), end);
    const auto at = [](size_t offset) { return static_cast<uint32_t>(offset); };
    if (equals > begin) {
      uri.query.push_back({query.Slice({at(begin), at(equals)}),
                           query.Slice({at(std::min(equals + 1, end)), at(end)})});
    }
    begin = end + 1;
  }
}

// What stands in place of the host is a bucket or container of a cloud's store.
bool NamesBucket(std::string_view scheme) {
  static constexpr std::string_view kStores[] = {"s3",    "s3a", "s3n",  "gs",    "gcs",
                                                 "az",    "adl", "abfs", "abfss", "wasb",
                                                 "wasbs", "oss", "cos",  "r2",    "hf"};
  return std::find(std::begin(kStores), std::end(kStores), scheme) != std::end(kStores);
}

}  // namespace

bool IsSchemeChar(char c) {
  return IsAlnum(c) || c == '+' || c == '-' || c == '.';
}

size_t AuthorityEnd(std::string_view text, size_t begin) {
  const size_t end = std::min(text.find_first_of("/?#", begin), text.size());
  const std::string_view authority = text.substr(begin, end - begin);
  const size_t colon = authority.rfind(':');
  if (end == text.size() || colon == npos || authority.find('@') != npos) return end;
  if (IsHostWithPort(authority.substr(0, colon), authority.substr(colon + 1))) return end;
  // What follows the colon is no port: a password with a raw '/', '?' or '#', which SQLAlchemy and
  // redis clients accept, if a host comes after the next '@'.
  const size_t at = text.find('@', end);
  if (at == npos || text.substr(end, at - end).find("//") != npos) return end;
  if (!StartsLikeHost(text.substr(at + 1))) return end;
  return std::min(text.find_first_of("/?#", at), text.size());
}

std::optional<Uri> ParseUri(const Value& value) {
  const Value trimmed = value.Trimmed();
  const size_t colon = trimmed.text().find("://");
  if (colon == npos) return std::nullopt;
  const size_t begin = SchemeBegin(trimmed, colon);
  if (begin == npos) return std::nullopt;

  Uri uri;
  uri.whole = trimmed.Slice(static_cast<uint32_t>(begin));
  const std::string_view text = uri.whole.text();
  const auto part = [&uri](size_t from, size_t to) {
    return uri.whole.Slice({static_cast<uint32_t>(from), static_cast<uint32_t>(to)});
  };
  const size_t scheme_end = colon - begin;
  if (part(0, scheme_end).is_literal()) uri.scheme = ToLower(text.substr(0, scheme_end));

  const size_t authority = scheme_end + 3;
  const size_t authority_end = AuthorityEnd(text, authority);
  const std::string_view authority_text = text.substr(authority, authority_end - authority);
  if (std::any_of(authority_text.begin(), authority_text.end(), IsBlank)) return std::nullopt;
  size_t host = authority;
  if (const size_t at = authority_text.rfind('@'); at != npos) {
    host = authority + at + 1;
    ParseUserinfo(part(authority, host - 1), uri);
  }
  ParseHost(part(host, authority_end), uri);

  const size_t fragment = std::min(text.find('#', authority_end), text.size());
  const size_t query = std::min(text.find('?', authority_end), fragment);
  uri.path = part(authority_end, query);
  if (query < fragment) ParseQuery(part(query + 1, fragment), uri);
  if (fragment < text.size()) uri.fragment = part(fragment + 1, text.size());
  return uri;
}

std::string Uri::LiteralHost() const {
  return host.is_literal() ? ToLower(host.text()) : "";
}

bool Uri::HasLocalHost() const {
  const std::string name = LiteralHost();
  if (name.empty() || NamesBucket(scheme)) return false;
  if (name == "localhost" || name == "::1" || name == "0.0.0.0" || name.starts_with("127.")) {
    return true;
  }
  if (name.find(':') != std::string::npos) return false;  // another IPv6 address
  if (name.find('.') == std::string::npos) return true;
  static constexpr std::string_view kSuffixes[] = {".local", ".localhost", ".internal", ".svc",
                                                   ".svc.cluster.local"};
  return std::any_of(std::begin(kSuffixes), std::end(kSuffixes),
                     [&name](std::string_view suffix) { return name.ends_with(suffix); });
}

}  // namespace oakum
