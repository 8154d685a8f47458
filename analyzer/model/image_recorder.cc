#include "analyzer/model/image_recorder.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace oakum {

uint32_t RunRecorder::Record(FileEvent event) {
  if (!part_.empty() && !part_.Contains(event.span)) event.span = part_;
  const Key key{event.action, event.path, script_, event.span.begin, event.span.end};
  const auto [made, added] = made_.try_emplace(key, static_cast<uint32_t>(build_.events.size()));
  if (!added) return made->second;
  event.stage = context_.stage;
  event.instruction = context_.instruction;
  event.in_run = true;
  if (!script_.empty()) {
    event.script = script_;
    event.script_span = std::exchange(event.span, call_);
  }
  event.onbuild = context_.onbuild;
  event.instruction_span = context_.span;
  event.user = context_.scope->user();
  build_.events.push_back(std::move(event));
  return made->second;
}

// What every creation by a command of this RUN says.
FileEvent RunRecorder::NewFile(const std::string& path, const Content& content, Span span) const {
  FileEvent event;
  event.path = path;
  event.span = span;
  event.origin = content.origin;
  event.source = content.source;
  event.origin_span = content.where;
  event.content = content.text;
  event.owner = context_.scope->user();
  return event;
}

void RunRecorder::Create(const std::string& path, const Content& content, Span span, bool append,
                         std::optional<uint32_t> mode, ShellState& state) {
  if (build_.events.size() >= kMaxImageEvents) return;
  FileEvent event = NewFile(path, content, span);
  event.mode = mode;
  event.carries = content.file;
  Place(std::move(event), append, state);
}

void RunRecorder::CreateState(const std::string& path, const Content& secret, Span span,
                              const std::string& tool, bool in_uri, ShellState& state) {
  if (build_.events.size() >= kMaxImageEvents) return;
  FileEvent event = NewFile(path, secret, span);
  event.tool = tool;
  event.in_uri = in_uri;
  event.mode = 0600;
  Place(std::move(event), true, state);
}

// Text that is added leaves the mode of the file that was there.
void RunRecorder::Place(FileEvent event, bool append, ShellState& state) {
  const std::string path = event.path;
  const ImageFiles::Creations* there = append ? state.files.At(path) : nullptr;
  if (there) {
    event.appends = *there->rbegin();
    event.mode = build_.FinalMode(event.appends);
  }
  const uint32_t creation = Record(std::move(event));
  if (there) {
    state.files.Add(path, creation);
  } else {
    state.files.Put(path, creation);
  }
}

void RunRecorder::Remove(const std::string& pattern, bool below, Span span, ShellState& state) {
  if (build_.events.size() >= kMaxImageEvents) return;
  const ImageFiles::Creations removed = state.files.Remove(state.files.Matching(pattern, below));
  FileEvent event;
  event.action = FileAction::kRemove;
  event.path = pattern;
  event.span = span;
  event.about.assign(removed.begin(), removed.end());
  const uint32_t index = Record(std::move(event));
  // On another way through the script it may hit more.
  std::vector<uint32_t>& about = build_.events[index].about;
  for (const uint32_t creation : removed) {
    if (std::find(about.begin(), about.end(), creation) == about.end()) about.push_back(creation);
  }
}

void RunRecorder::Change(FileAction action, const std::string& pattern, bool below, Span span,
                         const std::string& to, ShellState& state) {
  if (build_.events.size() >= kMaxImageEvents) return;
  const ImageFiles::Creations changed = state.files.AllAt(state.files.Matching(pattern, below));
  FileEvent event;
  event.action = action;
  event.path = pattern;
  event.span = span;
  if (action == FileAction::kMode) {
    event.mode_text = to;
  } else {
    event.owner = to;
  }
  event.about.assign(changed.begin(), changed.end());
  Record(std::move(event));
}

void RunRecorder::Finish(const ShellState* end) {
  for (const auto& [key, index] : made_) {
    FileEvent& event = build_.events[index];
    if (event.action != FileAction::kCreate) continue;
    event.in_layer = end && end->files.Holds(index) && !view_.IsOutsideLayer(event.path);
  }
}

}  // namespace oakum
