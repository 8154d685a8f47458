// OAK202: a RUN leaves a credential file behind, written by the shell or by a tool.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/image_credential.h"
#include "analyzer/model/inline_secret.h"
#include "rules/layer/layer_steps.h"

namespace oakum {
namespace {

// By how it is said: "an npm configuration", "an SSH private key".
std::string_view Article(std::string_view noun) {
  const bool vowel = std::string_view("AEIOaeio").find(noun.front()) != std::string_view::npos;
  return vowel || noun.starts_with("npm") || noun.starts_with("SSH") ? "an" : "a";
}

// Who writes what where: the beginning of a sentence.
std::string Subject(const FileEvent& event, const WrittenCredential& written) {
  const std::string_view what = written.file ? written.file->description : "credential";
  if (!event.tool.empty()) {
    return fmt::format("The credential that `{}` is given is kept in {}", event.tool, event.path);
  }
  switch (event.origin) {
    case FileOrigin::kBuildArg:
      return fmt::format("The value of ARG {} is written to {}", event.source, event.path);
    case FileOrigin::kContext:
      return fmt::format("A{} {} of the build context is copied to {}", Article(what).substr(1),
                         what, event.path);
    default:
      break;
  }
  const std::string_view article = Article(what);
  if (!written.certain) {
    return fmt::format("What is likely {} {} is written to {}", article, what, event.path);
  }
  return fmt::format("A{} {} is written to {}", article.substr(1), what, event.path);
}

std::string Message(const LayerSteps& steps, const WrittenCredential& written) {
  const FileEvent& event = steps.event();
  std::string message = Subject(event, written);
  if (event.onbuild) {
    message += " and stays in a layer of every image that is built FROM this one.";
  } else if (steps.in_image()) {
    message += " and stays in the layer of this RUN. Whoever can pull the image can read it there.";
  } else {
    message += steps.BuilderSentence("and stays in");
  }
  if (event.origin == FileOrigin::kBuildArg && steps.in_image()) {
    message += fmt::format(
        " The value is in the image's history as well: every RUN after `ARG {}` "
        "records it.",
        event.source);
  }
  return message + steps.RemovalSentence();
}

std::string_view Enters(const FileEvent& event) {
  switch (event.origin) {
    case FileOrigin::kBuildArg:
      return "the value comes from here";
    case FileOrigin::kSecretMount:
    case FileOrigin::kSecretEnv:
      return "the secret is mounted for this RUN alone";
    case FileOrigin::kContext:
      return "the file is mounted for this RUN alone";
    default:
      return "";
  }
}

std::string Help(const LayerSteps& steps, const WrittenCredential& written) {
  const FileEvent& event = steps.event();
  if (!event.tool.empty()) {
    return fmt::format(
        "give the program the credential for its own run (an environment variable from "
        "`RUN --mount=type=secret,id=...,env=...`){}",
        event.origin == FileOrigin::kBuildArg
            ? std::string(" instead of a build argument")
            : fmt::format(", or remove {} in the same RUN", event.path));
  }
  if (written.file) return steps.MountAdvice(written.file->kind);
  return "mount it for the command that needs it: RUN --mount=type=secret,id=...";
}

// The secret stands on the command line of a login: inline-login speaks of that.
bool IsInlineLogin(const FileEvent& event, const Facts& facts) {
  if (event.tool.empty() || event.origin != FileOrigin::kLiteral) return false;
  return std::any_of(facts.commands.begin(), facts.commands.end(), [&](const Command& command) {
    return event.span.Contains(command.span) && !InlineSecretsOf(command, facts.commands).empty();
  });
}

void Check(const Rule& rule, const Project& project, const Document& document,
           const Report& report) {
  const ImageBuild* image = document.image();
  if (!image) return;
  for (const WrittenCredential& written : WrittenCredentials(*image)) {
    const LayerSteps steps(project, document, written.creation);
    const FileEvent& event = steps.event();
    if (IsInlineLogin(event, document.facts())) continue;
    Finding finding;
    finding.rule = &rule;
    const bool weaker = !written.certain || !steps.exposed();
    finding.severity = weaker ? Severity::kWarning : Severity::kError;
    finding.message = Message(steps, written);
    finding.where = steps.where();
    finding.steps = steps.Build(fmt::format("{} is written here", event.path));
    const std::string_view enters = Enters(event);
    if (!enters.empty() && !event.origin_span.empty()) {
      finding.steps.insert(finding.steps.begin(),
                           Step{{&document.source(), event.origin_span}, std::string(enters)});
    }
    finding.help = Help(steps, written);
    for (const Value& secret : written.secrets) {
      if (secret.is_literal()) finding.secrets.push_back({finding.where.source, secret.ToSource()});
    }
    finding.anchor = fmt::format("stage {}/RUN {} {}", steps.stage_label(), event.tool, event.path);
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kCredentialWrittenToLayer = {
    .code = "OAK202",
    .name = "credential-written-to-layer",
    .severity = Severity::kError,
    .summary = "A RUN leaves a credential file in its layer.",
    .check_document = Check,
};

}  // namespace oakum
