#include "analyzer/model/registry_login.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/model/registry.h"

namespace oakum {

namespace {

constexpr std::string_view kHub = "docker.io";
constexpr std::string_view kAnyEcr = "*.dkr.ecr";

constexpr std::array<std::string_view, 7> kClients = {"buildah", "crane",  "docker", "helm",
                                                      "nerdctl", "podman", "skopeo"};

// Options of `login`, `push` and `pull` without a value.
constexpr std::array<std::string_view, 12> kSwitches = {"--password-stdin",
                                                        "--get-login",
                                                        "--tls-verify",
                                                        "--verbose",
                                                        "-v",
                                                        "--quiet",
                                                        "-q",
                                                        "--all-tags",
                                                        "-a",
                                                        "--insecure",
                                                        "--plain-http",
                                                        "--remove-signatures"};

bool IsClient(std::string_view program) {
  return program == "oras" ||
         std::find(kClients.begin(), kClients.end(), program) != kClients.end();
}

// The places of the operands from `begin` on, options and their values left out.
std::vector<size_t> OperandPlaces(const Command& command, size_t begin) {
  std::vector<size_t> operands;
  for (size_t i = begin; i < command.argv.size(); ++i) {
    const std::string_view text = command.argv[i].text();
    if (!text.starts_with('-')) {
      operands.push_back(i);
    } else if (text.find('=') == text.npos &&
               std::find(kSwitches.begin(), kSwitches.end(), text) == kSwitches.end()) {
      ++i;
    }
  }
  return operands;
}

std::vector<const Value*> Operands(const Command& command, size_t begin) {
  std::vector<const Value*> operands;
  for (const size_t i : OperandPlaces(command, begin)) operands.push_back(&command.argv[i]);
  return operands;
}

RegistryUse UseOf(const Command& command, size_t i, bool push) {
  const bool written = i < command.argument_spans.size();
  return {command.argv[i], written ? command.argument_spans[i] : command.argv[i].ToSource(), push};
}

std::string_view Word(const Command& command, size_t i) {
  return i < command.argv.size() ? command.argv[i].text() : std::string_view();
}

// The value of an option, glued or not; empty if it is not given.
Value Option(const Command& command, std::string_view option) {
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    if (word.text() == option && i + 1 < command.argv.size()) return command.argv[i + 1];
    if (word.text().starts_with(option) && word.text().substr(option.size()).starts_with('=')) {
      return word.Slice(static_cast<uint32_t>(option.size() + 1));
    }
  }
  return {};
}

// The host of a server text: schemes and paths do not count, and Docker Hub has several names.
std::string HostOf(std::string_view server) {
  const std::string host = ServerHost(server);
  return host.empty() || IsHubAlias(server) || IsHubAlias(host) ? std::string(kHub) : host;
}

void AddHost(const Value& server, RegistryLogin& login) {
  if (!server.is_literal()) {
    // An account's ECR keeps its form whatever the account is.
    const bool ecr = server.text().find(".dkr.ecr.") != std::string_view::npos;
    if (ecr) {
      login.hosts.emplace_back(kAnyEcr);
    } else {
      login.known = false;
    }
    return;
  }
  login.hosts.push_back(HostOf(server.text()));
}

std::optional<RegistryLogin> OfGcloud(const Command& command) {
  if (Word(command, 1) != "auth" || Word(command, 2) != "configure-docker") return std::nullopt;
  RegistryLogin login;
  login.span = command.span;
  const std::vector<const Value*> operands = Operands(command, 3);
  if (operands.empty()) {
    login.hosts = {"gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io"};
    return login;
  }
  const Value& list = *operands[0];
  for (uint32_t begin = 0; begin <= list.size();) {
    const auto end = static_cast<uint32_t>(
        std::min(list.text().find(',', begin), static_cast<size_t>(list.size())));
    AddHost(list.Slice({begin, end}).Trimmed(), login);
    begin = end + 1;
  }
  return login;
}

bool IsTrue(const Value& value) {
  return !value.empty() && value.text() != "false";
}

}  // namespace

