// Writes down what the commands of one RUN do to files, and says at its end what is left in the
// layer.
//
// Thread-safety: one replay belongs to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "analyzer/model/image_shell_state.h"

namespace oakum {

// The events of one RUN as they are made. A command that is replayed twice (on two ways through the
// script, in a loop) makes its events once.
class RunRecorder {
 public:
  RunRecorder(const RunContext& context, ImageBuild& build)
      : context_(context), build_(build), view_(context, build) {}

  const ShellView& view() const { return view_; }
  // What is done from now on is done by a script of the context that the Dockerfile calls at
  // `call`; "" for the Dockerfile itself.
  void EnterScript(std::string script, Span call) {
    script_ = std::move(script);
    call_ = call;
    part_ = {};
  }
  // The part of the script that is read next. Commands that variables put together from several
  // places are there.
  void EnterPart(Span part) { part_ = part; }
  const std::string& script() const { return script_; }
  Span call() const { return call_; }

  void Create(const std::string& path, const Content& content, Span span, bool append,
              std::optional<uint32_t> mode, ShellState& state);
  // A file that `tool` keeps for itself, with a secret that it was given.
  void CreateState(const std::string& path, const Content& secret, Span span,
                   const std::string& tool, bool in_uri, ShellState& state);
  void Remove(const std::string& pattern, bool below, Span span, ShellState& state);
  // `to` is the mode or the owner, as written.
  void Change(FileAction action, const std::string& pattern, bool below, Span span,
              const std::string& to, ShellState& state);

  // Says of every creation whether it is still there in `end`.
  void Finish(const ShellState* end);

 private:
  FileEvent NewFile(const std::string& path, const Content& content, Span span) const;
  uint32_t Record(FileEvent event);
  void Place(FileEvent event, bool append, ShellState& state);

  const RunContext& context_;
  ImageBuild& build_;
  ShellView view_;
  std::string script_;
  Span call_;
  Span part_;  // empty for the whole script
  using Key = std::tuple<FileAction, std::string, std::string, uint32_t, uint32_t>;
  std::map<Key, uint32_t> made_;
};

}  // namespace oakum
