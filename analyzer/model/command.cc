#include "analyzer/model/command.h"

#include <algorithm>
#include <iterator>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

// The name of a variable says what program it is, in makefiles above all: $(DOCKER), "$PIP". Its
// default, ${DOCKER:-podman}, says so itself.
std::string_view ProgramIn(const Hole& variable) {
  if (variable.fallback && variable.fallback->is_literal()) {
    return BaseName(variable.fallback->text());
  }
  struct Program {
    std::string_view variable;
    std::string_view name;
  };
  static constexpr Program kPrograms[] = {
      {"AWS", "aws"},         {"BUILDAH", "buildah"}, {"CONDA", "conda"},   {"CURL", "curl"},
      {"DOCKER", "docker"},   {"GCLOUD", "gcloud"},   {"GIT", "git"},       {"HELM", "helm"},
      {"KUBECTL", "kubectl"}, {"MAMBA", "mamba"},     {"NPM", "npm"},       {"PIP", "pip"},
      {"PIP3", "pip3"},       {"PODMAN", "podman"},   {"POETRY", "poetry"}, {"PYTHON", "python"},
      {"PYTHON3", "python3"}, {"RAY", "ray"},         {"SKOPEO", "skopeo"}, {"TWINE", "twine"},
      {"UV", "uv"},           {"WGET", "wget"},       {"YARN", "yarn"},
  };
  const auto* const at =
      std::find_if(std::begin(kPrograms), std::end(kPrograms),
                   [&variable](const Program& each) { return each.variable == variable.name; });
  return at == std::end(kPrograms) ? std::string_view() : at->name;
}

}  // namespace

std::string_view ProgramName(const Value& word) {
  const std::string_view text = word.text();
  if (word.is_literal()) return BaseName(text);
  if (const Hole* variable = word.OnlyHole()) return ProgramIn(*variable);
  const size_t slash = text.rfind('/');
  if (slash == text.npos || word.holes().back().position > slash) return {};
  return text.substr(slash + 1);
}

std::string_view Command::Program() const {
  return argv.empty() ? std::string_view() : ProgramName(argv[0]);
}

}  // namespace oakum
