#include "analyzer/model/image_build.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/model/docker_scope.h"
#include "analyzer/model/embedded_program.h"
#include "analyzer/model/file_mode.h"
#include "analyzer/model/image_context.h"
#include "analyzer/model/image_copy.h"
#include "analyzer/model/image_files.h"
#include "analyzer/model/image_run.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

// Files that are looked at or taken over, of all stages together: a stage takes over the files and
// variables of the one it is built FROM, and each command of a RUN may ask for every file.
constexpr size_t kMaxWork = 200'000;
constexpr size_t kBytesACommand = 32;

// A stage while it is replayed.
struct LiveStage {
  DockerScope scope;
  ImageFiles files;
  std::vector<std::string> shell;
  std::vector<const DockerInstruction*> triggers;  // pending ONBUILD
  size_t steps = 0;  // its instructions, and those of the stages it is built FROM
};

class Builder {
 public:
  Builder(const Dockerfile& dockerfile, const ContextView* context)
      : dockerfile_(dockerfile), context_(context), global_(dockerfile.escape) {}

  ImageBuild Run() && {
    for (uint32_t i = 0; i < dockerfile_.instructions.size(); ++i) {
      const DockerInstruction& instruction = dockerfile_.instructions[i];
      if (instruction.keyword == DockerKeyword::kFrom) {
        From(instruction);
      } else if (!live_.empty()) {
        Step(instruction, i, false);
      } else if (instruction.keyword == DockerKeyword::kArg) {
        for (const DockerPair& pair : instruction.pairs) global_.SetArg(pair, nullptr);
      }
    }
    CloseStage();
    for (uint32_t at = static_cast<uint32_t>(build_.stages.size()) - 1; at < build_.stages.size();
         at = build_.stages[at].parent) {
      build_.stages[at].in_image = true;
    }
    for (size_t i = 0; i < live_.size(); ++i) build_.stages[i].scope = std::move(live_[i].scope);
    return std::move(build_);
  }

 private:
  void CloseStage() {
    if (live_.empty()) return;
    build_.stages.back().user = live_.back().scope.user();
    build_.stages.back().workdir = live_.back().scope.workdir();
    build_.stages.back().home = live_.back().scope.RunHome();
    if (!Take(live_.back().files.all().size())) return;
    for (const auto& [path, creations] : live_.back().files.all()) {
      build_.stages.back().files.push_back({path, {creations.begin(), creations.end()}});
    }
  }

  void From(const DockerInstruction& from) {
    CloseStage();
    ImageStage stage;
    stage.span = from.span;
    if (!from.arguments.empty()) stage.base = global_.Resolve(from.arguments[0]).Describe();
    if (from.arguments.size() == 3) stage.name = ToLowerAscii(from.arguments[2].text());
    LiveStage live{DockerScope(dockerfile_.escape), {}, {"/bin/sh", "-c"}, {}};
    if (!stage.base.empty()) stage.parent = Named(stage.base);
    if (stage.parent != kNoIndex && Take(live_[stage.parent].steps)) {
      live = live_[stage.parent];
      live.triggers.clear();
    } else {
      if (context_ != nullptr && context_->base) stage.base_scope = context_->base(stage.base);
      if (stage.base_scope != nullptr) {
        live.scope.SetBase(*stage.base_scope);
      } else {
        live.scope.SetBase(stage.base);
      }
    }
    if (!stage.name.empty()) names_[stage.name] = static_cast<uint32_t>(build_.stages.size());
    build_.stages.push_back(std::move(stage));
    live_.push_back(std::move(live));
  }

  // False, and the image is not complete, once the work is too much for one file.
  bool Take(size_t work) {
    work_ += std::min(work, kMaxWork);
    if (work_ > kMaxWork || build_.events.size() >= kMaxImageEvents) build_.complete = false;
    return build_.complete;
  }

