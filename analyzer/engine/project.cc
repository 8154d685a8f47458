#include "analyzer/engine/project.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analyzer/engine/base_images.h"
#include "analyzer/engine/build_index.h"
#include "analyzer/engine/build_sites.h"
#include "analyzer/model/credential_file.h"

namespace oakum {

namespace {

bool PathBefore(const std::unique_ptr<Document>& a, const std::unique_ptr<Document>& b) {
  return a->path() < b->path();
}

std::string_view PathOf(const std::string& path) {
  return path;
}

std::string_view PathOf(const Document* document) {
  return document->path();
}

// The elements of a list sorted by path whose paths begin with `prefix`.
template <typename List>
auto RangeWithPrefix(const List& list, const std::string& prefix) {
  const auto begin = std::partition_point(
      list.begin(), list.end(), [&](const auto& element) { return PathOf(element) < prefix; });
  const auto end = std::partition_point(
      begin, list.end(), [&](const auto& element) { return PathOf(element).starts_with(prefix); });
  return std::pair(begin, end);
}

std::string PrefixOf(std::string_view folder) {
  if (folder.empty() || folder == ".") return "";
  return folder.ends_with('/') ? std::string(folder) : std::string(folder) + "/";
}

}  // namespace

Project::Project(std::vector<std::unique_ptr<Document>> documents, std::vector<std::string> files,
                 std::vector<std::unique_ptr<Source>> modules)
    : documents_(std::move(documents)), files_(std::move(files)) {
  const auto ignored = std::stable_partition(documents_.begin(), documents_.end(),
                                             [](const auto& d) { return !d->ignored(); });
  std::move(ignored, documents_.end(), std::back_inserter(ignored_));
  documents_.erase(ignored, documents_.end());
  std::sort(documents_.begin(), documents_.end(), PathBefore);
  std::sort(ignored_.begin(), ignored_.end(), PathBefore);
  for (const auto& document : documents_) {
    by_path_.emplace(document->path(), document.get());
    document->Join(*this);
  }
  for (std::unique_ptr<Source>& module : modules) {
    std::string path = module->path();
    modules_.emplace(std::move(path), std::move(module));
  }
  // Thousands of paths, which discovery has sorted and which hold nearly all of the documents'.
  if (!std::is_sorted(files_.begin(), files_.end())) std::sort(files_.begin(), files_.end());
  std::vector<std::string> unlisted;
  for (const auto* list : {&documents_, &ignored_}) {
    for (const auto& document : *list) {
      if (document->link()) {
        credential_links_.push_back(document.get());
        continue;
      }
      const bool listed = std::binary_search(files_.begin(), files_.end(), document->path());
      if (!listed) unlisted.push_back(document->path());
      if (CredentialFileAt(document->path())) credential_files_.push_back(document.get());
    }
  }
  std::sort(credential_files_.begin(), credential_files_.end(),
            [](const Document* a, const Document* b) { return a->path() < b->path(); });
  if (!unlisted.empty()) {
    std::move(unlisted.begin(), unlisted.end(), std::back_inserter(files_));
    std::sort(files_.begin(), files_.end());
  }
  files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
}

Project::~Project() = default;

const BuildIndex& Project::builds() const {
  std::call_once(builds_once_, [this] { builds_ = std::make_unique<BuildIndex>(*this); });
  return *builds_;
}

const BaseImages& Project::base_images() const {
  std::call_once(bases_once_, [this] { bases_ = std::make_unique<const BaseImages>(*this); });
  return *bases_;
}

const std::vector<BuildSite>& Project::build_sites() const {
  std::call_once(sites_once_, [this] {
    sites_ = std::make_unique<const std::vector<BuildSite>>(FindBuildSites(*this));
  });
  return *sites_;
}

const Document* Project::Find(std::string_view path) const {
  auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

const Source* Project::FindModule(std::string_view path) const {
  const auto module = modules_.find(path);
  if (module != modules_.end()) return module->second.get();
  const Document* document = Find(path);
  return document && document->language() == Language::kPython ? &document->file() : nullptr;
}

std::vector<const Document*> Project::Of(Language language) const {
  std::vector<const Document*> result;
  for (const auto& document : documents_) {
    if (document->language() == language) result.push_back(document.get());
  }
  return result;
}

bool Project::Exists(std::string_view path) const {
  return std::binary_search(files_.begin(), files_.end(), path);
}

std::vector<std::string_view> Project::FilesBelow(std::string_view folder) const {
  const auto [begin, end] = RangeWithPrefix(files_, PrefixOf(folder));
  return {begin, end};
}

std::vector<const Document*> Project::CredentialFilesBelow(std::string_view folder) const {
  const auto [begin, end] = RangeWithPrefix(credential_files_, PrefixOf(folder));
  return {begin, end};
}

std::vector<const Document*> Project::CredentialLinksBelow(std::string_view folder) const {
  const auto [begin, end] = RangeWithPrefix(credential_links_, PrefixOf(folder));
  return {begin, end};
}

const Document* Project::CredentialFile(std::string_view path) const {
  const auto found = std::partition_point(credential_files_.begin(), credential_files_.end(),
                                          [&](const Document* d) { return d->path() < path; });
  return found != credential_files_.end() && (*found)->path() == path ? *found : nullptr;
}

}  // namespace oakum
