// Which parts of a URI are credentials, and which only look like it.

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/defaults.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;

template <size_t N>
bool Contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// The text before '@' is a container or file system, which the service requires there.
constexpr std::string_view kContainerSchemes[] = {"abfs", "abfss", "wasb", "wasbs"};

// The user names an account; the key is elsewhere.
bool IsSshScheme(std::string_view scheme) {
  static constexpr std::string_view kSchemes[] = {"ssh", "sftp", "scp", "rsync", "git"};
  const size_t plus = scheme.rfind('+');
  return Contains(kSchemes, plus == npos ? scheme : scheme.substr(plus + 1));
}

// Texts that stand where a password goes when the user is the token.
bool IsDummyPassword(const Value& password) {
  static constexpr std::string_view kDummies[] = {
      "x-oauth-basic", "x-token-auth", "oauth", "oauth2", "token", "x", ""};
  return password.is_literal() && Contains(kDummies, password.text());
}

// Whether what fills this hole is a secret, by where it comes from and how it is called.
bool IsSecretHole(const Hole& hole) {
  const NameHint hint = HintOf(hole.name);
  if (hint == NameHint::kSecret) return true;
  if (hole.origin == HoleOrigin::kCommand) {
    const std::string name = ToLower(hole.name);
    return name.find("token") != npos || name.find("password") != npos ||
           name.find("secret") != npos;
  }
  if (hole.origin != HoleOrigin::kCiSecret) return false;
  const std::string name = ToLower(hole.name);
  static constexpr std::string_view kUserEndings[] = {
      "user", "username", "login", "account", "email", "host", "url", "registry", "usr"};
  return std::none_of(std::begin(kUserEndings), std::end(kUserEndings),
                      [&name](std::string_view end) { return name.ends_with(end); });
}

bool HasSecretHole(const Value& value) {
  return std::any_of(value.holes().begin(), value.holes().end(),
                     [](const Value::PlacedHole& placed) { return IsSecretHole(placed.hole); });
}

std::string_view TokenFamily(const Value& value) {
  const std::vector<TokenMatch> tokens = FindTokens(value.text());
  return tokens.empty() ? std::string_view() : tokens[0].family;
}

class Finder {
 public:
  explicit Finder(const Uri& uri) : uri_(uri) {}

  std::vector<UriCredential> Find() {
    if (uri_.has_userinfo && !Contains(kContainerSchemes, uri_.scheme)) FindInUserinfo();
    FindInQuery();
    FindInPath();
    return std::move(found_);
  }

 private:
  // Takes `secret` if it is worth reporting: placeholders and empty values are not.
  void Add(CredentialPlace place, const Value& secret, std::string_view detail = {},
           bool expires = false) {
    const SecretKind kind = ClassifySecret(secret);
    if (kind == SecretKind::kEmpty || kind == SecretKind::kPlaceholder) return;
    found_.push_back({place, kind, secret, std::string(detail), expires});
  }

  void FindInUserinfo() {
    const bool dummy = !uri_.has_password || IsDummyPassword(uri_.password);
    if (IsTokenUser(dummy)) Add(CredentialPlace::kUser, uri_.user, TokenFamily(uri_.user));
    if (!dummy) AddPassword(uri_.password);
  }

  void AddPassword(const Value& password) {
    // The default of an ARG: what the reference is filled with stands in the file, too.
    const Hole* hole = password.OnlyHole();
    if (hole && hole->fallback && hole->fallback->is_literal() &&
        ClassifySecret(*hole->fallback) == SecretKind::kLiteral &&
        LooksLikeToken(hole->fallback->text())) {
      return Add(CredentialPlace::kPassword, *hole->fallback);
    }
    Add(CredentialPlace::kPassword, password, TokenFamily(password));
  }

  // Whether the user is itself the credential. Beside a real password only a known token counts.
  bool IsTokenUser(bool alone) const {
    const Value& user = uri_.user;
    if (user.empty()) return false;
    const std::string_view family = TokenFamily(user);
    // An access key's ID is half a credential; where the URI has no other half it stands for one.
    if (family.find("access key ID") != npos) return alone && uri_.scheme.starts_with("s3");
    if (!family.empty()) return true;
    if (!alone) return false;
    if (!user.is_literal()) {
      // "${X}:x-oauth-basic@": only a token is used like that, whatever it is called.
      return HasSecretHole(user) ? !IsSshScheme(uri_.scheme) : !uri_.password.empty();
    }
    if (IsSshScheme(uri_.scheme) || IsPublicKeyOfErrorTracker()) return false;
    return LooksLikeToken(user.text());
  }

