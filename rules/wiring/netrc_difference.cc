#include "rules/wiring/netrc_difference.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/base/path.h"

namespace oakum {

namespace {

using State = NetrcVariable::State;

// Whether a source of the volume may hold the file that NETRC names.
bool MayHold(const VolumeSource& source, const NetrcVariable& netrc) {
  if (!source.has_items) return true;
  const VolumeMount& mount = *netrc.found.mount;
  const std::string_view file = BaseName(mount.has_sub_path ? mount.sub_path.text() : netrc.path);
  return std::any_of(source.items.begin(), source.items.end(), [file](const VolumeItem& item) {
    return !item.path.is_literal() || BaseName(item.path.text()) == file;
  });
}

// The names of the Secrets that the netrc may come from; none if one is not known.
std::set<std::string> SecretsOf(const NetrcVariable& netrc) {
  std::set<std::string> names;
  for (const VolumeSource& source : netrc.found.volume->sources) {
    if (!MayHold(source, netrc)) continue;
    if (source.name.empty()) return {};
    names.insert(source.name);
  }
  return names;
}

// A projected volume of several sources may have it from any of them.
bool ShareOne(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&b](const std::string& name) { return b.count(name) != 0; });
}

}  // namespace

NetrcDifference DifferenceOf(const GroupNetrc& group, const GroupNetrc& model) {
  for (const GroupNetrc* one : {&group, &model}) {
    const State state = one->netrc.state;
    if (state != State::kPresent && state != State::kUnknown) return NetrcDifference::kNone;
    if (one->netrc.found.volume == nullptr) return NetrcDifference::kNone;
  }
  if (group.netrc.path != model.netrc.path) return NetrcDifference::kPath;
  const std::set<std::string> secrets = SecretsOf(group.netrc), others = SecretsOf(model.netrc);
  const bool known = !secrets.empty() && !others.empty();
  return known && !ShareOne(secrets, others) ? NetrcDifference::kSecret : NetrcDifference::kNone;
}

}  // namespace oakum
