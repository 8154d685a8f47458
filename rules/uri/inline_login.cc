// OAK108: a login command or option that has its secret on the command line.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/inline_secret.h"

namespace oakum {

namespace {

struct ToolAdvice {
  std::string_view tool;
  std::string_view keeps;  // the file the tool writes it to, in a sentence; may be empty
  std::string_view help;
};

constexpr ToolAdvice kAdvice[] = {
    {"podman", "The login also writes it, base64-encoded and not encrypted, to auth.json.",
     "pipe the secret in: `printf %s \"$TOKEN\" | podman login --username USER --password-stdin`"},
    {"docker", "The login also writes it, base64-encoded and not encrypted, to config.json.",
     "pipe the secret in: `printf %s \"$TOKEN\" | docker login --username USER --password-stdin`"},
    {"helm",
     "The login also writes it, base64-encoded and not encrypted, to Helm's registry "
     "config.json.",
     "pipe the secret in with `--password-stdin`"},
    {"helm repo", "Helm also writes it to repositories.yaml in clear text.",
     "pipe the secret in with `--password-stdin`"},
    {"skopeo", "", "pipe the secret in with `--password-stdin`, or name a file: `--authfile`"},
    {"oras", "", "pipe the secret in with `--password-stdin`"},
    {"crane", "", "pipe the secret in with `--password-stdin`"},
    {"wandb", "The login also writes it to ~/.netrc, as the password for the W&B host.",
     "leave the login out and give the process WANDB_API_KEY from a secret store"},
    {"Hugging Face CLI", "The login also writes it to ~/.cache/huggingface/token.",
     "leave the login out and give the process HF_TOKEN from a secret store"},
    {"AWS CLI", "", "use a role, or `--secret-string file://...` for a secret that is stored"},
    {"Poetry", "Without a keyring Poetry also writes it to auth.toml in clear text.",
     "give Poetry POETRY_HTTP_BASIC_<NAME>_PASSWORD or POETRY_PYPI_TOKEN_<NAME> from a secret "
     "store"},
    {"npm", "npm also writes it to .npmrc in clear text.",
     "write `${NPM_TOKEN}` into .npmrc; npm fills it in when it runs"},
    {"yarn", "yarn also writes it to its configuration file in clear text.",
     "write `npmAuthToken: ${NPM_TOKEN}` into .yarnrc.yml; yarn fills it in when it runs"},
    {"curl", "", "put the secret into a netrc (`--netrc-file`) or a header file (`-H @file`)"},
    {"wget", "", "put the secret into a netrc, which wget reads"},
    {"kubectl", "", "read the secret from a file that is not in the tree: `--from-file=KEY=PATH`"},
    {"gh", "", "give it on standard input: `gh auth login --with-token < FILE`"},
    {"Azure CLI", "", "log in with a managed or federated identity"},
    {"twine", "", "give twine TWINE_PASSWORD from a secret store, or use trusted publishing"},
    {"uv", "", "give uv UV_PUBLISH_TOKEN from a secret store, or use trusted publishing"},
    {"JobSubmissionClient", "", "read the value from the environment when the program runs"},
    {"Ray", "", "read the value from the environment or a file where the command runs"},
};

const ToolAdvice* AdviceFor(std::string_view tool) {
  const auto at = std::find_if(std::begin(kAdvice), std::end(kAdvice),
                               [tool](const ToolAdvice& advice) { return advice.tool == tool; });
  return at == std::end(kAdvice) ? nullptr : &*at;
}

// The row of the table for a command. A chart repository is no registry: Helm keeps its login
// apart.
const ToolAdvice* AdviceFor(const InlineSecret& secret, const Command& command) {
  const bool repository =
      secret.tool == "helm" && command.argv.size() > 1 && command.argv[1].text() == "repo";
  return AdviceFor(repository ? "helm repo" : secret.tool);
}

// The ARG, ENV or assignment above that a hole is filled from.
const Setting* OriginOf(const Facts& facts, std::string_view name, Span use) {
  const auto at =
      std::find_if(facts.settings.rbegin(), facts.settings.rend(), [&](const Setting& s) {
        return s.name == name && s.span.begin < use.begin && s.scope != SettingScope::kFile &&
               s.scope != SettingScope::kImageLabel;
      });
  return at == facts.settings.rend() ? nullptr : &*at;
}

class Judge {
 public:
  Judge(const Rule& rule, const Document& document, const Command& command,
        const InlineSecret& secret)
      : rule_(rule), document_(document), command_(command), secret_(secret) {
    for (const Value::PlacedHole& placed : secret.secret.holes()) {
      const Setting* origin = OriginOf(document.facts(), placed.hole.name, command.span);
      if (!origin) continue;
      origins_.push_back(origin->span);
    }
    const Span own = secret.secret.ToSource();
    if (!command.span.Contains(own) && !secret.piped) origins_.push_back(own);
  }

