#include "analyzer/cli/load.h"

#include <utility>

#include <fmt/format.h>

#include "analyzer/base/thread_pool.h"

namespace oakum {

namespace {

// What became of one file.
struct Outcome {
  std::unique_ptr<Document> document;
  std::vector<Notification> notifications;
  bool binary = false;
  bool read = false;
  bool failed = false;
  uint64_t bytes = 0;
};

Outcome LoadOne(const FileSystem& files, const InputFile& input) {
  Outcome outcome;
  Result<std::string> text = files.Read(input.disk_path, kMaxFileBytes);
  if (!text) {
    outcome.notifications.push_back(
        {Notification::Level::kWarning, input.path, "Not read: " + text.error().message + ".", {}});
    outcome.failed = input.named;
    return outcome;
  }
  if (text->find('\0') != text->npos) {
    outcome.binary = true;
    return outcome;
  }
  outcome.read = true;
  outcome.bytes = text->size();
  const Result<FileInfo> info = files.Stat(input.disk_path);
  const Language language = LanguageOf(input.path, *text);
  outcome.document =
      std::make_unique<Document>(std::make_unique<Source>(input.path, std::move(*text)), language,
                                 info ? info->mode : 0, input.tracked);
  return outcome;
}

}  // namespace

Loaded Load(const FileSystem& files, std::span<const InputFile> inputs, unsigned jobs,
            const std::stop_token& stop) {
  std::vector<Outcome> outcomes(inputs.size());
  ParallelFor(inputs.size(), jobs, stop,
              [&](size_t i) { outcomes[i] = LoadOne(files, inputs[i]); });
  Loaded loaded;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    Outcome& outcome = outcomes[i];
    loaded.files += outcome.read ? 1 : 0;
    loaded.bytes += outcome.bytes;
    loaded.failed |= outcome.failed;
    if (outcome.binary) loaded.binary.push_back(inputs[i].path);
    if (outcome.document) loaded.documents.push_back(std::move(outcome.document));
    for (Notification& note : outcome.notifications)
      loaded.notifications.push_back(std::move(note));
  }
  return loaded;
}

void LoadText(std::string path, std::string text, Loaded& loaded) {
  ++loaded.files;
  loaded.bytes += text.size();
  const Language language = LanguageOf(path, text);
  loaded.documents.push_back(std::make_unique<Document>(
      std::make_unique<Source>(std::move(path), std::move(text)), language));
}

}  // namespace oakum