  void Step(const DockerInstruction& instruction, uint32_t index, bool onbuild) {
    if (!Take(0)) return;
    ++live_.back().steps;
    DockerScope& scope = live_.back().scope;
    const auto& arguments = instruction.arguments;
    switch (instruction.keyword) {
      case DockerKeyword::kArg:
        for (const DockerPair& pair : instruction.pairs) scope.SetArg(pair, &global_);
        break;
      case DockerKeyword::kEnv:
        scope.SetEnv(instruction);
        break;
      case DockerKeyword::kWorkdir:
        if (!arguments.empty()) scope.SetWorkdir(arguments[0]);
        break;
      case DockerKeyword::kUser:
        if (!arguments.empty()) scope.SetUser(arguments[0]);
        break;
      case DockerKeyword::kShell:
        live_.back().shell.clear();
        for (const MappedText& word : arguments) live_.back().shell.emplace_back(word.text());
        break;
      case DockerKeyword::kAdd:
      case DockerKeyword::kCopy:
        Copy(instruction, index, onbuild);
        break;
      case DockerKeyword::kRun:
        Run(instruction, index, onbuild);
        break;
      case DockerKeyword::kOnbuild:
        // Replayed in place: what a child image does with it is what the text says.
        if (!onbuild && !instruction.trigger.empty()) Step(instruction.trigger[0], index, true);
        break;
      default:
        break;
    }
  }

  void Copy(const DockerInstruction& instruction, uint32_t index, bool onbuild) {
    CopyContext context;
    context.files = context_;
    context.scope = &live_.back().scope;
    context.stage = static_cast<uint32_t>(build_.stages.size()) - 1;
    context.instruction = index;
    context.onbuild = onbuild;
    if (const DockerFlag* from = instruction.Flag("from")) {
      context.from = FindStage(from->value.text());
      context.foreign = context.from == kNoIndex;
      if (context.from != kNoIndex) {
        context.from_files = &live_[context.from].files;
        build_.stages.back().uses.push_back(context.from);
      }
    }
    ReplayCopy(instruction, context, build_, live_.back().files);
  }

  // By number, or by name in any case; an image or a named context is none.
  uint32_t FindStage(std::string_view name) const {
    const uint32_t current = static_cast<uint32_t>(build_.stages.size()) - 1;
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && number < current && std::to_string(number) == name) return number;
    const uint32_t named = name.empty() ? kNoIndex : Named(ToLowerAscii(name));
    return named == current ? kNoIndex : named;
  }

  // The last stage of that name so far, or kNoIndex.
  uint32_t Named(const std::string& name) const {
    const auto at = names_.find(name);
    return at == names_.end() ? kNoIndex : at->second;
  }

  void Run(const DockerInstruction& instruction, uint32_t index, bool onbuild) {
    LiveStage& live = live_.back();
    const size_t commands = 1 + instruction.span.size() / kBytesACommand;
    if (!Take(commands * (1 + live.files.all().size()))) return;
    RunContext context;
    context.files = context_;
    context.scope = &live.scope;
    context.stage = static_cast<uint32_t>(build_.stages.size()) - 1;
    context.instruction = index;
    context.onbuild = onbuild;
    context.span = instruction.span;
    std::vector<DockerError> errors;  // the parser has recorded them
    for (const DockerFlag& flag : instruction.flags) {
      if (flag.name != "mount") continue;
      DockerMount mount =
          ParseDockerMount(flag, dockerfile_.escape, live.scope.ResolvingLookup(), errors);
      if (mount.Get("target").text() == "/") continue;  // refused: no RUN sees it
      context.mounts.push_back(std::move(mount));
      const uint32_t from = FindStage(context.mounts.back().Get("from").text());
      const bool bind = context.mounts.back().type == DockerMountType::kBind;
      context.stage_files.push_back(from != kNoIndex && bind ? &live_[from].files : nullptr);
      if (from != kNoIndex) build_.stages.back().uses.push_back(from);
    }
    if (!Take(commands * context.shown_files())) return;
    std::vector<MadeUser> users;
    context.users = &users;
    if (instruction.exec_form) {
      std::vector<Value> argv;
      for (const MappedText& word : instruction.arguments) argv.emplace_back(word);
      ReplayArgv(argv, context, build_, live.files);
    } else if (!live.shell.empty() && IsPosixShell(live.shell[0])) {
      Script(instruction, context);
    }
    for (const MadeUser& user : users) live.scope.AddUser(user.name, user.uid, user.home);
  }

  void Script(const DockerInstruction& instruction, RunContext& context) {
    for (const std::string& word : live_.back().shell) {
      const bool flags = word.size() > 1 && word[0] == '-' && word[1] != '-';
      if (flags && word.find('e') != word.npos) context.exit_on_error = true;
    }
    const MappedText script = instruction.Script();
    if (IsForeignScript(script.text())) return;
    ReplayScript(Value(script), context, build_, live_.back().files);
  }

  const Dockerfile& dockerfile_;
  const ContextView* const context_;
  DockerScope global_;
  ImageBuild build_;
  std::vector<LiveStage> live_;
  std::map<std::string, uint32_t> names_;  // of stages
  size_t work_ = 0;
};

}  // namespace