  // A Sentry DSN: the user is a public key.
  bool IsPublicKeyOfErrorTracker() const {
    const std::string host = uri_.LiteralHost();
    return host.find("sentry") != npos || host.find("ingest") != npos ||
           host.find("glitchtip") != npos;
  }

  // Keys, lower case with '_' for '-'.
  std::string Key(const UriParameter& parameter) const {
    std::string key = ToLower(PercentDecode(parameter.key.text()));
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
  }

  const UriParameter* Parameter(std::string_view key) const {
    for (const UriParameter& parameter : uri_.query) {
      if (Key(parameter) == key) return &parameter;
    }
    return nullptr;
  }

  // Meant to be handed round: a badge that a README shows, an invitation to a meeting.
  bool IsPublicQuery() const {
    const std::string_view path = uri_.path.text();
    const bool badge =
        path.ends_with(".svg") && (path.find("badge") != npos || path.find("graph") != npos);
    return badge || uri_.LiteralHost().starts_with("zoom") ||
           uri_.LiteralHost().ends_with("zoom.us");
  }

  void FindInQuery() {
    if (IsPublicQuery()) return;
    for (const UriParameter& parameter : uri_.query) {
      if (AddWholeQuery(parameter)) continue;
      const std::string key = Key(parameter);
      if (!AddSignature(key, parameter)) AddQuerySecret(key, parameter);
    }
  }

  // `?{SAS_TOKEN}`: a signed query that is filled in as one.
  bool AddWholeQuery(const UriParameter& parameter) {
    const Hole* hole = parameter.value.empty() ? parameter.key.OnlyHole() : nullptr;
    if (!hole) return false;
    const std::string name = ToLower(hole->name);
    const bool sas = name == "sas" || name.ends_with("_sas") || name.ends_with(".sas") ||
                     name.starts_with("sas_") || name.find("_sas_") != npos;
    if (!sas && HintOf(hole->name) != NameHint::kSecret) return false;
    Add(CredentialPlace::kQuery, parameter.key, sas ? "sig" : "", sas);
    return true;
  }

  // Presigned queries: whoever has the URI may use it until it expires.
  bool AddSignature(std::string_view key, const UriParameter& parameter) {
    struct Form {
      std::string_view key, beside, expiry;
    };
    static constexpr Form kForms[] = {
        {"sig", "sv", "se"},
        {"sig", "se", "se"},
        {"x_amz_signature", "x_amz_credential", "x_amz_expires"},
        {"x_amz_signature", "x_amz_algorithm", "x_amz_expires"},
        {"x_amz_signature", "x_amz_date", "x_amz_expires"},
        {"x_goog_signature", "x_goog_credential", "x_goog_expires"},
        {"x_goog_signature", "x_goog_algorithm", "x_goog_expires"},
        {"x_goog_signature", "x_goog_date", "x_goog_expires"},
        {"signature", "awsaccesskeyid", "expires"},
        {"signature", "googleaccessid", "expires"},
        {"signature", "key_pair_id", "key_pair_id"},
        {"signature", "ossaccesskeyid", "expires"},
    };
    for (const Form& form : kForms) {
      const UriParameter* beside = key == form.key ? Parameter(form.beside) : nullptr;
      if (!beside) continue;
      const bool documentation = beside->value.text().find("EXAMPLE") != npos;
      if (!documentation) {
        Add(CredentialPlace::kQuery, parameter.value, parameter.key.text(),
            Parameter(form.expiry) != nullptr);
      }
      return true;
    }
    return false;
  }