  std::optional<Finding> Run() const {
    const bool build = command_.host == CommandHost::kImageBuild;
    // A shell variable of a RUN, a mounted secret's among them, is in no history. What an ARG or
    // ENV fills in is reported there (OAK206, OAK207), and what CMD and its kin start by OAK207.
    if (command_.host == CommandHost::kImageRun || (build && !literal())) return std::nullopt;
    if (!literal() && command_.host == CommandHost::kDocument) return std::nullopt;
    Finding finding;
    finding.rule = &rule_;
    finding.severity = literal() ? Severity::kError : Severity::kWarning;
    finding.where = {&document_.source(), secret_.argument};
    finding.label = !literal()         ? "filled in before the command starts"
                    : origins_.empty() ? "the secret stands here"
                                       : "the secret is an argument here";
    finding.message = Message();
    finding.help = Help();
    finding.anchor = fmt::format("{} {} {}", secret_.tool, secret_.option, secret_.name);
    for (Span origin : origins_) {
      finding.steps.push_back({{&document_.source(), origin}, "the secret enters here"});
    }
    if (!origins_.empty()) {
      finding.steps.push_back({finding.where, fmt::format("{} gets it here", secret_.tool)});
    }
    if (secret_.secret.size() > secret_.secret.holes().size()) {
      finding.secrets.push_back({&document_.source(), secret_.secret.ToSource()});
    }
    return finding;
  }

 private:
  bool literal() const { return secret_.kind == SecretKind::kLiteral; }

  std::string Subject() const {
    if (secret_.header) return fmt::format("the credential of the header `{}`", secret_.name);
    if (!secret_.name.empty()) return fmt::format("the secret `{}`", secret_.name);
    return "a password or token";
  }

  // Who can read it there. A sentence's end.
  std::string_view Consequence() const {
    if (command_.host == CommandHost::kImageBuild) {
      return "the image's history records it, and everyone who can pull the image reads it there";
    }
    if (literal()) return "everyone who gets this file, or a commit that has it, has the secret";
    switch (command_.host) {
      case CommandHost::kCi:
        return "every process of the job sees it in the process list, and a trace or an error "
               "message of the command prints it";
      case CommandHost::kCluster:
        return "`ray up` prints the command, and every process of the node sees it in the process "
               "list";
      default:
        return "every process of the machine sees it in the process list while the command runs";
    }
  }

  std::string Message() const {
    std::string message = fmt::format("{} gets {} ", secret_.tool, Subject());
    if (command_.argv.empty()) {
      message += fmt::format("as text, through `{}`", secret_.option);
    } else if (secret_.piped) {
      message += "from a command that holds it as text";
    } else {
      message += "on its command line";
      if (!secret_.option.empty()) message += fmt::format(" (`{}`)", secret_.option);
    }
    message += fmt::format(": {}.", Consequence());
    const ToolAdvice* advice = AdviceFor(secret_, command_);
    if (secret_.keeps && advice && !advice->keeps.empty()) {
      message += fmt::format(" {}", advice->keeps);
    }
    return message;
  }

  std::string Help() const {
    if (command_.host == CommandHost::kImageBuild) {
      return "mount the secret for this RUN alone (`--mount=type=secret,id=NAME`) and read it "
             "from /run/secrets/NAME, so that neither the history nor a layer holds it";
    }
    const bool container = secret_.option == "-e" || secret_.option == "--env";
    if (container) {
      return "name the variable without a value (`-e NAME` passes on that of the shell), or keep "
             "it "
             "in a file outside of the tree: `--env-file FILE`";
    }
    if (secret_.tool == "gh" && secret_.option != "--with-token") {
      return "give it on standard input: `gh secret set NAME < FILE`";
    }
    const ToolAdvice* advice = AdviceFor(secret_, command_);
    if (advice) return std::string(advice->help);
    return "read the secret from a file or a secret store when the command runs, not from its "
           "arguments";
  }

  const Rule& rule_;
  const Document& document_;
  const Command& command_;
  const InlineSecret& secret_;
  std::vector<Span> origins_;
};

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;
  const std::vector<Command>& commands = document.facts().commands;
  const auto judge = [&](const Command& command, const InlineSecret& secret) {
    std::optional<Finding> finding = Judge(rule, document, command, secret).Run();
    if (!finding) return;
    // A text that a variable takes to several commands is one leak, at the first of them.
    const bool text = secret.kind == SecretKind::kLiteral;
    const Span cause = text ? secret.secret.ToSource() : finding->where.span;
    if (reported.insert(cause).second) report(std::move(*finding));
  };
  for (const Command& command : commands) {
    for (const InlineSecret& secret : InlineSecretsOf(command, commands)) judge(command, secret);
  }
  // A header that a program fills in while it runs stands on no command line.
  Command program;
  program.host = CommandHost::kProgram;
  program.span = {0, static_cast<uint32_t>(document.source().text().size())};
  for (const InlineSecret& header : document.facts().headers) {
    if (header.kind == SecretKind::kLiteral) judge(program, header);
  }
  for (const Setting& setting : document.facts().settings) {
    for (const InlineSecret& header : HeadersOf(setting)) judge(program, header);
  }
}

}  // namespace

extern const Rule kInlineLogin = {
    .code = "OAK108",
    .name = "inline-login",
    .severity = Severity::kError,
    .summary = "A login command or option has its secret on the command line.",
    .check_document = Check,
};

}  // namespace oakum
