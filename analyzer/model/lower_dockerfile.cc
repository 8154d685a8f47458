#include "analyzer/model/lower_dockerfile.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/base/path.h"
#include "analyzer/model/context_source.h"
#include "analyzer/model/derive.h"
#include "analyzer/model/docker_scope.h"
#include "analyzer/model/embedded_program.h"
#include "analyzer/model/file_mode.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_copy.h"
#include "analyzer/model/image_files.h"
#include "analyzer/model/language.h"
#include "analyzer/model/lower_python.h"
#include "analyzer/model/lower_shell.h"
#include "analyzer/model/lower_written.h"
#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

constexpr size_t kMaxNotices = 8;
constexpr size_t kMaxTakenOver = 100'000;  // instructions that stages take over from others

// What reads the script of a RUN.
enum class Interpreter { kPosixShell, kPython, kOther };

class Lowering {
 public:
  Lowering(const Dockerfile& dockerfile, Facts& facts)
      : dockerfile_(dockerfile), facts_(facts), global_(dockerfile.escape) {}

  void Run() {
    for (const DockerInstruction& instruction : dockerfile_.instructions) Step(instruction);
    AddNotices();
  }

  // The files that COPY and ADD make of heredocs: their text is a layer of the image. Comes after
  // Run(): a later RUN says what a file is for.
  void Heredocs() {
    const std::set<std::string, std::less<>> names = RequirementFileNames(facts_);
    for (const FileEvent& event : copied_.events) {
      if (event.origin != FileOrigin::kHeredoc) continue;
      const size_t known = facts_.uris.size();
      const Language language = LanguageOf(event.path, event.content.text());
      if (language == Language::kShell) {
        LowerShellText(event.content, CommandHost::kImageRun, facts_);
      } else {
        if (language == Language::kPython) LowerProgram(event.content, facts_);
        const bool listed = names.contains(BaseName(event.path));
        LowerWrittenText(listed ? "requirements.txt" : event.path, event.content, UriSink::kImage,
                         facts_);
      }
      // What no ARG or ENV sets the builder leaves out.
      facts_.uris.erase(std::remove_if(facts_.uris.begin() + static_cast<ptrdiff_t>(known),
                                       facts_.uris.end(), HasUnsetVariable),
                        facts_.uris.end());
      AddOrigins(known, stages_[event.stage].scope);
    }
  }

 private:
  // A file that is only called like a Dockerfile gets one notice.
  void AddNotices() {
    const std::vector<DockerError>& errors = dockerfile_.errors;
    if (stages_.empty() && errors.size() > kMaxNotices) {
      facts_.notices.push_back({"the file does not read as a Dockerfile", errors.front().span});
      return;
    }
    for (size_t i = 0; i < errors.size() && i < kMaxNotices; ++i) {
      facts_.notices.push_back({errors[i].message, errors[i].span});
    }
    if (errors.size() <= kMaxNotices) return;
    facts_.notices.push_back(
        {"the file has more errors than are listed", errors[kMaxNotices].span});
  }

  DockerScope& scope() { return stages_.empty() ? global_ : stages_.back().scope; }

  void Step(const DockerInstruction& instruction) {
    if (!stages_.empty()) ++stages_.back().steps;
    switch (instruction.keyword) {
      case DockerKeyword::kFrom:
        return From(instruction);
      case DockerKeyword::kArg:
        return Pairs(instruction, SettingScope::kBuildArg);
      case DockerKeyword::kEnv:
        return Pairs(instruction, SettingScope::kImageEnv);
      case DockerKeyword::kLabel:
        return Pairs(instruction, SettingScope::kImageLabel);
      case DockerKeyword::kWorkdir:
        if (!instruction.arguments.empty()) scope().SetWorkdir(instruction.arguments[0]);
        return;
      case DockerKeyword::kUser:
        if (!instruction.arguments.empty()) scope().SetUser(instruction.arguments[0]);
        return;
      case DockerKeyword::kShell:
        if (!stages_.empty()) stages_.back().shell = InterpreterOf(instruction);
        return;
      case DockerKeyword::kRun:
        return Script(instruction, CommandHost::kImageBuild);
      case DockerKeyword::kCmd:
      case DockerKeyword::kEntrypoint:
      case DockerKeyword::kHealthcheck:
        return Script(instruction, CommandHost::kImageRun);
      case DockerKeyword::kAdd:
        Urls(instruction);
        return Sources(instruction);
      case DockerKeyword::kCopy:
        return Sources(instruction);
      case DockerKeyword::kOnbuild:
        if (!instruction.trigger.empty() &&
            instruction.trigger[0].keyword != DockerKeyword::kOnbuild) {
          Step(instruction.trigger[0]);
        }
        return;
      default:
        return;
    }
  }

