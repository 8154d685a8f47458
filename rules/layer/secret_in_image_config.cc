// OAK207: a secret in what an image says about itself: ENV, LABEL, CMD, ENTRYPOINT, HEALTHCHECK,
// and the URL of an ADD.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/client_password.h"
#include "analyzer/model/inline_secret.h"
#include "rules/layer/image_secret.h"
#include "rules/uri/uri_finding.h"

namespace oakum {
namespace {

using Kind = ImageVariable::Kind;

// The value that the image has: a default where nothing else fills it in.
const Value& EffectiveValue(const ImageVariable& variable) {
  const Hole* hole = variable.value.OnlyHole();
  const bool unset = hole && hole->fallback && variable.sources.empty();
  return unset ? *hole->fallback : variable.value;
}

class Check {
 public:
  Check(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule), document_(document), report_(report), secrets_(project, document) {}

  void Run() {
    for (const ImageVariable& variable : secrets_.config().variables) {
      if (variable.kind != Kind::kArg && variable.stage != kNoIndex) Variable(variable);
    }
    for (const Command& command : document_.facts().commands) {
      if (command.host == CommandHost::kImageRun) RunCommand(command);
    }
    for (const UriUse& use : document_.facts().uris) {
      if (use.consumer == "ADD") Add(use);
    }
  }

 private:
  void Variable(const ImageVariable& variable) {
    if (secrets_.HasUriCredential(variable)) return;
    const std::vector<uint32_t> args = secrets_.SecretArgsIn(variable);
    const Value& value = EffectiveValue(variable);
    NamedSecret secret = NamedSecret::kHarmless;
    if (value.is_literal()) secret = JudgeNamedSecret(variable.name, value.text());
    // secret-in-env-vars speaks of Ray's bearer token wherever it stands as text.
    if (variable.name == "RAY_RUNTIME_ENV_BEARER_TOKEN") secret = NamedSecret::kHarmless;
    if (!args.empty()) secret = NamedSecret::kSecret;
    if (secret == NamedSecret::kHarmless) return;
    Finding finding;
    finding.severity = secrets_.Reached(
        secret == NamedSecret::kSecret ? Severity::kError : Severity::kWarning, variable);
    finding.message = Message(variable, args, secret);
    finding.where = {&document_.source(), variable.span};
    for (const uint32_t arg : args) {
      for (Step& given : secrets_.GivenBy(secrets_.variable(arg))) {
        finding.steps.push_back(std::move(given));
      }
      finding.steps.push_back(
          {{&document_.source(), secrets_.variable(arg).span},
           fmt::format("ARG {} brings it into the build", secrets_.variable(arg).name)});
    }
    AddLater(variable, finding);
    if (args.empty()) finding.secrets.push_back({&document_.source(), value.ToSource()});
    finding.help = variable.kind == Kind::kEnv
                       ? "set the variable where the container is started, or mount the secret for "
                         "the RUN that needs it: " +
                             SecretMountAdvice(variable.name)
                       : "leave the secret out of the label: nothing that runs reads labels";
    finding.anchor = fmt::format("stage {}/{} {}", secrets_.StageLabel(variable.stage),
                                 Instruction(variable), variable.name);
    Send(std::move(finding));
  }

  // The variable put, and what blanks it afterwards.
  void AddLater(const ImageVariable& variable, Finding& finding) const {
    std::vector<Step> later;
    for (const ImageVariable& other : secrets_.config().variables) {
      const bool same = other.kind == variable.kind && other.name == variable.name &&
                        other.stage == variable.stage && other.instruction > variable.instruction;
      if (same && other.value.empty()) {
        later.push_back(
            {{&document_.source(), other.span}, "blanked here, but the history keeps what it was"});
      }
    }
    if (finding.steps.empty() && later.empty()) return;
    finding.steps.push_back(
        {{&document_.source(), variable.span},
         fmt::format("{} puts it into the configuration", Instruction(variable))});
    finding.steps.insert(finding.steps.end(), later.begin(), later.end());
  }

  static std::string_view Instruction(const ImageVariable& variable) {
    return variable.kind == Kind::kEnv ? "ENV" : "LABEL";
  }

  std::string Message(const ImageVariable& variable, const std::vector<uint32_t>& args,
                      NamedSecret secret) const {
    std::string subject = fmt::format("{} {} ", Instruction(variable), variable.name);
    if (!args.empty()) {
      subject += fmt::format("keeps the secret of ARG {}", secrets_.variable(args[0]).name);
    } else if (secret == NamedSecret::kSecret) {
      subject += "is a secret in plain text";
    } else {
      subject += "is what its name calls a secret, if only a plain word";
    }
    if (variable.onbuild) {
      return subject + ". Every image that is built FROM this one has it in its configuration.";
    }
    if (secrets_.InImage(variable.stage)) {
      subject +=
          ". It is part of the image's configuration and history: whoever can pull the image reads "
          "it with `docker inspect`";
      return subject +
             (variable.kind == Kind::kEnv ? ", and every process of a container has it." : ".");
    }
    if (const auto& exposure = secrets_.ExposureOf(variable.stage)) {
      return subject + fmt::format(
                           " in stage {}, which is {}. Whoever can pull that reads it in "
                           "the configuration.",
                           secrets_.StageLabel(variable.stage), exposure->how);
    }
    return subject + fmt::format(
                         " in stage {}, which is no part of the image. Who can read the "
                         "build cache or an image built with --target has it.",
                         secrets_.StageLabel(variable.stage));
  }

