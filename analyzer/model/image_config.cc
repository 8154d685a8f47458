#include "analyzer/model/image_config.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/credential/uri.h"
#include "analyzer/model/docker_scope.h"
#include "analyzer/model/inline_secret.h"
#include "analyzer/model/user_command.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

using How = VariableUse::How;
constexpr size_t kMaxTakenOver = 100'000;  // variables that stages take over from others
using Names = std::map<std::string, uint32_t, std::less<>>;  // to ImageConfig::variables

// A stage while it is read.
struct LiveStage {
  DockerScope scope;
  Names names;
};

// "Private-Token: ..." and no sentence with a colon.
bool IsHeader(const Value& word) {
  const std::string_view name = word.text().substr(0, word.text().find(':'));
  return std::all_of(name.begin(), name.end(), [](char c) { return IsAlnum(c) || c == '-'; });
}

class Reader {
 public:
  Reader(const Dockerfile& dockerfile, const Facts& facts, const ImageBuild& image)
      : dockerfile_(dockerfile), facts_(facts), image_(image), global_(dockerfile.escape) {
    for (uint32_t i = 0; i < facts.commands.size(); ++i) {
      if (facts.commands[i].host == CommandHost::kImageBuild) {
        commands_.emplace(facts.commands[i].span.begin, i);
      }
    }
    for (uint32_t i = 0; i < facts.uris.size(); ++i) uris_.emplace(facts.uris[i].span.begin, i);
    for (uint32_t i = 0; i < image.events.size(); ++i) {
      events_.emplace(image.events[i].instruction, i);
    }
  }

  ImageConfig Run() && {
    for (uint32_t i = 0; i < dockerfile_.instructions.size(); ++i) {
      const DockerInstruction& instruction = dockerfile_.instructions[i];
      if (instruction.keyword == DockerKeyword::kFrom) {
        From(instruction);
      } else {
        Step(instruction, i, false);
      }
    }
    config_.takers.resize(config_.variables.size());
    for (uint32_t i = 0; i < config_.variables.size(); ++i) {
      for (const uint32_t source : config_.variables[i].sources) {
        config_.takers[source].push_back(i);
      }
    }
    return std::move(config_);
  }

 private:
  DockerScope& scope() { return live_.empty() ? global_ : live_.back().scope; }
  Names& names() { return live_.empty() ? global_names_ : live_.back().names; }
  uint32_t stage() const {
    return live_.empty() ? kNoIndex : static_cast<uint32_t>(live_.size()) - 1;
  }

  void From(const DockerInstruction& from) {
    LiveStage next{DockerScope(dockerfile_.escape), {}};
    if (!from.arguments.empty()) {
      const std::string base = global_.Resolve(from.arguments[0]).Describe();
      const auto known = base.empty() ? stages_.end() : stages_.find(base);
      if (known != stages_.end()) {
        const LiveStage& parent = live_[known->second];
        // A chain of stages, each with its variables, is as much as all of them together.
        taken_over_ += 1 + parent.names.size();
        if (taken_over_ <= kMaxTakenOver) {
          next.scope = parent.scope;
          next.names = parent.names;
        }
      } else if (const DockerScope* known_base = image_.stages[live_.size()].base_scope) {
        next.scope.SetBase(*known_base);
      } else {
        next.scope.SetBase(base);
      }
    }
    if (from.arguments.size() == 3 && !from.arguments[2].empty()) {
      stages_[ToLowerAscii(from.arguments[2].text())] = live_.size();
    }
    live_.push_back(std::move(next));
  }

  void Step(const DockerInstruction& instruction, uint32_t index, bool onbuild) {
    switch (instruction.keyword) {
      case DockerKeyword::kArg:
        Pairs(instruction, index, onbuild, ImageVariable::Kind::kArg);
        break;
      case DockerKeyword::kEnv:
        Pairs(instruction, index, onbuild, ImageVariable::Kind::kEnv);
        break;
      case DockerKeyword::kLabel:
        Pairs(instruction, index, onbuild, ImageVariable::Kind::kLabel);
        break;
      case DockerKeyword::kWorkdir:
        if (!instruction.arguments.empty()) scope().SetWorkdir(instruction.arguments[0]);
        break;
      case DockerKeyword::kUser:
        if (!instruction.arguments.empty()) scope().SetUser(instruction.arguments[0]);
        break;
      case DockerKeyword::kRun:
        if (!live_.empty()) Run(instruction, index, onbuild);
        break;
      case DockerKeyword::kOnbuild:
        if (!onbuild && !instruction.trigger.empty()) Step(instruction.trigger[0], index, true);
        return;
      default:
        break;
    }
    UrisOf(instruction);
    FilesOf(index);
  }

