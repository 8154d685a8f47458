#include "analyzer/base/memory_file_system.h"

#include <algorithm>
#include <set>
#include <utility>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

constexpr const char* kMissing = "No such file or directory";

}  // namespace

void MemoryFileSystem::Add(std::string_view path, std::string content, uint32_t mode) {
  files_[CleanPath(path)] = {std::move(content), mode};
}

Result<FileInfo> MemoryFileSystem::Stat(const std::string& path) const {
  const std::string clean = CleanPath(path);
  if (auto file = files_.find(clean); file != files_.end()) {
    return FileInfo{FileKind::kRegular, file->second.content.size(), file->second.mode};
  }
  if (List(clean)) return FileInfo{FileKind::kDirectory, 0, 0755};
  return Failure(kMissing);
}

Result<std::string_view> MemoryFileSystem::ReadInto(const std::string& path, uint64_t limit,
                                                    FileKind /*listed*/,
                                                    std::string& buffer) const {
  auto file = files_.find(CleanPath(path));
  if (file == files_.end()) return Failure(kMissing);
  const std::string& content = file->second.content;
  if (content.size() > limit) return Failure("is larger than the limit");
  if (buffer.size() < content.size()) buffer.resize(content.size());
  content.copy(buffer.data(), content.size());
  return std::string_view(buffer).substr(0, content.size());
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::List(const std::string& path) const {
  const std::string clean = CleanPath(path);
  const std::string prefix = clean == "." ? "" : clean == "/" ? "/" : clean + "/";
  std::vector<DirectoryEntry> entries;
  std::set<std::string> seen;
  for (auto file = files_.lower_bound(prefix); file != files_.end(); ++file) {
    if (!file->first.starts_with(prefix)) break;
    const std::string rest = file->first.substr(prefix.size());
    const size_t slash = rest.find('/');
    const std::string name = rest.substr(0, slash);
    if (!seen.insert(name).second) continue;
    entries.push_back({name, slash == rest.npos ? FileKind::kRegular : FileKind::kDirectory});
  }
  if (entries.empty() && clean != ".") return Failure(kMissing);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

Result<std::string> MemoryFileSystem::Canonical(const std::string& path) const {
  Result<FileInfo> info = Stat(path);
  if (!info) return tl::unexpected(info.error());
  return CleanPath(path);
}

}  // namespace oakum
