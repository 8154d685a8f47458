// OAK403: registry_login_secret that names no secret Anyscale can resolve, or that has no effect.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/uri.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/registry_link.h"
#include "analyzer/engine/rule.h"

namespace oakum {

namespace {

constexpr std::string_view kShape = "arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX";

struct Words {
  Severity severity = Severity::kWarning;
  std::string message;
  std::string label;
  std::string help;
};

Words Inline() {
  return {
      Severity::kError,
      "The registry login itself stands where the name of its secret belongs: the credential "
      "becomes part of the config, which Anyscale's control plane stores and shows. It is meant "
      "to get a reference alone; the nodes fetch the secret.",
      "a credential, not a reference",
      "store the JSON in the secret manager of the cloud, write the secret's full ARN here, and "
      "revoke this password"};
}

// A login that nothing will ask for.
std::optional<Words> WithoutEffect(const RegistryImage& image) {
  Words words;
  words.severity = Severity::kNote;
  words.label = "has no effect";
  words.help = "remove registry_login_secret";
  if (!image.containerfile.empty()) {
    words.message =
        "This registry_login_secret has no effect: with a containerfile Anyscale builds the image "
        "itself and pulls none with this login.";
  } else if (image.image.text().starts_with("anyscale/")) {
    words.message =
        "This registry_login_secret has no effect: the image is hosted by Anyscale, and the login "
        "is "
        "only for registries elsewhere.";
  } else if (image.image.empty() && !image.partial) {
    words.message =
        "This registry_login_secret has no effect: no image is named beside it, and it is only for "
        "the image of image_uri.";
    words.help = "name the image in image_uri, or remove registry_login_secret";
  } else {
    return std::nullopt;
  }
  return words;
}

std::optional<Words> Unresolved(const LoginReference& reference, CloudHints clouds) {
  const std::string help = fmt::format(
      "write the full ARN, as `aws secretsmanager "
      "describe-secret` prints it: {}",
      kShape);
  switch (reference.form) {
    case ReferenceForm::kMalformed:
      return Words{
          Severity::kWarning,
          fmt::format("This is no ARN of a secret: it {}. The nodes cannot fetch the login "
                      "and pull the image without it.",
                      reference.problem),
          "not a secret's ARN", help};
    case ReferenceForm::kPartial:
      return Words{Severity::kWarning,
                   "This ARN lacks the hyphen and six characters that Secrets Manager puts behind "
                   "the name. Anyscale asks for the full ARN; a partial one may name no secret, or "
                   "another one, and the image is then pulled without the login.",
                   "lacks its last six characters", help};
    case ReferenceForm::kName:
      if (clouds.google && !clouds.aws) return std::nullopt;
      return Words{clouds.aws ? Severity::kWarning : Severity::kNote,
                   clouds.aws
                       ? "A secret's name is not enough on AWS: Anyscale asks for the full "
                         "ARN, and the nodes pull the image without a login that they cannot "
                         "find."
                       : "On AWS a secret's name is not enough: Anyscale asks for the full "
                         "ARN. If this cloud is on AWS, the nodes pull the image without the "
                         "login.",
                   "a name alone", help};
    default:
      return std::nullopt;
  }
}

// Whether a URI with a login stands in place of the reference; uri-credential speaks of that.
bool IsCredentialUri(const Value& reference) {
  const std::optional<Uri> uri = ParseUri(reference.Trimmed());
  return uri && uri->has_userinfo;
}

void CheckProject(const Rule& rule, const Project& project, const Report& report) {
  const RegistryLinks links = LinkRegistrySecrets(project);
  const CloudHints clouds = CloudsOf(project, links);
  for (const PlacedImage& placed : links.images) {
    const RegistryImage& image = *placed.image;
    if (image.login_span.empty() || IsCredentialUri(image.login_secret)) continue;
    const LoginReference reference = ReadLoginReference(image);
    std::optional<Words> words;
    if (reference.form == ReferenceForm::kInline) {
      words = Inline();
    } else if (!image.login_secret.Trimmed().empty()) {
      words = WithoutEffect(image);
      if (!words) words = Unresolved(reference, clouds);
    }
    if (!words) continue;
    Finding finding;
    finding.rule = &rule;
    finding.severity = words->severity;
    const Span where =
        image.login_secret.empty() ? image.login_span : image.login_secret.ToSource();
    finding.where = {&placed.document->source(), where};
    finding.message = std::move(words->message);
    finding.label = std::move(words->label);
    finding.help = std::move(words->help);
    if (reference.form == ReferenceForm::kInline) {
      const Span secret = image.inline_login.empty() ? where : image.inline_login.ToSource();
      finding.secrets.push_back({&placed.document->source(), secret});
    }
    if (!image.containerfile.empty()) {
      finding.steps.push_back(
          {{&placed.document->source(), image.containerfile}, "the image is built from this"});
    }
    finding.anchor = fmt::format("registry_login_secret for {}", placed.registry);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kRegistrySecretReference = {
    .code = "OAK403",
    .name = "registry-secret-reference",
    .severity = Severity::kWarning,
    .summary = "A registry_login_secret names no secret that Anyscale can fetch.",
    .check_project = CheckProject,
};

}  // namespace oakum
