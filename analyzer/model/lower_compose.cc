#include "analyzer/model/lower_compose.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/lower_settings.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {

namespace {

class Compose {
 public:
  explicit Compose(Facts& facts) : facts_(facts) {}

  void Service(std::string_view name, const YamlNode& service) {
    Build(name, service["build"], service["image"]);
    Environment(service["build"]["args"], SettingScope::kBuildArg);
    Environment(service["environment"], SettingScope::kCompose);
    Run(service["entrypoint"]);
    Run(service["command"]);
    Run(service["healthcheck"]["test"]);
    Mounts(service["volumes"], name, [this](const YamlNode& list) { Volumes(list); });
    Mounts(service["secrets"], name,
           [this](const YamlNode& list) { Files(list, "/run/secrets/"); });
    Mounts(service["configs"], name, [this](const YamlNode& list) { Files(list, "/"); });
  }

 private:
  // The entries of Facts::mounted_paths that a list made.
  struct SharedMounts {
    size_t begin;
    size_t end;
    std::string service;
  };

  void Build(std::string_view service, const YamlNode& build, const YamlNode& image) {
    if (!build || !seen_builds_.insert(&build).second) return;
    BuildRequest request;
    request.tool = "service " + std::string(service);
    request.service = service;
    request.span = build.IsScalar() ? build.span : build["context"].span;
    if (request.span.empty()) request.span = build.span;
    request.base = BuildRequest::Base::kFile;
    request.dockerfile_in_context = true;
    request.context = ComposeVariables((build.IsScalar() ? build : build["context"]).value);
    request.dockerfile = ComposeVariables(build["dockerfile"].value);
    request.target = TargetName(ComposeVariables(build["target"].value));
    request.target_span = build["target"].span;
    for (const YamlEntry& cache : build["cache_to"].entries) {
      if (!ExportsAllStages(cache.value->value)) continue;
      request.exports_all_stages = true;
      request.cache_span = cache.value->span;
    }
    Arguments(build["args"], request);
    if (image.IsScalar()) request.tags.push_back(ComposeVariables(image.value));
    for (const YamlEntry& tag : build["tags"].entries) {
      if (tag.value->IsScalar()) request.tags.push_back(ComposeVariables(tag.value->value));
    }
    Contexts(build["additional_contexts"], request);
    facts_.build_requests.push_back(std::move(request));
  }

  // A mapping, or a list of NAME=SOURCE.
  static void Contexts(const YamlNode& contexts, BuildRequest& request) {
    for (const YamlEntry* pair : contexts.Pairs()) {
      if (!pair->key->IsScalar() || !pair->value->IsScalar()) continue;
      request.contexts.push_back(
          {TargetName(pair->key->value), ComposeVariables(pair->value->value)});
    }
    if (!contexts.IsSequence()) return;
    for (const YamlEntry& item : contexts.entries) {
      for (NamedContext& context : NamedContextLines(ComposeVariables(item.value->value))) {
        request.contexts.push_back(std::move(context));
      }
    }
  }

  // A mapping, or a list of NAME=value; an entry without a value is taken from the environment.
  static void Arguments(const YamlNode& args, BuildRequest& request) {
    for (const YamlEntry* pair : args.Pairs()) {
      if (!pair->key->IsScalar() || pair->value->IsMapping()) continue;
      BuildArgument argument;
      argument.name = pair->key->text();
      argument.value = ComposeVariables(pair->value->value);
      argument.has_value = pair->value->IsScalar();
      argument.span = Span::Cover(pair->key->span, pair->value->span);
      request.arguments.push_back(std::move(argument));
    }
    if (!args.IsSequence()) return;
    for (const YamlEntry& item : args.entries) {
      for (BuildArgument& argument : BuildArgumentLines(ComposeVariables(item.value->value))) {
        argument.span = item.value->span;
        request.arguments.push_back(std::move(argument));
      }
    }
  }

  // The mounts of a list, for the service. A list that several share is read once.
  template <typename Read>
  void Mounts(const YamlNode& list, std::string_view service, Read read) {
    if (!list.IsSequence()) return;
    const size_t first = facts_.mounted_paths.size();
    const auto [at, is_new] =
        mounts_.emplace(&list, SharedMounts{first, first, std::string(service)});
    SharedMounts& shared = at->second;
    if (is_new) read(list);
    if (is_new) shared.end = facts_.mounted_paths.size();
    if (!is_new && (shared.service.empty() || shared.service == service)) return;
    if (!is_new) shared.service.clear();
    for (size_t i = shared.begin; i < shared.end; ++i) {
      facts_.mounted_paths[i].service = shared.service;
    }
  }

  void Mount(Value path, Span span) {
    if (!path.empty()) facts_.mounted_paths.push_back({std::move(path), span, {}});
  }

  // "./netrc:/root/.netrc:ro", or a mapping with a target.
  void Volumes(const YamlNode& volumes) {
    for (const YamlEntry& volume : volumes.entries) {
      const YamlNode& node = *volume.value;
      const bool named = node.IsMapping() && !node["source"].text().empty();
      if (node.IsScalar()) Mount(TargetOfVolume(ComposeVariables(node.value)), node.span);
      if (named) Mount(ComposeVariables(node["target"].value), node.span);
    }
  }

  // Secrets and configs: by name below `folder`, or at a target of their own.
  void Files(const YamlNode& files, std::string_view folder) {
    for (const YamlEntry& file : files.entries) {
      const YamlNode& node = *file.value;
      const YamlNode& target = node["target"];
      const YamlNode& name = node.IsScalar()         ? node
                             : target.text().empty() ? node["source"]
                                                     : target;
      if (name.text().starts_with('/')) {
        Mount(name.value, node.span);
        continue;
      }
      Value::Builder path;
      path.AppendDecoded(folder, name.span);
      path.Append(ComposeVariables(name.value));
      Mount(std::move(path).Build(), node.span);
    }
  }

  void Environment(const YamlNode& environment, SettingScope scope) {
    if (!seen_.insert(&environment).second) return;  // an anchor used twice
    LowerEnvironment(environment, scope, ComposeVariables, facts_);
  }

  void Run(const YamlNode& command) {
    if (!seen_.insert(&command).second) return;
    if (command.IsScalar()) {
      return LowerShellText(ComposeVariables(command.value), CommandHost::kContainer, facts_);
    }
    if (!command.IsSequence() || command.entries.empty()) return;
    std::vector<Value> argv;
    for (const YamlEntry& word : command.entries) {
      argv.push_back(ComposeVariables(word.value->value));
    }
    if (argv[0].text() == "CMD-SHELL" && argv.size() > 1) {
      return LowerShellText(argv[1], CommandHost::kContainer, facts_);
    }
    if (argv[0].text() == "CMD") argv.erase(argv.begin());
    LowerArgv(std::move(argv), command.span, CommandHost::kContainer, facts_);
  }

  Facts& facts_;
  std::set<const YamlNode*> seen_;
  std::set<const YamlNode*> seen_builds_;
  std::map<const YamlNode*, SharedMounts> mounts_;
};

}  // namespace

void LowerCompose(const YamlNode& root, Facts& facts) {
  Compose compose(facts);
  for (const YamlEntry* service : root["services"].Pairs()) {
    compose.Service(service->key->text(), *service->value);
  }
}

}  // namespace oakum
