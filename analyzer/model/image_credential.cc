#include "analyzer/model/image_credential.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "analyzer/credential/classify.h"
#include "analyzer/credential/name_hint.h"
#include "analyzer/model/credential_content.h"

namespace oakum {
namespace {

// Kinds that are nothing but their credential: a variable in one is it.
bool IsAllCredential(CredentialFileKind kind) {
  switch (kind) {
    case CredentialFileKind::kDockerConfig:
    case CredentialFileKind::kKubeconfig:
      return true;
    default:
      return false;
  }
}

class Judge {
 public:
  explicit Judge(const ImageBuild& image) : image_(image) {}

  std::optional<WrittenCredential> Of(uint32_t creation) const {
    const FileEvent& event = image_.events[creation];
    WrittenCredential found{creation, CredentialFileAt(event.path), true, {}};
    if (!event.tool.empty()) return OfTool(event, std::move(found));
    // A secret variable is written as any other text is; a file elsewhere is the mount's copy.
    if (event.origin == FileOrigin::kSecretEnv) {
      if (!found.file || IsCopyOfLayer(creation)) return std::nullopt;
      return found;
    }
    if (event.origin == FileOrigin::kSecretMount || event.origin == FileOrigin::kStage ||
        IsCopyOfLayer(creation)) {
      return std::nullopt;
    }
    // A bind mount: the file itself is in no layer, its copy is.
    if (event.origin == FileOrigin::kContext) {
      if (!found.file || !found.file->certain) return std::nullopt;
      return found;
    }
    return OfText(event, image_.TextOf(creation), std::move(found));
  }

 private:
  std::optional<WrittenCredential> OfTool(const FileEvent& event, WrittenCredential found) const {
    const bool given = event.origin == FileOrigin::kSecretMount ||
                       event.origin == FileOrigin::kSecretEnv ||
                       event.origin == FileOrigin::kContext;
    if (event.in_uri) {
      if (!given) return std::nullopt;
    } else if (event.origin == FileOrigin::kUnknown) {
      found.certain = false;
    } else if (event.origin == FileOrigin::kLiteral) {
      if (ClassifySecret(event.content) != SecretKind::kLiteral) return std::nullopt;
      found.secrets.push_back(event.content);
    }
    return found;
  }

  std::optional<WrittenCredential> OfText(const FileEvent& event, const Value& text,
                                          WrittenCredential found) const {
    const bool argument = event.origin == FileOrigin::kBuildArg;
    if (!found.file) return std::nullopt;
    found.secrets = CredentialsOf(found.file->kind, text);
    if (!found.secrets.empty()) {
      found.certain = argument || std::any_of(found.secrets.begin(), found.secrets.end(),
                                              [](const Value& v) { return IsTold(v); });
      return found;
    }
    // The whole of it is filled in.
    if (text.Trimmed().OnlyHole() == nullptr) return std::nullopt;
    if (argument) {
      const bool telling = found.file->certain || IsAllCredential(found.file->kind) ||
                           HintOf(event.source) == NameHint::kSecret;
      if (!telling) return std::nullopt;
      return found;
    }
    if (!found.file->certain) return std::nullopt;
    found.certain = false;
    return found;
  }

  // Literal text, or an ARG: not a variable that nothing in the file sets.
  static bool IsTold(const Value& secret) {
    return secret.is_literal() || secret.HasHole(HoleOrigin::kBuildArg) ||
           ClassifySecret(secret) == SecretKind::kLiteral;
  }

  // The bytes are those of a file that an earlier instruction put into a layer.
  bool IsCopyOfLayer(uint32_t creation) const {
    const uint32_t origin = image_.Origin(creation);
    return origin != creation && image_.events[origin].in_layer &&
           image_.events[origin].instruction != image_.events[creation].instruction;
  }

  const ImageBuild& image_;
};

}  // namespace

std::vector<WrittenCredential> WrittenCredentials(const ImageBuild& image) {
  std::vector<WrittenCredential> all;
  const Judge judge(image);
  std::set<std::pair<uint32_t, std::string>> seen;  // files that several commands add to
  for (uint32_t i = 0; i < image.events.size(); ++i) {
    const FileEvent& event = image.events[i];
    if (event.action != FileAction::kCreate || !event.in_run || !event.in_layer) continue;
    if (seen.contains({event.instruction, event.path})) continue;
    std::optional<WrittenCredential> found = judge.Of(i);
    if (!found) continue;
    seen.emplace(event.instruction, event.path);
    all.push_back(*std::move(found));
  }
  return all;
}

bool WritesKeptCredential(const ImageBuild& image, Span command) {
  const Judge judge(image);
  for (uint32_t i = 0; i < image.events.size(); ++i) {
    const FileEvent& event = image.events[i];
    if (event.action != FileAction::kCreate || !event.script.empty()) continue;
    if (!event.in_run) {
      const bool heredoc = event.origin == FileOrigin::kHeredoc;
      if (heredoc && event.content.ToSource().Contains(command) && judge.Of(i)) return true;
      continue;
    }
    const bool here = event.span.Contains(command) || command.Contains(event.span);
    const bool mounted =
        event.origin == FileOrigin::kSecretMount || event.origin == FileOrigin::kSecretEnv;
    if (here && mounted && !event.tool.empty()) return true;
    if (!event.in_layer) continue;
    // A here-document stands apart from its command.
    if (!here && !event.content.ToSource().Contains(command)) continue;
    const std::optional<WrittenCredential> found = judge.Of(i);
    const bool holds = found && std::any_of(found->secrets.begin(), found->secrets.end(),
                                            [&](const Value& secret) {
                                              return command.Contains(secret.ToSource());
                                            });
    if (found && (here || holds)) return true;
  }
  return false;
}

}  // namespace oakum
