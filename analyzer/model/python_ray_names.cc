#include "analyzer/model/python_ray_names.h"

#include <algorithm>
#include <cctype>

#include "analyzer/base/one_of.h"
#include "analyzer/model/python_processes.h"
#include "analyzer/model/uri_hint.h"

namespace oakum {

bool EndsWithName(std::string_view qualified, std::string_view name) {
  return qualified.ends_with(name) &&
         (qualified.size() == name.size() || qualified[qualified.size() - name.size() - 1] == '.');
}

bool IsRuntimeEnvKeyword(std::string_view name) {
  return IsOneOf(name, {"runtime_env", "worker_runtime_env", "job_runtime_env"});
}

bool HoldsRuntimeEnv(std::string_view name) {
  return IsOneOf(name, {"ray_actor_options", "ray_remote_args", "actor_options", "task_options",
                        "controller_options", "ray_init_kwargs", "ray_init_args", "json"});
}

bool HandsOn(std::string_view text) {
  return MentionsRuntimeEnv(text) ||
         ContainsAny(text, {"JobSubmissionClient", "env_vars", "subprocess", "os.system",
                            "clone_from", "registry_login_secret"}) ||
         MayRunTasks(text);
}

std::string ShownName(const std::string& qualified, std::string_view written) {
  const bool plain = std::all_of(written.begin(), written.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '.';
  });
  if (qualified.find("()") == std::string::npos || !plain) {
    return qualified.empty() || qualified.size() > 60 ? "this call" : qualified;
  }
  return std::string(written.substr(0, 60));
}

}  // namespace oakum
