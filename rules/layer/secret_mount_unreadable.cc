// OAK208: a secret mount that the user of its RUN cannot read.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/run_secret.h"
#include "analyzer/model/run_tools.h"

namespace oakum {
namespace {

// Whether root reads the file: the commands that name it run under sudo or, if none names it, some
// command does.
bool IsReadBySudo(const Facts& facts, const ImageRun& run, const RunSecret& secret) {
  bool named = false;
  bool sudo = false;
  bool all = true;
  for (const uint32_t index : run.commands) {
    const Command& command = facts.commands[index];
    sudo |= command.sudo;
    if (!Mentions(run, command, secret.target)) continue;
    named = true;
    all &= command.sudo;
  }
  return named ? all : sudo;
}

// Root's home is closed to everybody else, whatever the mode of a file in it.
bool IsInRootsHome(const ImageRun& run, const RunSecret& secret) {
  return !run.root && run.user.find("${") == run.user.npos && secret.target.starts_with("/root/");
}

std::string UserText(const ImageRun& run) {
  const bool number = run.user.find_first_not_of("0123456789") == run.user.npos;
  if (number || !run.uid) return fmt::format("user {}", run.user);
  return fmt::format("user {} (uid {})", run.user, *run.uid);
}

std::string Reason(const ImageRun& run, const RunSecret& secret, bool closed) {
  if (closed && CanRead(run, *secret.mount)) {
    return "its folder /root is closed to everybody but root";
  }
  const DockerMount& mount = *secret.mount;
  return fmt::format("the file belongs to uid {} and has mode {:04o}", mount.uid.value_or(0),
                     mount.EffectiveMode());
}

std::string Help(const ImageRun& run, const RunSecret& secret, bool closed) {
  if (closed) {
    const bool home = run.home.find("${") == run.home.npos;
    const std::string name(secret.target.substr(std::string_view("/root").size()));
    return fmt::format("mount it where the user may look, and as its own: target={},uid={}",
                       home ? run.home + name : "PATH", run.uid ? std::to_string(*run.uid) : "UID");
  }
  return fmt::format("let the mount belong to the user: uid={}",
                     run.uid ? std::to_string(*run.uid) : "UID");
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  const ImageConfig* config = document.image_config();
  if (config == nullptr) return;
  for (const ImageRun& run : config->runs) {
    for (const RunSecret& secret : SecretsOf(run)) {
      if (secret.target.empty()) continue;
      const bool closed = IsInRootsHome(run, secret);
      const bool readable = CanRead(run, *secret.mount);
      if ((readable && !closed) || IsReadBySudo(facts, run, secret)) continue;
      // It is the user's own, in a place where no tool of that user looks: OAK209 says so.
      if (readable && UnreadIn(run, secret, facts, *config)) continue;
      Finding finding;
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.message = fmt::format(
          "This RUN runs as {}, which cannot read secret {} at {}: {}. A program that is asked for "
          "the file fails, and one that looks for it by itself goes on without credentials.",
          UserText(run), secret.id, secret.target, Reason(run, secret, closed));
      finding.where = {&document.source(), secret.mount->span};
      finding.help = Help(run, secret, closed);
      if (!closed && run.uid && !secret.mount->Option("uid") && !secret.mount->Option("mode")) {
        const Span end{secret.mount->span.end, secret.mount->span.end};
        finding.fixes.push_back({"Let the mount belong to the user of the RUN",
                                 false,
                                 {{{&document.source(), end}, fmt::format(",uid={}", *run.uid)}}});
      }
      finding.anchor = fmt::format("RUN as {}/secret {} {}", run.user, secret.id, secret.target);
      report(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule kSecretMountUnreadable = {
    .code = "OAK208",
    .name = "secret-mount-unreadable",
    .severity = Severity::kWarning,
    .summary = "The user of a RUN cannot read its secret mount.",
    .check_document = Check,
};

}  // namespace oakum
