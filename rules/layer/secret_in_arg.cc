// OAK206: a secret in an ARG, which image history, the build log and provenance record.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/image_credential.h"
#include "rules/layer/image_secret.h"

namespace oakum {
namespace {

using How = VariableUse::How;

constexpr std::array<std::string_view, 4> kProxies = {"http_proxy", "https_proxy", "ftp_proxy",
                                                      "all_proxy"};

bool IsProxy(std::string_view name) {
  const std::string lower = ToLower(name);
  return std::find(kProxies.begin(), kProxies.end(), lower) != kProxies.end();
}

bool HasLiteralSecret(const ImageVariable& arg) {
  return arg.has_value && arg.value.is_literal() &&
         JudgeNamedSecret(arg.name, arg.value.text()) == NamedSecret::kSecret;
}

bool IsCredentialFile(const VariableUse& use) {
  return (use.how == How::kFile || use.how == How::kScratch) &&
         CredentialFileAt(use.what).has_value();
}

class Check {
 public:
  Check(const Rule& rule, const Project& project, const Document& document, const Report& report)
      : rule_(rule),
        document_(document),
        report_(report),
        secrets_(project, document),
        image_(*document.image()),
        written_(WrittenCredentials(image_)),
        last_runs_(image_.stages.size()) {
    for (const ImageRun& run : secrets_.config().runs) last_runs_[run.stage] = run.instruction;
    // A stage is built FROM an earlier one.
    for (size_t i = last_runs_.size(); i-- > 0;) {
      const uint32_t parent = image_.stages[i].parent;
      if (parent != kNoIndex) last_runs_[parent] = std::max(last_runs_[parent], last_runs_[i]);
    }
  }

  void Run() {
    const auto& variables = secrets_.config().variables;
    for (uint32_t i = 0; i < variables.size(); ++i) {
      if (variables[i].kind != ImageVariable::Kind::kArg) continue;
      if (IsProxy(variables[i].name)) {
        Proxy(variables[i]);
      } else {
        Arg(i);
      }
    }
  }

 private:
  // Declared, a predefined proxy argument is recorded like any other.
  void Proxy(const ImageVariable& arg) {
    if (arg.stage == kNoIndex || arg.has_value) return;
    Finding finding;
    finding.severity = Severity::kNote;
    finding.message = fmt::format(
        "ARG {} takes a predefined proxy argument out of hiding. Without this line RUN sees it all "
        "the same, and image history and the build cache do not; with it a password in the proxy's "
        "URL is recorded.",
        arg.name);
    finding.help = "delete the line: RUN has the proxy variables of the build without it";
    Send(std::move(finding), arg);
  }

  void Arg(uint32_t index) {
    const ImageVariable& arg = secrets_.variable(index);
    const bool literal = HasLiteralSecret(arg);
    if (!literal && (arg.stage == kNoIndex || !IsRecorded(arg))) return;
    if (secrets_.HasUriCredential(arg) || HasOtherRule(index)) return;
    std::vector<Step> given = secrets_.GivenBy(arg);
    const VariableUse* use = CredentialUse(index);
    const bool certain = literal || !given.empty() || use != nullptr;
    if (!certain) given = secrets_.GivenBy(arg, Passed::kSetting);
    if (!certain && given.empty() && !secrets_.IsSecretArg(arg)) return;
    // A literal before the first FROM is what to change.
    if (!literal && ComesFromLiteral(arg)) return;
    Finding finding;
    const Severity severity = certain ? Severity::kError : Severity::kWarning;
    finding.severity =
        literal && arg.stage == kNoIndex ? severity : secrets_.Reached(severity, arg);
    finding.message = Message(arg, literal, !given.empty(), use);
    finding.steps = std::move(given);
    for (const uint32_t source : arg.sources) {
      Add(finding, secrets_.variable(source).span, "declared here for FROM lines alone");
    }
    Add(finding, arg.span, "RUN instructions record the value from here on");
    for (const uint32_t derived : secrets_.config().DerivedFrom(index)) {
      const ImageVariable& again = secrets_.variable(derived);
      if (again.kind == ImageVariable::Kind::kArg)
        Add(finding, again.span, "a stage takes it here");
    }
    if (use) Add(finding, use->span, UseText(*use));
    if (const auto& exposure = Exposed(arg)) {
      finding.steps.push_back(
          {exposure->where,
           fmt::format("stage {} is {}", secrets_.StageLabel(arg.stage), exposure->how)});
    }
    if (finding.steps.size() == 1) finding.steps.clear();
    finding.secrets = secrets_.LiteralsGivenTo(arg);
    if (literal) finding.secrets.push_back({&document_.source(), arg.value.ToSource()});
    finding.help = "mount the secret for the RUN that needs it: " + SecretMountAdvice(arg.name);
    Send(std::move(finding), arg);
  }

  // Whether a RUN follows: the history has the value of an ARG beside each, and nowhere else.
  bool IsRecorded(const ImageVariable& arg) const {
    return arg.onbuild || last_runs_[arg.stage] > arg.instruction;
  }

