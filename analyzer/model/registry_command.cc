#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/command_option.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/registry.h"
#include "analyzer/model/written_text.h"
#include "analyzer/syntax/json.h"

namespace oakum {

namespace {

// The file that `$(cat P)` or `$(<P)` reads; empty for anything else.
std::string FileInSubstitution(const Value& value) {
  const Hole* hole = value.OnlyHole();
  if (!hole || hole->origin != HoleOrigin::kCommand) return "";
  std::string_view text = hole->name;
  if (text.starts_with("$(") && text.ends_with(")")) text = text.substr(2, text.size() - 3);
  const std::string_view reader = text.starts_with("cat ") ? "cat " : "<";
  if (!text.starts_with(reader)) return "";
  text.remove_prefix(reader.size());
  const size_t begin = text.find_first_not_of(" \"'");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \"'") + 1 - begin));
}

// The text of a variable that the same script sets: a literal, or what `$(cat <<EOF ...)` yields.
std::optional<Value> TextOfVariable(const Value& value, const Facts& facts) {
  const Hole* hole = value.OnlyHole();
  if (!hole || hole->origin != HoleOrigin::kEnvironment) return std::nullopt;
  for (auto setting = facts.settings.rbegin(); setting != facts.settings.rend(); ++setting) {
    if (setting->name != hole->name) continue;
    if (setting->value.OnlyHole() == nullptr) return setting->value;
    for (const Command& command : facts.commands) {
      if (command.captured && setting->span.Contains(command.span)) return PrintedText(command);
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// `aws secretsmanager create-secret --name N --secret-string S`, put-secret-value and
// update-secret.
void FromAws(const Command& command, Facts& facts) {
  if (!HasWord(command, "secretsmanager")) return;
  std::optional<Value> text = OptionOf(command, "--secret-string");
  if (!text) return;
  if (std::optional<Value> set = TextOfVariable(*text, facts)) text = std::move(set);
  std::string name = LiteralOf(OptionOf(command, "--name"));
  if (name.empty()) name = LiteralOf(OptionOf(command, "--secret-id"));
  std::string file = FileInSubstitution(*text);
  if (text->text().starts_with("file://")) file = text->Slice(7).Describe();
  if (!file.empty()) {
    facts.registry_secret_uploads.push_back({std::move(name), std::move(file), true, command.span});
    return;
  }
  LowerRegistrySecret(ParseJson(*text).tree, std::move(name), "", facts);
}

// `gcloud secrets create N --data-file=P` and `gcloud secrets versions add N --data-file=P`; P may
// be
// `-`.
void FromGcloud(const Command& command, Facts& facts) {
  const std::optional<Value> file = OptionOf(command, "--data-file");
  if (!file || !HasWord(command, "secrets")) return;
  std::string name;
  for (size_t i = 2; i < command.argv.size(); ++i) {
    const std::string_view before = command.argv[i - 1].text();
    if (before != "create" && before != "add") continue;
    if (!command.argv[i].text().starts_with('-')) name = LiteralOf(command.argv[i]);
  }
  if (file->text() != "-") {
    facts.registry_secret_uploads.push_back(
        {std::move(name), file->Describe(), false, command.span});
  } else if (command.stdin_from >= 0) {
    const std::optional<Value> text =
        PrintedText(facts.commands[static_cast<size_t>(command.stdin_from)]);
    if (text) LowerRegistrySecret(ParseJson(*text).tree, std::move(name), "", facts);
  }
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