  // CMD, ENTRYPOINT, HEALTHCHECK: options and assignments with their values.
  void RunCommand(const Command& command) {
    for (const InlineSecret& secret : InlineSecretsOf(command, document_.facts().commands)) {
      if (secret.kind != SecretKind::kLiteral) continue;
      Started(command, secret.name, secret.secret, secret.argument, NamedSecret::kSecret);
    }
    const std::optional<ClientPassword> client = ClientPasswordOf(command);
    if (client) {
      Word(command, "password", client->password, command.argv[client->argument].ToSource());
    }
    for (const Assignment& assignment : command.environment) {
      Word(command, assignment.name, assignment.value, assignment.span);
    }
    for (size_t i = 0; i < command.argv.size(); ++i) {
      if (client && client->argument == i) continue;
      const Value& word = command.argv[i];
      const std::string_view text = word.text();
      const size_t equals = text.find('=');
      if (equals != text.npos && equals > 0) {
        const auto begin = static_cast<uint32_t>(equals) + 1;
        Word(command, OptionName(text.substr(0, equals)), word.Slice(begin), word.ToSource());
      } else if (text.size() > 2 && text.starts_with('-') && i + 1 < command.argv.size() &&
                 !command.argv[i + 1].text().starts_with('-')) {
        const Value& value = command.argv[i + 1];
        if (Word(command, OptionName(text), value, value.ToSource())) ++i;
      } else {
        Word(command, "", word, word.ToSource());
      }
    }
  }

  static std::string_view OptionName(std::string_view option) {
    while (option.starts_with('-')) option.remove_prefix(1);
    // Without a separator, and a well-known one: redis-server.
    return option == "requirepass" || option == "masterauth" ? "password" : option;
  }

  bool Word(const Command& command, std::string_view name, const Value& value, Span span) {
    if (!value.is_literal()) return false;
    for (const Uri& uri : FindUris(value)) {
      if (!CredentialsIn(uri).empty()) return false;
    }
    const NamedSecret secret = JudgeNamedSecret(name, value.text());
    if (secret == NamedSecret::kHarmless) return false;
    Started(command, name, value, span, secret);
    return true;
  }

  void Started(const Command& command, std::string_view name, const Value& value, Span span,
               NamedSecret secret) {
    if (!started_.insert(value.ToSource()).second) return;
    Finding finding;
    finding.severity = secret == NamedSecret::kSecret ? Severity::kError : Severity::kWarning;
    const std::string_view program = command.Program();
    finding.message = fmt::format(
        "The command that the image starts hands {} a secret in plain text. It is part of the "
        "image's configuration and history, and of the process list of every container.",
        program.empty() ? "its program" : program);
    finding.where = {&document_.source(), span};
    finding.secrets.push_back({&document_.source(), value.ToSource()});
    finding.help = "read the secret from a variable or a mounted file when the container starts";
    finding.anchor = fmt::format("command {} {}", program, name);
    Send(std::move(finding));
  }

  // The history entry of ADD has its URL, after expansion where an ARG fills it in.
  void Add(const UriUse& use) {
    for (const UriCredential& credential : CredentialsIn(use.uri)) {
      if (credential.kind == SecretKind::kLiteral) return AddLiteral(use, credential);
    }
    if (!CredentialsIn(use.uri).empty()) return;
    for (const ImageVariable& arg : secrets_.config().variables) {
      const bool origin =
          std::find(use.origins.begin(), use.origins.end(), arg.span) != use.origins.end();
      if (!origin || arg.kind != Kind::kArg || !secrets_.IsSecretArg(arg)) continue;
      Finding finding;
      finding.severity = secrets_.Reached(Severity::kError, arg);
      finding.message = fmt::format(
          "The URL of ADD is made with ARG {}. The image's history has the URL as it is after "
          "expansion: whoever can pull the image reads the secret there.",
          arg.name);
      finding.where = {&document_.source(), use.span};
      finding.steps = secrets_.GivenBy(arg);
      finding.steps.push_back({{&document_.source(), arg.span},
                               fmt::format("ARG {} brings it into the build", arg.name)});
      finding.help = "download the file in a RUN that has the secret mounted";
      finding.anchor = fmt::format("ADD {}", arg.name);
      return Send(std::move(finding));
    }
  }

  void AddLiteral(const UriUse& use, const UriCredential& credential) {
    Finding finding;
    finding.severity = Severity::kError;
    finding.message = fmt::format(
        "The URL of ADD carries the {} for {} in plain text. The image's history has the whole "
        "URL: "
        "whoever can pull the image reads it there.",
        CredentialNoun(credential), use.uri.host.Describe());
    finding.where = {&document_.source(), credential.secret.ToSource()};
    finding.secrets.push_back(finding.where);
    finding.help = "download the file in a RUN that has the secret mounted";
    finding.anchor = fmt::format("ADD {}", use.uri.host.Describe());
    Send(std::move(finding));
  }

  void Send(Finding finding) const {
    finding.rule = &rule_;
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
  ImageSecrets secrets_;
  std::set<Span> started_;  // secrets of commands that are reported
};

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  if (document.image_config()) Check(rule, project, document, report).Run();
}

}  // namespace

extern const Rule kSecretInImageConfig = {
    .code = "OAK207",
    .name = "secret-in-image-config",
    .severity = Severity::kError,
    .summary = "The configuration of an image holds a secret.",
    .check_document = CheckDocument,
};

}  // namespace oakum