  // A stage sees what the stage it is built FROM has set.
  void From(const DockerInstruction& from) {
    Stage stage{{}, DockerScope(dockerfile_.escape)};
    bool parent = false;
    if (!from.arguments.empty()) {
      const std::string base = global_.Resolve(from.arguments[0]).Describe();
      const auto known = base.empty() ? names_.end() : names_.find(base);
      if (known != names_.end()) {
        parent = true;
        const Stage& from_stage = stages_[known->second];
        stage.shell = from_stage.shell;
        // A chain of stages, each with its variables, is as much as all of them together.
        taken_over_ += from_stage.steps;
        if (taken_over_ <= kMaxTakenOver) {
          stage.scope = from_stage.scope;
          stage.steps = from_stage.steps;
        }
      }
      if (!parent) {
        if (IsWindows(base)) stage.shell = Interpreter::kOther;
        stage.scope.SetBase(base);
        if (!base.empty()) facts_.base_images.push_back({base, global_.Refer(from.arguments[0])});
      }
    }
    if (from.arguments.size() == 3) stage.name = ToLowerAscii(from.arguments[2].text());
    if (!stage.name.empty()) names_[stage.name] = stages_.size();
    stages_.push_back(std::move(stage));
  }

  void Pairs(const DockerInstruction& instruction, SettingScope where) {
    for (const DockerPair& pair : instruction.pairs) {
      Setting setting;
      setting.name = pair.name.text();
      if (where != SettingScope::kBuildArg) setting.name = scope().Resolve(pair.name).Describe();
      setting.value = scope().Refer(pair.value);
      setting.name_span = pair.name.ToSource();
      setting.span = pair.text.ToSource();
      setting.scope = where;
      const size_t known = facts_.uris.size();
      DeriveFromSetting(setting, facts_);
      AddOrigins(known);
      facts_.settings.push_back(std::move(setting));
      if (where == SettingScope::kBuildArg) {
        scope().SetArg(pair, stages_.empty() ? nullptr : &global_);
      }
    }
    if (where == SettingScope::kImageEnv) scope().SetEnv(instruction);
  }

  void Script(const DockerInstruction& instruction, CommandHost host) {
    const size_t known = facts_.uris.size();
    if (instruction.exec_form) {
      std::vector<Value> argv;
      for (const MappedText& word : instruction.arguments) argv.emplace_back(word);
      if (instruction.keyword == DockerKeyword::kHealthcheck && !argv.empty())
        argv.erase(argv.begin());
      LowerArgv(std::move(argv), instruction.span, host, facts_);
    } else {
      const Value script(instruction.Script());
      const Interpreter interpreter = InterpreterOf(script.text());
      const size_t notices = facts_.notices.size();
      if (interpreter == Interpreter::kPython) {
        LowerProgram(script, facts_);
      } else {
        LowerShellText(script, host, facts_);
        ForgetEmpty(known);
      }
      // What is no POSIX shell's script is read for its URLs as well as may be.
      if (interpreter == Interpreter::kOther) facts_.notices.resize(notices);
    }
    AddOrigins(known);
  }

  // The URLs of ADD: history has them after expansion.
  void Urls(const DockerInstruction& add) {
    const size_t known = facts_.uris.size();
    for (size_t i = 0; i + 1 < add.arguments.size(); ++i) {
      const Value source = scope().Refer(add.arguments[i]);
      std::optional<Uri> uri = ParseUri(source);
      if (!uri) continue;
      UriUse use;
      use.uri = *std::move(uri);
      use.sink = UriSink::kImage;
      use.consumer = "ADD";
      use.span = source.ToSource();
      facts_.uris.push_back(std::move(use));
    }
    AddOrigins(known);
  }

  static bool HasUnsetVariable(const UriUse& use) {
    const std::vector<UriCredential> credentials = CredentialsIn(use.uri);
    return std::any_of(credentials.begin(), credentials.end(), [](const UriCredential& credential) {
      return credential.kind == SecretKind::kInterpolated &&
             credential.secret.HasHole(HoleOrigin::kEnvironment);
    });
  }

