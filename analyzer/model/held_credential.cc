#include "analyzer/model/held_credential.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <re2/re2.h>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/credential/classify.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/credential/token.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/syntax/base64.h"
#include "analyzer/syntax/json.h"
#include "analyzer/syntax/netrc.h"

namespace oakum {

namespace {

using Kind = HeldCredential::Kind;

constexpr size_t kMaxText = 256 << 10;  // of a value that is read for more than tokens

// An INI file begins with a section in brackets, JSON does not.
bool IsJson(std::string_view text) {
  static const RE2 kJson(R"((?s)\s*(?:\{|\[\s*[\[{"]).*)");
  return RE2::FullMatch({text.data(), text.size()}, kJson);
}

bool IsKeyId(std::string_view text) {
  const std::vector<TokenMatch> tokens = FindTokens(text);
  return tokens.size() == 1 && tokens[0].family.ends_with("access key ID");
}

// A program's text says `password` in every other line and means a variable.
bool IsProgram(std::string_view name, std::string_view text) {
  if (text.starts_with("#!")) return true;
  constexpr std::string_view kEndings[] = {".sh",  ".bash", ".py", ".lua", ".rb",
                                           ".js",  ".ts",   ".go", ".ps1", ".pl",
                                           ".sql", ".md",   ".j2", ".tpl", ".tmpl"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [name](std::string_view ending) { return name.ends_with(ending); });
}

bool LooksLikeNetrc(std::string_view text) {
  static const RE2 kNetrc(R"((?s)\s*(?:machine\s+\S+|default)\s+(?:login|password|account)\s.*)");
  return RE2::FullMatch({text.data(), text.size()}, kNetrc);
}

class FileReader {
 public:
  FileReader(std::string_view name, const Value& text, bool for_secrets)
      : name_(BaseName(name)), key_(name), text_(text), for_secrets_(for_secrets) {}

  std::vector<HeldCredential> Read();

 private:
  // Takes the text [begin, end) unless an earlier find covers it.
  void Add(Kind kind, std::string detail, Span range);
  void Add(Kind kind, std::string detail, const Value& secret);
  // Takes the value of an option or key called `name` if it is a secret.
  void AddNamed(std::string_view name, std::string detail, const Value& value);

  bool OpensPlaceholder(const Value& password) const;
  bool AddNetrc();
  bool AddRegistryLogins();
  void AddRegistryLogin(const DataTree& tree, DataTree::Id entry);
  void AddWhole();
  void AddPrivateKeys();
  void AddUris();
  void AddJsonMembers();
  void AddLines();
  void AddLine(Span line);
  void AddTokens();

  const std::string_view name_;
  const std::string_view key_;
  const Value& text_;
  const bool for_secrets_;
  std::vector<Span> taken_;  // source
  std::vector<HeldCredential> found_;
};

void FileReader::Add(Kind kind, std::string detail, const Value& secret) {
  const Span span = secret.ToSource();
  for (const Span& taken : taken_) {
    if (taken.Overlaps(span)) return;
  }
  taken_.push_back(span);
  HeldCredential credential;
  credential.kind = kind;
  credential.detail = std::move(detail);
  credential.key = key_;
  credential.span = span;
  found_.push_back(std::move(credential));
}

void FileReader::Add(Kind kind, std::string detail, Span range) {
  Add(kind, std::move(detail), text_.Slice(range));
}

void FileReader::AddNamed(std::string_view name, std::string detail, const Value& value) {
  const PlainSecret worth = JudgePlainSecret(name, value);
  if (worth == PlainSecret::kNone) return;
  const size_t before = found_.size();
  Add(Kind::kPassword, std::move(detail), value.Trimmed());
  if (found_.size() > before) found_.back().well_known = worth == PlainSecret::kWellKnown;
}

// "<from the vault>" is several tokens to a netrc's reader, and a placeholder to its author.
bool FileReader::OpensPlaceholder(const Value& password) const {
  if (!password.text().starts_with('<')) return false;
  const std::string_view text = text_.text();
  const size_t begin = text.find(password.text());
  const std::string_view rest = begin == text.npos ? "" : text.substr(begin);
  return rest.substr(0, rest.find_first_of("\r\n")).find('>') != std::string_view::npos;
}