  // Rules that report the same secret where it is put: the URI rules, 207 for ENV and LABEL, 201
  // and 202 for a file that stays.
  bool HasOtherRule(uint32_t index) const {
    const auto speaks = [](const VariableUse& use) {
      return use.how == How::kUri || (use.how == How::kFile && IsCredentialFile(use));
    };
    const auto spoken = [&](uint32_t at) {
      const ImageVariable& variable = secrets_.variable(at);
      if (std::any_of(variable.uses.begin(), variable.uses.end(), speaks)) return true;
      return variable.kind != ImageVariable::Kind::kArg &&
             !secrets_.SecretArgsIn(variable).empty() && !secrets_.HasUriCredential(variable);
    };
    if (spoken(index) || IsWritten(secrets_.variable(index))) return true;
    for (const uint32_t derived : secrets_.config().DerivedFrom(index)) {
      if (spoken(derived)) return true;
    }
    return false;
  }

  // Whatever way its value takes to a credential file that stays.
  bool IsWritten(const ImageVariable& arg) const {
    return std::any_of(written_.begin(), written_.end(), [&](const WrittenCredential& written) {
      const FileEvent& event = image_.events[written.creation];
      if (event.origin != FileOrigin::kBuildArg || event.source != arg.name) return false;
      uint32_t stage = event.stage;
      while (stage != kNoIndex && stage != arg.stage) stage = image_.stages[stage].parent;
      return stage == arg.stage;
    });
  }

  // A use that only a credential has, of the ARG or of what is made from it.
  const VariableUse* CredentialUse(uint32_t index) const {
    const VariableUse* found = nullptr;
    const auto look = [&found](const ImageVariable& variable) {
      for (const VariableUse& use : variable.uses) {
        const bool telling =
            use.how == How::kHeader || use.how == How::kLogin || IsCredentialFile(use);
        if (telling && !found) found = &use;
      }
    };
    look(secrets_.variable(index));
    return found;
  }

  bool ComesFromLiteral(const ImageVariable& arg) const {
    return std::any_of(arg.sources.begin(), arg.sources.end(), [this](uint32_t source) {
      return HasLiteralSecret(secrets_.variable(source));
    });
  }

  std::optional<Exposure> Exposed(const ImageVariable& arg) const {
    if (secrets_.InImage(arg.stage)) return std::nullopt;
    return secrets_.ExposureOf(arg.stage);
  }

  static std::string UseText(const VariableUse& use) {
    switch (use.how) {
      case How::kHeader:
        return fmt::format("{} sends it in a header", use.what);
      case How::kLogin:
        return fmt::format("{} logs in with it", use.what);
      default:
        return fmt::format("it is written to {} here", use.what);
    }
  }

  std::string Message(const ImageVariable& arg, bool literal, bool given,
                      const VariableUse* use) const {
    std::string subject;
    if (literal) {
      subject = fmt::format("The default of ARG {} is a secret in plain text", arg.name);
    } else if (given) {
      subject = fmt::format("A secret is passed to ARG {}", arg.name);
    } else if (use) {
      subject = fmt::format("ARG {} is used as a credential", arg.name);
    } else {
      subject = fmt::format("ARG {} takes what its name calls a secret", arg.name);
    }
    if (arg.stage == kNoIndex) {
      return subject +
             ". Everyone who can read this file, or a commit that has it, has the secret.";
    }
    if (arg.onbuild) {
      return subject +
             " in every build FROM this image. The history of that image records it with "
             "every RUN that follows.";
    }
    if (secrets_.InImage(arg.stage)) {
      return subject +
             ". The image's history records it with every RUN that follows, used or not: "
             "whoever can pull the image reads it there. The build log and provenance "
             "may hold it too.";
    }
    if (const auto& exposure = Exposed(arg)) {
      return subject + fmt::format(
                           " in stage {}, which is {}. Whoever can pull that reads it in "
                           "the history.",
                           secrets_.StageLabel(arg.stage), exposure->how);
    }
    return subject + fmt::format(
                         " in stage {}, which is no part of the image. The build cache, the "
                         "build log and provenance with mode=max may hold it.",
                         secrets_.StageLabel(arg.stage));
  }

  void Add(Finding& finding, Span span, std::string text) const {
    finding.steps.push_back({{&document_.source(), span}, std::move(text)});
  }

  void Send(Finding finding, const ImageVariable& arg) const {
    finding.rule = &rule_;
    finding.where = {&document_.source(), arg.span};
    finding.anchor = fmt::format("stage {}/ARG {}", secrets_.StageLabel(arg.stage), arg.name);
    report_(std::move(finding));
  }

  const Rule& rule_;
  const Document& document_;
  const Report& report_;
  ImageSecrets secrets_;
  const ImageBuild& image_;
  const std::vector<WrittenCredential> written_;
  std::vector<uint32_t> last_runs_;  // by stage: of it or of one built FROM it; 0 for none
};

void CheckDocument(const Rule& rule, const Project& project, const Document& document,
                   const Report& report) {
  if (document.image_config()) Check(rule, project, document, report).Run();
}

}  // namespace

extern const Rule kSecretInArg = {
    .code = "OAK206",
    .name = "secret-in-arg",
    .severity = Severity::kError,
    .summary = "A build argument carries a secret, which the image's history records.",
    .check_document = CheckDocument,
};

}  // namespace oakum