  void Pairs(const DockerInstruction& instruction, uint32_t index, bool onbuild,
             ImageVariable::Kind kind) {
    std::vector<std::pair<std::string, uint32_t>> set;  // one ENV sees one snapshot
    for (const DockerPair& pair : instruction.pairs) {
      ImageVariable variable;
      variable.kind = kind;
      variable.name = kind == ImageVariable::Kind::kArg ? std::string(pair.name.text())
                                                        : scope().Resolve(pair.name).Describe();
      variable.value = scope().Refer(pair.value);
      variable.has_value = pair.has_value;
      variable.stage = stage();
      variable.instruction = index;
      variable.onbuild = onbuild;
      variable.span = pair.text.ToSource();
      variable.sources = SourcesOf(variable);
      const auto number = static_cast<uint32_t>(config_.variables.size());
      if (kind == ImageVariable::Kind::kArg) {
        const DockerVariable* known = scope().Find(variable.name);
        const bool hides = pair.has_value || !known || known->kind != DockerVariable::Kind::kEnv;
        scope().SetArg(pair, live_.empty() ? nullptr : &global_);
        if (hides) names().insert_or_assign(variable.name, number);
      } else if (kind == ImageVariable::Kind::kEnv) {
        set.emplace_back(variable.name, number);
      }
      config_.variables.push_back(std::move(variable));
    }
    if (kind != ImageVariable::Kind::kEnv) return;
    scope().SetEnv(instruction);
    for (auto& [name, number] : set) names().insert_or_assign(std::move(name), number);
  }

  std::vector<uint32_t> SourcesOf(const ImageVariable& variable) {
    std::vector<uint32_t> sources;
    const auto add = [&sources](const Names& names, std::string_view name) {
      const auto known = names.find(name);
      if (known == names.end()) return;
      if (std::find(sources.begin(), sources.end(), known->second) == sources.end()) {
        sources.push_back(known->second);
      }
    };
    for (const Value::PlacedHole& placed : variable.value.holes()) {
      add(names(), placed.hole.name);
    }
    const bool redeclared = variable.kind == ImageVariable::Kind::kArg && !variable.has_value;
    if (redeclared && !live_.empty()) add(global_names_, variable.name);
    return sources;
  }

  void Run(const DockerInstruction& instruction, uint32_t index, bool onbuild) {
    ImageRun run;
    run.stage = stage();
    run.instruction = index;
    run.onbuild = onbuild;
    run.span = instruction.span;
    run.user = scope().user();
    run.root = scope().IsRoot();
    run.uid = scope().Uid();
    run.home = scope().RunHome();
    run.workdir = scope().workdir();
    std::vector<DockerError> errors;  // the parser has recorded them
    for (const DockerFlag& flag : instruction.flags) {
      if (flag.name != "mount") continue;
      run.mounts.push_back(
          ParseDockerMount(flag, dockerfile_.escape, scope().ResolvingLookup(), errors));
    }
    hidden_.clear();
    for (const DockerMount& mount : run.mounts) {
      if (const std::optional<Value> env = mount.Env()) hidden_.push_back(env->Describe());
    }
    const auto end = commands_.lower_bound(instruction.span.end);
    for (auto at = commands_.lower_bound(instruction.span.begin); at != end; ++at) {
      run.commands.push_back(at->second);
      Uses(facts_.commands[at->second]);
      if (const std::optional<MadeUser> made = UserMadeBy(facts_.commands[at->second])) {
        scope().AddUser(made->name, made->uid, made->home);
      }
    }
    hidden_.clear();
    config_.runs.push_back(std::move(run));
  }

