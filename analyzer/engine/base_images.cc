#include "analyzer/engine/base_images.h"

#include <algorithm>
#include <optional>
#include <set>

#include "analyzer/base/fill_holes.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/image_build.h"
#include "analyzer/model/image_reference.h"

namespace oakum {

namespace {

// Names of one image are equal by this: the whole of it, completed as Docker does, where it is
// literal; else the text with each hole as it is. A tag that a hole is part of is any tag.
std::string KeyOf(const Value& name) {
  if (name.is_literal()) {
    const std::optional<ImageReference> image = ParseImageReference(name.text());
    if (!image || !image->digest.empty()) return "";
    return image->registry + "/" + image->repository + ":" +
           (image->tag.empty() ? "latest" : image->tag);
  }
  std::string_view text = name.text();
  const size_t slash = std::min(text.rfind('/') + 1, text.size());
  const size_t colon = text.find(':', slash);
  const std::string_view last = text.substr(slash, std::min(colon, text.size()) - slash);
  // What is left of the name says nothing.
  if (last.empty() || last.find(Value::kHoleByte) != last.npos) return "";
  const bool open = colon != text.npos && text.find(Value::kHoleByte, colon) != text.npos;
  if (!open) return std::string(text);
  text = text.substr(0, colon);
  if (text.find(Value::kHoleByte) != text.npos) return std::string(text);
  const std::optional<ImageReference> image = ParseImageReference(text);
  return image ? image->registry + "/" + image->repository : "";
}

// The same for any tag; empty if it is one already.
std::string KeyOfAnyTag(const std::string& key) {
  const size_t colon = key.rfind(':');
  if (colon == key.npos || key.find('/', colon) != key.npos) return "";
  return key.substr(0, colon);
}

// The word with what a build passes in place of ARGs, and their defaults.
Value Filled(const Value& word, const std::vector<BuildArgument>& arguments) {
  return FillHoles(word, [&arguments](const Hole& hole) {
    const Value* value = hole.fallback.get();
    for (const BuildArgument& argument : arguments) {
      if (argument.name == hole.name && argument.has_value) value = &argument.value;
    }
    return value == nullptr ? std::nullopt : std::optional<Value>(*value);
  });
}

// The text behind the prefix, or none.
std::optional<std::string_view> Behind(const Value& source, std::string_view prefix) {
  if (!source.is_literal() || !source.text().starts_with(prefix)) return std::nullopt;
  return source.text().substr(prefix.size());
}

}  // namespace

BaseImages::BaseImages(const Project& project) : project_(project) {
  const std::vector<const Document*> dockerfiles = project.Of(Language::kDockerfile);
  if (dockerfiles.size() < 2) return;
  for (const Document* dockerfile : dockerfiles) {
    for (const PlacedBuild& build : project.builds().Of(*dockerfile)) {
      for (const Value& tag : build.request.tags) {
        const std::string key = KeyOf(tag);
        if (key.empty()) continue;
        const std::string any = KeyOfAnyTag(key);
        for (const std::string& each : {key, any.empty() ? key + ":*" : any}) {
          const auto [known, added] =
              by_tag_.try_emplace(each, Made{dockerfile, build.request.target});
          const bool same = known->second.dockerfile == dockerfile &&
                            known->second.target == build.request.target;
          if (!added && !same) known->second.dockerfile = nullptr;
        }
      }
    }
  }
  for (const Document* dockerfile : dockerfiles) {
    for (const BaseImageName& base : dockerfile->facts().base_images) {
      Made made = Find(*dockerfile, base.word);
      if (made.dockerfile == nullptr || made.dockerfile == dockerfile) continue;
      links_[dockerfile].try_emplace(base.name, std::move(made));
    }
  }
  DropCycles();
}

BaseImages::Made BaseImages::Find(const Document& dockerfile, const Value& word) const {
  const std::vector<PlacedBuild>& builds = project_.builds().Of(dockerfile);
  for (const PlacedBuild& build : builds) {
    const Value name = Filled(word, build.request.arguments);
    for (const NamedContext& context : build.request.contexts) {
      if (context.name == TargetName(name)) return Bound(build, context.source);
    }
    if (Made made = ByTag(name); made.dockerfile != nullptr) return made;
  }
  return builds.empty() ? ByTag(Filled(word, {})) : Made{};
}

// What a build binds a name to.
BaseImages::Made BaseImages::Bound(const PlacedBuild& build, const Value& source) const {
  if (const auto image = Behind(source, "docker-image://")) {
    return ByTag(Value(MappedText::Synthetic(*image, {})));
  }
  const auto target = Behind(source, "target:");
  const auto service = Behind(source, "service:");
  if (!target && !service) return {};
  for (const BuildRequest& request : build.document->facts().build_requests) {
    const bool is_its = target ? request.bake_target == *target : request.service == *service;
    if (!is_its) continue;
    const auto made = project_.builds().DockerfilesOf(*build.document, request);
    if (made.size() == 1) return {made[0], request.target};
  }
  return {};
}

BaseImages::Made BaseImages::ByTag(const Value& name) const {
  const std::string key = KeyOf(name);
  if (key.empty()) return {};
  auto found = by_tag_.find(key);
  if (found == by_tag_.end()) found = by_tag_.find(KeyOfAnyTag(key) + ":*");
  return found == by_tag_.end() ? Made{} : found->second;
}

// Each Dockerfile once, behind those that it is built FROM.
void BaseImages::DropCycles() {
  std::set<const Document*> done;
  std::set<const Document*> open;
  const auto visit = [&](const auto& self, const Document* dockerfile) -> void {
    const auto links = links_.find(dockerfile);
    if (links == links_.end() || !done.insert(dockerfile).second) return;
    open.insert(dockerfile);
    std::erase_if(links->second, [&](const auto& link) {
      if (open.contains(link.second.dockerfile)) return true;
      self(self, link.second.dockerfile);
      return false;
    });
    open.erase(dockerfile);
  };
  for (const Document* dockerfile : project_.Of(Language::kDockerfile)) visit(visit, dockerfile);
}

const DockerScope* BaseImages::Of(const Document& dockerfile, std::string_view name) const {
  const auto links = links_.find(&dockerfile);
  if (links == links_.end()) return nullptr;
  const auto link = links->second.find(name);
  if (link == links->second.end()) return nullptr;
  const ImageBuild& image = *link->second.dockerfile->image();
  const uint32_t last = static_cast<uint32_t>(image.stages.size()) - 1;
  const uint32_t stage = link->second.target.empty() ? last : image.StageNamed(link->second.target);
  if (image.stages.empty() || stage == kNoIndex) return nullptr;
  const std::optional<DockerScope>& scope = image.stages[stage].scope;
  return scope ? &*scope : nullptr;
}

}  // namespace oakum
