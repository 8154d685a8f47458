#include "analyzer/cli/load.h"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/utf8.h"
#include "analyzer/cli/decode.h"
#include "analyzer/model/credential_file.h"
#include "analyzer/model/interest.h"

namespace oakum {

namespace {

// What became of one file.
struct Outcome {
  std::unique_ptr<Document> document;  // null if nothing in it can matter
  std::unique_ptr<Source> module;      // if it can matter to those that import it
  std::vector<Notification> notifications;
  bool binary = false;
  bool read = false;
  bool failed = false;
  uint64_t bytes = 0;
};

void Say(Outcome& outcome, Notification::Level level, const std::string& path,
         std::string message) {
  outcome.notifications.push_back({level, path, std::move(message), {}});
}

// Counted where nobody would expect text; said where the name promises it, or somebody asked for
// it; a failure where both hold.
void JudgeBinary(const InputFile& input, Language by_path, Outcome& outcome) {
  const bool promised = by_path != Language::kUnknown;
  outcome.binary = !input.named && !promised;
  if (outcome.binary) return;
  outcome.failed = input.named && promised;
  Say(outcome, outcome.failed ? Notification::Level::kError : Notification::Level::kWarning,
      input.path, "Not read: holds NUL bytes, so it is no text.");
}

// `files` is null for a text that is not on disk, which has no mode; `by_path` is what the file's
// path says of its language.
void Judge(const FileSystem* files, const InputFile& input, Language by_path, std::string_view text,
           Outcome& outcome) {
  const uint64_t size = text.size();
  std::string transcoded;
  const TextKind kind = DecodeText(text, transcoded);
  if (kind == TextKind::kBinary) return JudgeBinary(input, by_path, outcome);
  outcome.read = true;
  outcome.bytes = size;
  if (kind == TextKind::kUtf16) {
    Say(outcome, Notification::Level::kNote, input.path,
        "Read as UTF-16; positions are those of the same text in UTF-8.");
  }
  const Language language = LanguageOf(by_path, input.path, text);
  if (!MayMatter(language, text, input.path) && !CredentialFileAt(input.path)) {
    const bool module =
        language == Language::kPython && !input.ignored && MayMatterToOthers(text, input.path);
    if (module) outcome.module = std::make_unique<Source>(input.path, std::string(text));
    return;
  }
  uint32_t mode = 0;
  if (files != nullptr) {
    if (const Result<FileInfo> info = files->Stat(input.path)) mode = info->mode;
  }
  outcome.document = std::make_unique<Document>(
      std::make_unique<Source>(input.path, std::string(text)), language, mode,
      input.link        ? Tracking::kLink
      : input.ignored   ? Tracking::kIgnored
      : input.untracked ? Tracking::kUntracked
                        : Tracking::kTracked);
  if (kind == TextKind::kPlain && !IsUtf8(text)) {
    Say(outcome, Notification::Level::kNote, input.path,
        "Not all of it is UTF-8; the other bytes are read as they are.");
  }
}

// What git ignores is no part of what was asked for: it is not counted, nor is a word said of it.
void HideRead(Outcome& outcome) {
  outcome.notifications.clear();
  outcome.binary = false;
  outcome.read = false;
  outcome.bytes = 0;
}

Outcome LoadOne(const FileSystem& files, const InputFile& input) {
  Outcome outcome;
  thread_local std::string buffer;
  const Language by_path = LanguageOfPath(input.path);
  const uint64_t most = by_path == Language::kYaml ? kMaxYamlBytes : kMaxFileBytes;
  const FileKind listed = input.named || input.link ? FileKind::kOther : FileKind::kRegular;
  const Result<std::string_view> text = files.ReadInto(input.path, most, listed, buffer);
  if (!text && (input.ignored || input.link)) return outcome;
  if (!text) {
    outcome.failed = input.named;
    Say(outcome, input.named ? Notification::Level::kError : Notification::Level::kWarning,
        input.path, fmt::format("Not read: {}.", text.error().message));
    return outcome;
  }
  Judge(&files, input, by_path, *text, outcome);
  // Asked for later, by one who would have to wait; but for what is understood together with other
  // files, once all are there.
  if (outcome.document && !outcome.document->joins_others()) outcome.document->facts();
  if (input.ignored || input.link) HideRead(outcome);
  return outcome;
}

void Take(Outcome outcome, const std::string& path, Loaded& loaded) {
  loaded.files += outcome.read ? 1 : 0;
  loaded.bytes += outcome.bytes;
  loaded.failed |= outcome.failed;
  if (outcome.binary) loaded.binary.push_back(path);
  if (outcome.document) loaded.documents.push_back(std::move(outcome.document));
  if (outcome.module) loaded.modules.push_back(std::move(outcome.module));
  std::move(outcome.notifications.begin(), outcome.notifications.end(),
            std::back_inserter(loaded.notifications));
}

}  // namespace

struct Loader::Piece {
  const InputFile& input;
  Outcome outcome;
};

Loader::Loader(const FileSystem& files, unsigned jobs, std::stop_token stop)
    : files_(files), queue_(jobs, std::move(stop)) {}

Loader::~Loader() = default;

void Loader::Add(const InputFile& input) {
  Piece& piece = pieces_.emplace_back(Piece{input, {}});
  queue_.Add([this, &piece] { piece.outcome = LoadOne(files_, piece.input); });
}

Loaded Loader::Finish(std::span<InputFile* const> kept) {
  queue_.Finish();
  Loaded loaded;
  for (const InputFile* input : kept) {
    Take(std::move(pieces_[input->number].outcome), input->path, loaded);
  }
  return loaded;
}

void LoadText(const std::string& path, std::string_view text, Loaded& loaded) {
  Outcome outcome;
  Judge(nullptr, {.path = path, .named = true}, LanguageOfPath(path), text, outcome);
  Take(std::move(outcome), path, loaded);
}

}  // namespace oakum