std::optional<RegistryLogin> LoginOf(const Command& command) {
  const std::string_view program = command.Program();
  RegistryLogin login;
  login.span = command.span;
  if (program == "gcloud") return OfGcloud(command);
  if (program == "az" && Word(command, 1) == "acr" && Word(command, 2) == "login") {
    Value name = Option(command, "--name");
    if (name.empty()) name = Option(command, "-n");
    login.known = name.is_literal() && !name.empty();
    if (login.known) login.hosts.push_back(ToLower(name.text()) + ".azurecr.io");
    return login;
  }
  if (!IsClient(program)) return std::nullopt;
  size_t at = 1;
  if (Word(command, 1) == "registry" || Word(command, 1) == "auth") ++at;
  if (Word(command, at) != "login") return std::nullopt;
  const std::vector<const Value*> operands = Operands(command, at + 1);
  if (operands.empty()) {
    login.hosts.emplace_back(kHub);
  } else {
    AddHost(*operands.back(), login);
  }
  return login;
}

std::optional<RegistryLogin> LoginOf(const CiStep& step) {
  RegistryLogin login;
  login.span = step.span;
  if (step.uses == "docker/login-action") {
    const Value& registry = step.Input("registry");
    if (IsTrue(step.Input("ecr")) && step.Input("ecr").text() != "auto" && registry.empty()) {
      login.hosts.emplace_back(kAnyEcr);
    } else if (registry.empty()) {
      login.hosts.emplace_back(kHub);
    } else {
      AddHost(registry, login);
    }
    return login;
  }
  if (step.uses == "aws-actions/amazon-ecr-login") {
    login.hosts.emplace_back(kAnyEcr);
    if (step.Input("registry-type").text() == "public") login.hosts = {"public.ecr.aws"};
    return login;
  }
  if (step.uses == "azure/docker-login") {
    AddHost(step.Input("login-server"), login);
    return login;
  }
  if (step.uses == "redhat-actions/podman-login") {
    AddHost(step.Input("registry"), login);
    return login;
  }
  // These log in to a cloud, not to its registries.
  if (step.uses == "google-github-actions/auth" || step.uses == "azure/login") return std::nullopt;
  // Any other action that speaks of a login may do what it likes.
  if (step.uses.find("login") != std::string::npos || step.uses.find("auth") != std::string::npos) {
    login.known = false;
    return login;
  }
  return std::nullopt;
}

std::vector<RegistryUse> RegistryUsesOf(const Command& command) {
  std::vector<RegistryUse> uses;
  const std::string_view program = command.Program();
  if (!IsClient(program) || program == "helm" || program == "skopeo" || program == "crane") {
    return uses;
  }
  const size_t at = Word(command, 1) == "image" ? 2 : 1;
  const std::string_view verb = Word(command, at);
  if (verb == "push" || verb == "pull") {
    const std::vector<size_t> operands = OperandPlaces(command, at + 1);
    if (!operands.empty()) uses.push_back(UseOf(command, operands.back(), verb == "push"));
    return uses;
  }
  const bool build = verb == "build" || (verb == "buildx" && Word(command, at + 1) == "build");
  if (!build) return uses;
  const bool pushes = std::any_of(command.argv.begin(), command.argv.end(),
                                  [](const Value& word) { return word.text() == "--push"; });
  if (!pushes) return uses;
  for (size_t i = at + 1; i + 1 < command.argv.size(); ++i) {
    const std::string_view text = command.argv[i].text();
    if (text == "-t" || text == "--tag") uses.push_back(UseOf(command, i + 1, true));
  }
  return uses;
}

std::vector<RegistryUse> RegistryUsesOf(const CiStep& step) {
  std::vector<RegistryUse> uses;
  if (!step.build || !IsTrue(step.Input("push"))) return uses;
  const Value& tags = step.Input("tags");
  const std::string_view text = tags.text();
  for (uint32_t begin = 0; begin < text.size();) {
    const auto end = static_cast<uint32_t>(std::min(text.find_first_of(",\n", begin), text.size()));
    Value tag = tags.Slice({begin, end}).Trimmed();
    const Span span = tag.ToSource();
    if (!tag.empty()) uses.push_back({std::move(tag), span, true});
    begin = end + 1;
  }
  return uses;
}

bool Serves(std::string_view host, std::string_view registry) {
  if (host == kAnyEcr) {
    return registry.find(".dkr.ecr.") != registry.npos || registry == "public.ecr.aws";
  }
  if (ToLower(host) == ToLower(registry)) return true;
  return registry == kHub && host == kHub;
}

}  // namespace oakum
