#include "analyzer/model/lower_pod_facts.h"

#include <utility>
#include <vector>

#include "analyzer/model/derive.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {

namespace {

void LowerVariable(const EnvVar& variable, Facts& facts) {
  Setting setting;
  setting.name = variable.name;
  setting.value = variable.value;
  setting.name_span = variable.name_span;
  setting.span = variable.span;
  setting.scope = SettingScope::kContainer;
  AddSetting(std::move(setting), facts);
}

// Arguments for a program that the image names, not the manifest.
std::vector<Value> WithEntrypoint(const ContainerCommand& command) {
  Hole entrypoint;
  entrypoint.name = "entrypoint";
  entrypoint.span = {command.span.begin, command.span.begin};
  Value::Builder program;
  program.Append(std::move(entrypoint));
  std::vector<Value> argv = {std::move(program).Build()};
  argv.insert(argv.end(), command.argv.begin(), command.argv.end());
  return argv;
}

void LowerCommand(const ContainerCommand& command, bool ray, Facts& facts) {
  if (command.has_program) {
    LowerArgv(command.argv, command.span, CommandHost::kContainer, facts);
  } else if (ray && command.argv.size() == 1) {
    // KubeRay puts the arguments of the Ray container into a bash command line of its own.
    LowerShellText(command.argv[0], CommandHost::kContainer, facts);
  } else {
    LowerArgv(WithEntrypoint(command), command.span, CommandHost::kContainer, facts);
  }
}

}  // namespace

void LowerPodFacts(const PodTemplate& pod, PodTexts& seen, Facts& facts) {
  const bool ray_pod =
      pod.role == PodTemplate::Role::kHead || pod.role == PodTemplate::Role::kWorker;
  for (const Container& container : pod.containers) {
    const bool ray = ray_pod && container.kind == Container::Kind::kMain && container.index == 0;
    for (const EnvVar& variable : container.env) {
      if (variable.from != EnvVar::From::kValue) continue;
      if (seen.insert(variable.span).second) LowerVariable(variable, facts);
    }
    for (const ContainerCommand& command : container.commands) {
      if (seen.insert(command.span).second) LowerCommand(command, ray, facts);
    }
  }
}

}  // namespace oakum