bool FileReader::AddNetrc() {
  const std::optional<CredentialFile> file = CredentialFileAt(name_);
  const bool named = file && file->kind == CredentialFileKind::kNetrc;
  if (!named && !LooksLikeNetrc(text_.text())) return false;
  for (const NetrcEntry& entry : ParseNetrc(text_).entries) {
    if (!entry.password || ClassifySecret(entry.password->value) != SecretKind::kLiteral) continue;
    if (OpensPlaceholder(entry.password->value)) continue;
    const std::string_view login = entry.login ? entry.login->value.text() : "";
    if (login == "anonymous" || login == "ftp") continue;
    Add(Kind::kNetrc, entry.is_default ? "default" : entry.machine.value.Describe(),
        entry.password->value);
  }
  return true;
}

// One entry of `auths`: the password, or the base64 of user and password.
void FileReader::AddRegistryLogin(const DataTree& tree, DataTree::Id entry) {
  const std::string registry = tree[entry].key.Describe();
  for (const std::string_view key : {"password", "identitytoken", "registrytoken"}) {
    const DataTree::Id id = tree.Find(entry, key);
    if (!tree.Is(id, DataKind::kText)) continue;
    if (ClassifySecret(tree[id].value) == SecretKind::kLiteral) {
      return Add(Kind::kRegistryLogin, registry, tree[id].value);
    }
  }
  const DataTree::Id auth = tree.Find(entry, "auth");
  if (!tree.Is(auth, DataKind::kText) || !tree[auth].value.is_literal()) return;
  const std::optional<std::string> login = Base64Decode(tree[auth].value.text());
  const size_t colon = login ? login->find(':') : std::string::npos;
  if (colon == std::string::npos || IsPlaceholder(std::string_view(*login).substr(colon + 1))) {
    return;
  }
  Add(Kind::kRegistryLogin, registry, tree[auth].value);
}

bool FileReader::AddRegistryLogins() {
  const std::string_view text = text_.text();
  const bool config = text.find("\"auths\"") != text.npos;
  if (!config && !name_.ends_with("dockercfg")) return false;
  const DataTree tree = ParseJson(text_).tree;
  const DataTree::Id holder = config ? tree.Find(tree.root(), "auths") : tree.root();
  for (const DataTree::Id entry : tree.Children(holder)) AddRegistryLogin(tree, entry);
  return true;
}

// A value of one line under a telling key.
void FileReader::AddWhole() {
  const Value text = text_.Trimmed();
  if (text.empty() || text.text().find('\n') != std::string_view::npos) return;
  const bool random = for_secrets_ && text.is_literal() && LooksLikeToken(text.text()) &&
                      !IsKeyId(text.text()) && HintOf(name_) != NameHint::kSecretFile &&
                      !IsSecretReference(text.text());
  if (random) Add(Kind::kPassword, "", text);
  AddNamed(name_, "", text);
}

void FileReader::AddPrivateKeys() {
  // Escapes stand in for line breaks in JSON.
  static const RE2 kKey(R"((-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----)(?:\s|\\[nr])*)"
                        R"((?:[A-Za-z-]+: .*\s+)*[A-Za-z0-9+/=]{32})");
  const std::string_view text = text_.text();
  re2::StringPiece rest(text.data(), text.size()), header;
  while (RE2::FindAndConsume(&rest, kKey, &header)) {
    const auto begin = static_cast<uint32_t>(header.data() - text.data());
    Add(Kind::kPrivateKey, "", {begin, begin + static_cast<uint32_t>(header.size())});
  }
}

void FileReader::AddUris() {
  for (const Uri& uri : FindUris(text_)) {
    for (const UriCredential& credential : CredentialsIn(uri)) {
      if (credential.kind != SecretKind::kLiteral || credential.expires) continue;
      Add(Kind::kUri, uri.LiteralHost(), credential.secret);
    }
  }
}

