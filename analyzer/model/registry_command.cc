#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/command_option.h"
#include "analyzer/model/command_text.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/registry.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

// A login that is stored under `name`: its text, or the file it stands in. `name` has its holes as
// ${x}.
void Store(const TextOrigin& origin, std::string name, bool aws, Span span, Facts& facts) {
  if (origin.text) {
    if (name.find("${") != std::string::npos) name.clear();
    LowerRegistrySecret(ParseJson(*origin.text).tree, std::move(name), "", facts);
  } else if (!origin.file.empty()) {
    facts.registry_secret_uploads.push_back({std::move(name), origin.file, aws, span});
  }
}

// What `@P` and `file://P` name, P being a path that may stand for the command's input.
TextOrigin FromPath(const Value& path, const Command& command, const Facts& facts) {
  const bool input = path.text() == "-" || path.text() == "/dev/stdin";
  return input ? InputOf(command, facts) : TextOrigin{std::nullopt, path.Describe()};
}

// `aws secretsmanager create-secret --name N --secret-string S`, put-secret-value and
// update-secret.
void FromAws(const Command& command, Facts& facts) {
  if (!HasWord(command, "secretsmanager")) return;
  const std::optional<Value> text = OptionOf(command, "--secret-string");
  if (!text) return;
  std::optional<Value> id = OptionOf(command, "--name");
  if (!id) id = OptionOf(command, "--secret-id");
  std::string name = id ? id->Describe() : std::string();
  constexpr std::string_view kScheme = "file://";
  const bool path = text->text().starts_with(kScheme);
  Store(path ? FromPath(text->Slice(kScheme.size()), command, facts) : OriginOf(*text, facts),
        std::move(name), true, command.span, facts);
}

// `gcloud secrets create N --data-file=P` and `gcloud secrets versions add N --data-file=P`; P may
// be `-`.
void FromGcloud(const Command& command, Facts& facts) {
  const std::optional<Value> file = OptionOf(command, "--data-file");
  if (!file || !HasWord(command, "secrets")) return;
  std::string name;
  for (size_t i = 2; i < command.argv.size(); ++i) {
    const std::string_view before = command.argv[i - 1].text();
    if (before != "create" && before != "add") continue;
    if (!command.argv[i].text().starts_with('-')) name = LiteralOf(command.argv[i]);
  }
  Store(FromPath(*file, command, facts), std::move(name), false, command.span, facts);
}

void FromAnyscale(const Command& command, Facts& facts) {
  RegistryImage use;
  use.setting = "--image-uri";
  use.span = command.span;
  if (const std::optional<Value> image = OptionOf(command, "--image-uri")) use.image = *image;
  if (const std::optional<Value> login = OptionOf(command, "--registry-login-secret")) {
    use.login_secret = *login;
    use.login_span = login->ToSource();
    if (login->text().starts_with('{')) ReadInlineLogin(ParseJson(*login).tree, use);
  }
  if (const std::optional<Value> file = OptionOf(command, "--containerfile")) {
    use.containerfile = file->ToSource();
  }
  // The rest of the config may stand in a file.
  use.partial = HasWord(command, "-f") || OptionOf(command, "--config-file").has_value();
  if (!use.image.empty() || !use.login_secret.empty()) {
    facts.registry_images.push_back(std::move(use));
  }
}

bool MayBeSecret(const Value& text) {
  return text.text().find("passw") != std::string_view::npos ||
         text.text().find("\"server\"") != std::string_view::npos;
}

}  // namespace

void LowerRegistryJson(const Source& source, Facts& facts) {
  constexpr size_t kLongest = 4096;  // no login is longer
  const Value body(source.body());
  if (body.text().find("\"registry_login_secret\"") != std::string_view::npos) {
    LowerAnyscale(ParseJson(body).tree, facts);
  }
  if (body.size() <= kLongest && MayBeSecret(body)) {
    LowerRegistrySecret(ParseJson(body).tree, "", "", facts);
  }
}

void CollectRegistryCommands(Facts& facts) {
  for (const Command& command : facts.commands) {
    if (command.Program() == "aws") FromAws(command, facts);
    if (command.Program() == "gcloud") FromGcloud(command, facts);
    if (command.Program() == "anyscale") FromAnyscale(command, facts);
    for (const FileWrite& write : WritesOf(command, facts.commands)) {
      if (!MayBeSecret(write.text)) continue;
      LowerRegistrySecret(ParseJson(write.text).tree, "", write.path.Describe(), facts);
    }
  }
}

}  // namespace oakum
