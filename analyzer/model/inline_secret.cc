#include "analyzer/model/inline_secret.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/encoding.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/installers.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

constexpr auto npos = std::string_view::npos;

// The options that make a login read its secret from its input.
constexpr std::array<std::string_view, 5> kInputOptions = {
    "--password-stdin", "--with-token", "--token-stdin", "--pass-stdin", "--data-file=-"};

// Headers whose names say nothing to the word lists.
constexpr std::array<std::string_view, 4> kSecretHeaders = {"authorization", "proxy-authorization",
                                                            "x-jfrog-art-api", "x-sonatype-nexus"};

bool IsPath(std::string_view text) {
  return text.starts_with('/') || text.starts_with("./") || text.starts_with("../") ||
         text.starts_with("~/") || text.starts_with('@') || text.starts_with("file:") ||
         text.starts_with("fileb:") || text.ends_with(".pem");
}

bool HasSecretHole(const Value& value) {
  return std::any_of(
      value.holes().begin(), value.holes().end(), [](const Value::PlacedHole& placed) {
        return placed.hole.origin == HoleOrigin::kCiSecret || NamesSecret(placed.hole.name);
      });
}

// The password of user:password; the user of `token:`, as many services have it.
Value SecretOfPair(const Value& value) {
  const size_t colon = value.text().find(':');
  if (colon == npos) {
    // All of it may come from one variable.
    const Hole* hole = value.OnlyHole();
    return hole && HasSecretHole(value) ? value : Value();
  }
  const uint32_t at = static_cast<uint32_t>(colon);
  const Value user = value.Slice({0, at});
  const Value password = value.Slice(at + 1);
  if (!password.empty() && password.text() != "x-oauth-basic") return password;
  if (HasSecretHole(user) || (user.is_literal() && LooksLikeToken(user.text()))) return user;
  return Value();
}

// Of a JSON text, the first value whose key says that it is one.
Value SecretOfJson(const Value& json) {
  const DataTree tree = ParseJson(json).tree;
  for (DataTree::Id id = 0; id < tree.size(); ++id) {
    const DataTree::Node& node = tree[id];
    if (node.kind != DataKind::kText || !node.key.is_literal() || !NamesSecret(node.key.text())) {
      continue;
    }
    const SecretKind kind = ClassifySecret(node.value);
    if (kind == SecretKind::kLiteral || kind == SecretKind::kInterpolated) return node.value;
  }
  return Value();
}

class Reader {
 public:
  Reader(const Command& command, const std::vector<Command>& all) : command_(command), all_(all) {}

  std::vector<InlineSecret> Read() {
    const std::optional<ToolUse> use = ReadToolUse(command_);
    if (use && IsGitApproval()) {
      use_ = &*use;
      GitApproval();
      return std::move(found_);
    }
    if (!use || use->tool == "git") return {};
    use_ = &*use;
    for (size_t i = 0; i < use->arguments.size(); ++i) Argument(i);
    Input();
    return std::move(found_);
  }

 private:
  bool HasWord(std::string_view word) const {
    return std::any_of(command_.argv.begin(), command_.argv.end(),
                       [word](const Value& argument) { return argument.text() == word; });
  }

  // As the user knows it: `podman login` is read by docker's rows, `yarn config` by npm's.
  std::string Name() const {
    const std::string_view program = command_.Program();
    const bool own = (use_->tool == "docker" && !program.empty()) || program == "yarn";
    return std::string(own ? program : use_->tool);
  }

  void Argument(size_t i) {
    const ToolArgument& argument = use_->arguments[i];
    switch (argument.kind) {
      case ArgumentKind::kSecret:
        return Plain(i);
      case ArgumentKind::kUserPassword:
        if (!IsLocalDefault(argument.value)) Add(argument, SecretOfPair(argument.value));
        return;
      case ArgumentKind::kHeader:
        return Header(argument);
      case ArgumentKind::kAssignment:
        return Pair(argument);
      default:
        return;
    }
  }

  void Plain(size_t i) {
    const ToolArgument& argument = use_->arguments[i];
    const Value& value = argument.value;
    if (IsPath(value.text())) return;
    // `poetry config http-basic.NAME USER PASSWORD`
    const bool first_of_two = i + 1 < use_->arguments.size() && !argument.option.empty() &&
                              use_->arguments[i + 1].option == argument.option;
    if (argument.option.starts_with("http-basic") && !PreviousHas(i, argument.option)) return;
    if (first_of_two && use_->tool == "Poetry") return;
    if (argument.option == "--value" && use_->tool == "AWS CLI" && !HasWord("SecureString")) return;
    const bool by_variable = argument.option == "--redis-password" ||  // a pod's own variable
                             argument.option == "--docker-password";   // of create secret
    if (by_variable && !value.is_literal()) return;
    if (value.text().starts_with('{')) return AddInJson(argument, SecretOfJson(value));
    Add(argument, value);
  }