void FileReader::AddJsonMembers() {
  const DataTree tree = ParseJson(text_).tree;
  for (DataTree::Id id = 0; id < tree.size(); ++id) {
    const DataTree::Node& node = tree[id];
    if (node.kind != DataKind::kText || !node.key.is_literal()) continue;
    AddNamed(node.key.text(), std::string(node.key.text()), node.value);
  }
}

// `key: value`, `key = value`, `"key": "value",`, and the directives of redis.conf, which have a
// blank in between.
void FileReader::AddLine(Span line) {
  static const RE2 kPair(
      R"([ \t]*(?:- +)?(?:export +)?["']?([A-Za-z_][\w.\-]*)["']?[ \t]*[:=][ \t]*(\S.*?)[ \t\r]*)");
  static const RE2 kRedis(
      R"([ \t]*(requirepass|masterauth|(?:sentinel auth-pass \S+))[ \t]+(\S+)[ \t\r]*)");
  static const RE2 kElement(R"([ \t]*<([A-Za-z][\w.\-]*)>([^<]+)</.*)");
  const std::string_view text = text_.text().substr(line.begin, line.size());
  re2::StringPiece key, found;
  const re2::StringPiece piece(text.data(), text.size());
  const bool redis = RE2::FullMatch(piece, kRedis, &key, &found);
  if (!redis && !RE2::FullMatch(piece, kPair, &key, &found) &&
      !RE2::FullMatch(piece, kElement, &key, &found)) {
    return;
  }
  std::string_view value(found.data(), found.size());
  if (value.ends_with(',') || value.ends_with(';')) value.remove_suffix(1);
  if (!value.empty() && (value[0] == '"' || value[0] == '\'')) {
    const size_t close = value.find(value[0], 1);
    value = value.substr(1, close == value.npos ? value.npos : close - 1);
  } else {
    value = value.substr(0, value.find(" #"));
    if (value.empty() || std::string_view("$%&*|>[{(!<").find(value[0]) != value.npos) return;
  }
  const auto begin = static_cast<uint32_t>(value.data() - text_.text().data());
  const Value secret = text_.Slice({begin, begin + static_cast<uint32_t>(value.size())});
  const std::string name(key.data(), key.size());
  AddNamed(redis ? "password" : name, name, secret);
}

void FileReader::AddLines() {
  const std::string_view text = text_.text();
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    AddLine({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    begin = end + 1;
  }
}

void FileReader::AddTokens() {
  for (const TokenMatch& token : FindTokens(text_.text())) {
    if (token.family.ends_with("access key ID")) continue;  // the secret half is what counts
    Add(Kind::kToken, std::string(token.family), token.range);
  }
}

std::vector<HeldCredential> FileReader::Read() {
  const Value trimmed = text_.Trimmed();
  if (trimmed.empty() || trimmed.text().starts_with("ENC[")) return {};
  if (text_.size() <= kMaxText && !AddNetrc() && !AddRegistryLogins()) {
    AddUris();
    AddPrivateKeys();
    const bool json = IsJson(trimmed.text());
    const bool program = IsProgram(name_, text_.text());
    if (json) AddJsonMembers();
    if (!program) AddWhole();
    if (!json && !program) AddLines();
  }
  AddTokens();
  return std::move(found_);
}

}  // namespace

std::vector<HeldCredential> CredentialsInFile(std::string_view name, const Value& text,
                                              bool for_secrets) {
  return FileReader(name, text, for_secrets).Read();
}

std::vector<HeldCredential> CredentialsInBase64(std::string_view name, const Value& text, Span span,
                                                bool for_secrets) {
  if (!text.is_literal()) return {};  // `{{ .Values.x | b64enc }}`
  const std::optional<Value> decoded = DecodeBase64(text);
  std::vector<HeldCredential> found =
      CredentialsInFile(name, decoded ? *decoded : text, for_secrets);
  if (decoded) {
    for (HeldCredential& credential : found) {
      credential.encoded = true;
      credential.span = span;
    }
    // What an editor could underline is the same text for all of them.
    if (found.size() > 1) found.erase(found.begin() + 1, found.end());
  }
  return found;
}

}  // namespace oakum