  void Uses(const Command& command) {
    const std::string program(command.Program());
    const auto note = [&](const Value& value, Span span) {
      Note(value, How::kMention, span, program);
    };
    for (const Value& word : command.argv) note(word, word.ToSource());
    for (const Assignment& assignment : command.environment) {
      note(assignment.value, assignment.span);
    }
    for (const Redirection& redirection : command.redirections) {
      note(redirection.target, command.span);
    }
    for (const InlineSecret& secret : InlineSecretsOf(command, facts_.commands)) {
      Note(secret.secret, secret.header ? How::kHeader : How::kLogin, secret.argument, secret.tool);
    }
    // A header for a program that is not known, and what is piped into a login.
    for (const Value& word : command.argv) {
      if (IsHeader(word)) Note(SecretOfHeader(word), How::kHeader, word.ToSource(), program);
    }
    if (command.stdout_to < 0) return;
    const Command& reader = facts_.commands[static_cast<size_t>(command.stdout_to)];
    const bool login = std::any_of(reader.argv.begin(), reader.argv.end(), [](const Value& word) {
      return word.text() == "--password-stdin" || word.text() == "--with-token";
    });
    if (!login) return;
    for (const Value& word : command.argv) {
      Note(word, How::kLogin, word.ToSource(), std::string(reader.Program()));
    }
  }

  // The URIs of an instruction whose credentials variables fill in.
  void UrisOf(const DockerInstruction& instruction) {
    const auto end = uris_.lower_bound(instruction.span.end);
    for (auto at = uris_.lower_bound(instruction.span.begin); at != end; ++at) {
      const UriUse& use = facts_.uris[at->second];
      // Of an ADD the history has the whole URL.
      if (use.consumer == "ADD") Note(use.uri.whole, How::kUri, use.span, use.consumer);
      for (const UriCredential& credential : CredentialsIn(use.uri)) {
        if (credential.kind != SecretKind::kInterpolated) continue;
        Note(credential.secret, How::kUri, use.span, use.consumer);
      }
    }
  }

  // The files whose content is made from an ARG.
  void FilesOf(uint32_t index) {
    for (auto [at, end] = events_.equal_range(index); at != end; ++at) {
      const FileEvent& event = image_.events[at->second];
      if (event.action != FileAction::kCreate) continue;
      const How how = event.in_layer ? How::kFile : How::kScratch;
      if (event.origin == FileOrigin::kBuildArg) {
        NoteName(event.source, how, event.span, event.path);
      } else if (event.origin == FileOrigin::kHeredoc) {
        Note(event.content, how, event.span, event.path);
      }
    }
  }

  void Note(const Value& value, How how, Span span, const std::string& what) {
    for (const Value::PlacedHole& placed : value.holes()) {
      if (placed.hole.origin == HoleOrigin::kCommand) continue;
      NoteName(placed.hole.name, how, span, what);
    }
  }

  // One use a place: the most telling one.
  void NoteName(std::string_view name, How how, Span span, const std::string& what) {
    if (std::find(hidden_.begin(), hidden_.end(), name) != hidden_.end()) return;
    const auto known = names().find(name);
    if (known == names().end()) return;
    std::vector<VariableUse>& uses = config_.variables[known->second].uses;
    for (VariableUse& use : uses) {
      if (!use.span.Overlaps(span)) continue;
      if (how > use.how) use = {how, span, what};
      return;
    }
    uses.push_back({how, span, what});
  }

  const Dockerfile& dockerfile_;
  const Facts& facts_;
  const ImageBuild& image_;
  std::multimap<uint32_t, uint32_t> commands_;  // of RUN, by where they begin
  std::multimap<uint32_t, uint32_t> uris_;      // by where they begin
  std::multimap<uint32_t, uint32_t> events_;    // by instruction
  DockerScope global_;
  Names global_names_;
  std::vector<LiveStage> live_;
  std::map<std::string, size_t> stages_;  // by name
  size_t taken_over_ = 0;
  std::vector<std::string> hidden_;  // by secret mounts of the RUN at hand
  ImageConfig config_;
};

}  // namespace

std::vector<uint32_t> ImageConfig::DerivedFrom(uint32_t variable) const {
  std::set<uint32_t> derived;
  std::vector<uint32_t> open{variable};
  while (!open.empty()) {
    const uint32_t at = open.back();
    open.pop_back();
    for (const uint32_t taker : takers[at]) {
      if (derived.insert(taker).second) open.push_back(taker);
    }
  }
  return {derived.begin(), derived.end()};
}

ImageConfig BuildImageConfig(const Dockerfile& dockerfile, const Facts& facts,
                             const ImageBuild& image) {
  return Reader(dockerfile, facts, image).Run();
}

}  // namespace oakum