  void AddQuerySecret(std::string_view key, const UriParameter& parameter) {
    static constexpr std::string_view kStrong[] = {"access_token",
                                                   "api_key",
                                                   "api_token",
                                                   "apikey",
                                                   "apitoken",
                                                   "auth_token",
                                                   "authtoken",
                                                   "bearer",
                                                   "client_secret",
                                                   "job_token",
                                                   "passwd",
                                                   "password",
                                                   "personal_token",
                                                   "private_token",
                                                   "refresh_token",
                                                   "secret",
                                                   "secret_key",
                                                   "token",
                                                   "x_amz_security_token",
                                                   "x_api_key"};
    // These name harmless things as well: only what looks generated counts.
    static constexpr std::string_view kWeak[] = {"auth", "authkey", "code", "key",
                                                 "pass", "pwd",     "sig",  "signature"};
    const Value& value = parameter.value;
    const bool strong = Contains(kStrong, key);
    if (!strong && !Contains(kWeak, key)) return;
    if (!value.is_literal()) {
      if (strong || HasSecretHole(value)) Add(CredentialPlace::kQuery, value, parameter.key.text());
      return;
    }
    const bool counts = strong ? IsWorthy(value.text())
                               : LooksLikeToken(value.text()) || IsKeyOfArchive(key, value.text());
    if (counts) Add(CredentialPlace::kQuery, value, parameter.key.text());
  }

  // `app.zip?key=...`: what is fetched needs no other key than that of whoever fetches it.
  bool IsKeyOfArchive(std::string_view key, std::string_view text) const {
    constexpr size_t kShortest = 12;
    const std::string_view path = uri_.path.text();
    const bool archive = path.ends_with(".zip") || path.ends_with(".whl") ||
                         path.ends_with(".tar.gz") || path.ends_with(".jar");
    return key == "key" && archive && text.size() >= kShortest &&
           JudgeNamedSecret("api_key", text) == NamedSecret::kSecret;
  }

  // Not a switch or a number: ?token=1, ?secret=true, ?password=abc.
  static bool IsWorthy(std::string_view text) {
    return text.size() >= 5 && ToLower(text) != "false" &&
           !(text.size() < 8 &&
             std::all_of(text.begin(), text.end(), [](char c) { return IsDigit(c) || c == '.'; }));
  }

  void FindInPath() {
    const std::string_view path = uri_.path.text();
    std::string_view previous;
    bool first = true;
    for (size_t begin = path.find('/'); begin < path.size();) {
      const size_t end = std::min(path.find('/', begin + 1), path.size());
      const Value segment =
          uri_.path.Slice({static_cast<uint32_t>(begin) + 1, static_cast<uint32_t>(end)});
      if (!segment.empty()) AddSegment(segment, previous, first);
      previous = path.substr(begin + 1, end - begin - 1);
      first = false;
      begin = end;
    }
    for (const TokenMatch& token : FindTokens(uri_.whole.text())) {
      if (token.family != "Slack webhook") continue;
      Add(CredentialPlace::kPath, uri_.whole.Slice(token.range), token.family);
    }
  }

  // A vendor's token anywhere; anything generated where a service puts a token: /t/TOKEN/ of conda
  // channels, the first segment at Gemfury and Cloudsmith. Hashes of commits and files are none.
  void AddSegment(const Value& segment, std::string_view previous, bool first) {
    for (const TokenMatch& token : FindTokens(segment.text())) {
      if (token.family.find("access key ID") != npos) continue;
      return Add(CredentialPlace::kPath, segment.Slice(token.range), token.family);
    }
    const std::string host = uri_.LiteralHost();
    const bool token_place =
        previous == "t" || (first && (host.ends_with("fury.io") || host == "dl.cloudsmith.io"));
    if (!token_place) return;
    if (segment.is_literal() ? LooksLikeToken(segment.text()) : HasSecretHole(segment)) {
      Add(CredentialPlace::kPath, segment);
    }
  }

  const Uri& uri_;
  std::vector<UriCredential> found_;
};

}  // namespace

std::vector<UriCredential> CredentialsIn(const Uri& uri) {
  std::vector<UriCredential> found = Finder(uri).Find();
  if (!HasDefault(uri.whole)) return found;
  // The URI is also what the defaults of its variables make of it, which may be more than a
  // password: https://${REPOSITORY:-user:s3cr3t@host}/simple.
  const std::optional<Uri> filled = ParseUri(WithDefaults(uri.whole));
  if (!filled) return found;
  std::vector<UriCredential> all = Finder(*filled).Find();
  std::erase_if(all, [](const UriCredential& c) { return c.kind != SecretKind::kLiteral; });
  for (UriCredential& credential : found) {
    const bool known = std::any_of(all.begin(), all.end(), [&credential](const UriCredential& c) {
      return c.place == credential.place && c.detail == credential.detail;
    });
    if (!known) all.push_back(std::move(credential));
  }
  return all;
}

}  // namespace oakum
