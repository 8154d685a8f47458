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

#include "analyzer/model/image_shell_state.h"

namespace oakum {

// The events of one RUN as they are made. A command that is replayed twice (on two ways through the
// script, in a loop) makes its events once.
class RunRecorder {
 public:
  RunRecorder(const RunContext& context, ImageBuild& build)
      : context_(context), build_(build), view_(context, build) {}

  const ShellView& view() const { return view_; }

  void Create(const std::string& path, const Content& content, Span span, bool append,
              std::optional<uint32_t> mode, ShellState& state);
  void Remove(const std::string& pattern, bool below, Span span, ShellState& state);
  void Change(FileAction action, const std::string& pattern, bool below, Span span,
              std::optional<uint32_t> mode, const std::string& owner, ShellState& state);

  // Says of every creation whether it is still there in `end`.
  void Finish(const ShellState* end);

 private:
  uint32_t Record(FileEvent event);

  const RunContext& context_;
  ImageBuild& build_;
  ShellView view_;
  std::map<std::tuple<FileAction, std::string, uint32_t, uint32_t>, uint32_t> made_;
};

}  // namespace oakum