  // `curl -u admin:admin http://localhost:3000`
  bool IsLocalDefault(const Value& pair) const {
    const size_t colon = pair.text().find(':');
    if (!pair.is_literal() || colon == npos) return false;
    if (pair.text().substr(0, colon) != pair.text().substr(colon + 1)) return false;
    return std::any_of(use_->arguments.begin(), use_->arguments.end(), [](const ToolArgument& a) {
      const std::optional<Uri> uri = ParseUri(a.value);
      return uri && uri->HasLocalHost();
    });
  }

  bool PreviousHas(size_t i, std::string_view option) const {
    return i > 0 && use_->arguments[i - 1].option == option;
  }

  void Header(const ToolArgument& argument) {
    const Value& value = argument.value;
    if (value.text().starts_with('{')) return Json(argument);
    const size_t colon = std::min(value.text().find(':'), value.text().size());
    Add(argument, SecretOfHeader(value), value.text().substr(0, colon), true);
  }

  // Headers as `ray job submit --headers` takes them.
  void Json(const ToolArgument& argument) {
    const DataTree tree = ParseJson(argument.value).tree;
    for (DataTree::Id id = 0; id < tree.size(); ++id) {
      const DataTree::Node& node = tree[id];
      if (node.kind != DataKind::kText || !node.key.is_literal() || node.key.empty()) continue;
      AddInJson(argument, SecretOfHeader(node.key.text(), node.value), node.key.text(), true);
    }
  }

  // The member of a JSON text is what one would change, not the text.
  void AddInJson(const ToolArgument& argument, const Value& secret, std::string_view name = {},
                 bool header = false) {
    const size_t before = found_.size();
    Add(argument, secret, name, header);
    const Span own = secret.ToSource();
    if (found_.size() > before && command_.span.Contains(own)) found_.back().argument = own;
  }

  // `--from-literal=password=X` of kubectl, and `-e NAME=X` of the containers that Ray starts. Of
  // other containers only what no other text can be: they are often a test's own.
  void Pair(const ToolArgument& argument) {
    const size_t equals = argument.value.text().find('=');
    if (equals == npos || argument.option == "--build-arg") return;
    const std::string_view name = argument.value.text().substr(0, equals);
    const Value value = argument.value.Slice(static_cast<uint32_t>(equals) + 1);
    const bool kubectl = argument.option == "--from-literal";
    const bool heroku = use_->tool == "heroku";
    const bool ray = command_.host == CommandHost::kCluster && !kubectl;
    if (!value.is_literal()) {
      if (ray && NamesSecret(name)) Add(argument, value, name);
      return;
    }
    if (IsPath(value.text())) return;
    const NamedSecret verdict = JudgeNamedSecret(name, value.text());
    const bool secret = ray || heroku ? verdict == NamedSecret::kSecret
                        : kubectl
                            ? verdict != NamedSecret::kHarmless || LooksLikeToken(value.text())
                            : NamesSecret(name) && LooksLikeToken(value.text());
    if (secret) Add(argument, value, name);
  }

  // `git credential approve` reads NAME=VALUE lines and hands them to the helper, which keeps them.
  bool IsGitApproval() const {
    return command_.Program() == "git" && HasWord("credential") &&
           (HasWord("approve") || HasWord("store"));
  }