std::string ImageStage::Label(uint32_t index) const {
  return name.empty() ? std::to_string(index) : name;
}

Value ImageBuild::TextOf(uint32_t creation) const {
  std::vector<uint32_t> parts;
  constexpr size_t kMaxParts = 64;
  for (uint32_t at = creation; at != kNoIndex && parts.size() < kMaxParts;
       at = events[at].appends) {
    parts.push_back(at);
  }
  Value::Builder text;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) text.Append(events[*part].content);
  return std::move(text).Build();
}

uint32_t ImageBuild::Origin(uint32_t creation) const {
  while (events[creation].carries != kNoIndex) creation = events[creation].carries;
  return creation;
}

std::optional<uint32_t> ImageBuild::FinalMode(uint32_t creation) const {
  std::optional<uint32_t> mode = events[creation].mode;
  for (const uint32_t later : Later(creation)) {
    const FileEvent& event = events[later];
    if (event.action != FileAction::kMode) continue;
    // A clause such as u+w says nothing without the mode before; go-rwx on 0644 does.
    mode = ApplyMode(event.mode_text, mode.value_or(0644));
  }
  return mode;
}

std::string ImageBuild::FinalOwner(uint32_t creation) const {
  std::string owner = events[creation].owner;
  for (const uint32_t later : Later(creation)) {
    if (events[later].action == FileAction::kOwner) owner = events[later].owner;
  }
  return owner;
}

std::vector<uint32_t> ImageBuild::Later(uint32_t creation) const {
  std::vector<uint32_t> later;
  for (uint32_t i = creation + 1; i < events.size(); ++i) {
    const std::vector<uint32_t>& about = events[i].about;
    if (std::find(about.begin(), about.end(), creation) != about.end()) later.push_back(i);
  }
  return later;
}

std::vector<uint32_t> ImageBuild::MisdirectedRemovals(uint32_t creation) const {
  std::vector<uint32_t> removals;
  const FileEvent& created = events[creation];
  for (uint32_t i = creation + 1; i < events.size(); ++i) {
    const FileEvent& event = events[i];
    if (event.action != FileAction::kRemove || !event.about.empty()) continue;
    if (BaseName(event.path) != BaseName(created.path)) continue;
    uint32_t stage = event.stage;
    while (stage != kNoIndex && stage != created.stage) stage = stages[stage].parent;
    if (stage == created.stage) removals.push_back(i);
  }
  return removals;
}

uint32_t ImageBuild::ReachesImage(uint32_t creation) const {
  return Reaches(creation, static_cast<uint32_t>(stages.size()) - 1);
}

uint32_t ImageBuild::Reaches(uint32_t creation, uint32_t target) const {
  std::vector<bool> in_image(stages.size());
  for (uint32_t i = target; i != kNoIndex; i = stages[i].parent) in_image[i] = true;
  if (in_image[events[creation].stage]) return creation;
  std::vector<bool> carried(events.size());
  carried[creation] = true;
  for (uint32_t i = creation + 1; i < events.size(); ++i) {
    const uint32_t from = events[i].carries;
    if (from == kNoIndex || !carried[from]) continue;
    // A copy that its own RUN removes again is in no layer; what was copied from it may be.
    if (in_image[events[i].stage] && events[i].in_layer) return i;
    carried[i] = true;
  }
  return kNoIndex;
}

bool ImageBuild::Needs(uint32_t target, uint32_t stage) const {
  std::vector<bool> needed(stages.size());
  needed[target] = true;
  // A stage only refers to earlier ones.
  for (uint32_t i = target + 1; i-- > 0;) {
    if (!needed[i]) continue;
    if (stages[i].parent != kNoIndex) needed[stages[i].parent] = true;
    for (const uint32_t used : stages[i].uses) needed[used] = true;
  }
  return needed[stage];
}

uint32_t ImageBuild::StageNamed(std::string_view name) const {
  uint32_t found = kNoIndex;
  for (uint32_t i = 0; i < stages.size(); ++i) {
    if (std::to_string(i) == name) return i;
    if (!stages[i].name.empty() && stages[i].name == name) found = i;
  }
  return found;
}

ImageBuild BuildImage(const Dockerfile& dockerfile, const ContextView* files) {
  return Builder(dockerfile, files).Run();
}

}  // namespace oakum