  // URIs from `first` on whose credential is what an ENV leaves empty: `ENV PASSWORD=`.
  void ForgetEmpty(size_t first) {
    const auto is_empty = [this](const UriUse& use) {
      const std::vector<UriCredential> credentials = CredentialsIn(use.uri);
      return !credentials.empty() &&
             std::all_of(credentials.begin(), credentials.end(), [this](const UriCredential& c) {
               const Hole* hole = c.secret.OnlyHole();
               return hole && scope().IsEmpty(hole->name);
             });
    };
    facts_.uris.erase(std::remove_if(facts_.uris.begin() + static_cast<ptrdiff_t>(first),
                                     facts_.uris.end(), is_empty),
                      facts_.uris.end());
  }

  void AddOrigins(size_t first) { AddOrigins(first, scope()); }

  // What of the context is named, and the files that here-documents make.
  void Sources(const DockerInstruction& copy) {
    if (copy.Flag("from") != nullptr) return;
    if (!copy.heredocs.empty()) {
      if (stages_.empty()) return;
      CopyContext context;
      context.scope = &scope();
      context.stage = static_cast<uint32_t>(stages_.size()) - 1;
      ImageFiles files;
      return ReplayCopy(copy, context, copied_, files);
    }
    for (size_t i = 0; i + 1 < copy.arguments.size(); ++i) {
      const std::string source = scope().Resolve(copy.arguments[i]).Describe();
      if (!IsRemoteSource(source)) facts_.context_sources.push_back(ContextPathOf(source));
    }
  }

  // URIs from `first` on: the ARG or ENV lines that fill in their holes come before what is known.
  void AddOrigins(size_t first, const DockerScope& scope) {
    for (size_t i = first; i < facts_.uris.size(); ++i) {
      UriUse& use = facts_.uris[i];
      std::vector<Span> origins;
      for (const Value::PlacedHole& placed : use.uri.whole.holes()) {
        const DockerVariable* variable = scope.Find(placed.hole.name);
        if (variable && placed.hole.origin != HoleOrigin::kCommand)
          origins.push_back(variable->span);
      }
      use.origins.insert(use.origins.begin(), origins.begin(), origins.end());
    }
  }

  struct Stage {
    std::string name;
    DockerScope scope;
    Interpreter shell = Interpreter::kPosixShell;  // of RUN
    size_t steps = 0;  // its instructions, and those of the stages it is built FROM
  };

  // Images of Windows start cmd unless SHELL says otherwise.
  bool IsWindows(std::string_view image) const {
    return dockerfile_.escape == '`' || image.find("windows") != image.npos ||
           image.find("nanoserver") != image.npos;
  }

  static Interpreter InterpreterOf(const DockerInstruction& shell) {
    if (shell.arguments.empty()) return Interpreter::kPosixShell;
    const std::string_view name = BaseName(shell.arguments[0].text());
    // ["/usr/bin/env", "python3", "-c"]
    const size_t program = name == "env" && shell.arguments.size() > 1 ? 1 : 0;
    if (IsPythonInterpreter(shell.arguments[program].text())) return Interpreter::kPython;
    return IsPosixShell(name) ? Interpreter::kPosixShell : Interpreter::kOther;
  }

  // A here-document that is a script of its own says in its first line what reads it.
  Interpreter InterpreterOf(std::string_view script) const {
    if (!script.starts_with("#!")) {
      return stages_.empty() ? Interpreter::kPosixShell : stages_.back().shell;
    }
    switch (LanguageOf({}, script)) {
      case Language::kShell:
        return Interpreter::kPosixShell;
      case Language::kPython:
        return Interpreter::kPython;
      default:
        return Interpreter::kOther;
    }
  }

  const Dockerfile& dockerfile_;
  Facts& facts_;
  DockerScope global_;
  std::vector<Stage> stages_;
  std::map<std::string, size_t> names_;  // of stages
  size_t taken_over_ = 0;
  ImageBuild copied_;  // by COPY and ADD of here-documents, as far as one of them alone tells
};

}  // namespace

void LowerDockerfile(const Source& source, Facts& facts) {
  const Dockerfile dockerfile = ParseDockerfile(source.body());
  Lowering lowering(dockerfile, facts);
  lowering.Run();
  LowerDockerfileModes(dockerfile, facts);
  lowering.Heredocs();
}

}  // namespace oakum