  void GitApproval() {
    static constexpr std::string_view kKey = "password=";
    const auto read = [this](const Value& text, Span place) {
      const size_t at = text.text().find(kKey);
      if (at == npos || (at > 0 && text.text()[at - 1] != '\n')) return;
      const size_t begin = at + kKey.size();
      const size_t end = std::min(text.text().find('\n', begin), text.text().size());
      AddInput(text.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}).Trimmed(),
               place);
    };
    ForEachInput(read);
  }

  // A literal that is printed into a login.
  void Input() {
    const bool reads = std::any_of(kInputOptions.begin(), kInputOptions.end(),
                                   [this](std::string_view word) { return HasWord(word); });
    if (reads) ForEachInput([this](const Value& text, Span at) { AddInput(text.Trimmed(), at); });
  }

  // The text of the command's standard input and its place, if that stands in the script.
  template <typename Function>
  void ForEachInput(const Function& function) const {
    if (command_.stdin_from >= 0) {
      const Command& writer = all_[static_cast<size_t>(command_.stdin_from)];
      if (std::optional<Value> text = PrintedText(writer)) return function(*text, writer.span);
    }
    for (const Redirection& redirection : command_.redirections) {
      if (redirection.kind == Redirection::Kind::kHereString ||
          redirection.kind == Redirection::Kind::kHeredoc) {
        function(redirection.target, redirection.span);
      }
    }
  }

  void AddInput(Value secret, Span place) {
    if (!secret.is_literal() || ClassifySecret(secret) != SecretKind::kLiteral) return;
    const Span own = secret.ToSource();
    InlineSecret found;
    found.tool = Name();
    found.secret = std::move(secret);
    found.argument = place.Contains(own) ? own : place;
    found.keeps = use_->writes;
    found.piped = true;
    found_.push_back(std::move(found));
  }

  void Add(const ToolArgument& argument, Value secret, std::string_view name = {},
           bool header = false) {
    if (secret.empty()) return;
    InlineSecret found;
    found.kind = ClassifySecret(secret);
    if (found.kind != SecretKind::kLiteral && found.kind != SecretKind::kInterpolated) return;
    // `Bearer abcd`, `Bearer EMPTY`: what a server that asks for nothing is sent.
    constexpr size_t kShortestToken = 8;
    if (header && found.kind == SecretKind::kLiteral && secret.size() < kShortestToken) return;
    found.tool = Name();
    found.option = argument.option;
    found.name = name;
    found.secret = std::move(secret);
    found.argument = PlaceOf(argument);
    found.keeps = use_->writes;
    found.header = header;
    found_.push_back(std::move(found));
  }

  Span PlaceOf(const ToolArgument& argument) const {
    const Value& whole = argument.glued ? command_.argv[argument.at] : argument.value;
    const Span span = whole.ToSource();
    if (command_.span.Contains(span)) return span;
    return argument.at < command_.argument_spans.size() ? command_.argument_spans[argument.at]
                                                        : span;
  }

  const Command& command_;
  const std::vector<Command>& all_;
  const ToolUse* use_ = nullptr;
  std::vector<InlineSecret> found_;
};

// "Basic dXNlcjpwYXNzd29yZA==": what it encodes is a placeholder.
bool EncodesPlaceholder(std::string_view text) {
  const std::optional<std::string> pair = Base64Decode(text);
  if (!pair) return false;
  const size_t colon = pair->find(':');
  return colon != npos && IsPlaceholder(std::string_view(*pair).substr(colon + 1));
}

}  // namespace

Value SecretOfHeader(std::string_view name, const Value& value) {
  const std::string lower = ToLower(name);
  const bool known =
      std::find(kSecretHeaders.begin(), kSecretHeaders.end(), lower) != kSecretHeaders.end();
  if (!known && !NamesSecret(lower)) return Value();
  // What a cloud's metadata service hands out is good on this machine alone, for minutes.
  if (lower.find("metadata-token") != npos) return Value();
  const Value text = value.Trimmed();
  // Without the scheme: Bearer, Basic, token.
  const size_t blank = text.text().find(' ');
  const bool scheme =
      blank != npos && blank > 0 &&
      std::all_of(text.text().begin(), text.text().begin() + static_cast<std::ptrdiff_t>(blank),
                  [](char c) { return IsAlnum(c) || c == '-' || c == '_'; });
  if (!scheme) return text;
  Value secret = text.Slice(static_cast<uint32_t>(blank) + 1).Trimmed();
  if (secret.is_literal() && EncodesPlaceholder(secret.text())) return Value();
  return secret;
}

Value SecretOfHeader(const Value& line) {
  const size_t colon = line.text().find(':');
  if (colon == npos || line.text().starts_with('@')) return Value();
  return SecretOfHeader(line.text().substr(0, colon), line.Slice(static_cast<uint32_t>(colon) + 1));
}

std::vector<InlineSecret> InlineSecretsOf(const Command& command, const std::vector<Command>& all) {
  return Reader(command, all).Read();
}

std::vector<InlineSecret> HeadersOf(const Setting& setting) {
  std::vector<InlineSecret> found;
  if (setting.name != "RAY_JOB_HEADERS") return found;
  const DataTree tree = ParseJson(setting.value).tree;
  for (DataTree::Id id = 0; id < tree.size(); ++id) {
    const DataTree::Node& node = tree[id];
    if (node.kind != DataKind::kText || !node.key.is_literal() || node.key.empty()) continue;
    InlineSecret header;
    header.secret = SecretOfHeader(node.key.text(), node.value);
    if (ClassifySecret(header.secret) != SecretKind::kLiteral) continue;
    header.tool = "Ray";
    header.option = setting.name;
    header.name = node.key.text();
    header.argument = header.secret.ToSource();
    header.header = true;
    found.push_back(std::move(header));
  }
  return found;
}

}  // namespace oakum
