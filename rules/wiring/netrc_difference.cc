#include "rules/wiring/netrc_difference.h"

#include <algorithm>
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

// The names of the Secrets that the netrc may come from; empty if one is not known.
std::string SecretsOf(const NetrcVariable& netrc) {
  std::string text;
  for (const VolumeSource& source : netrc.found.volume->sources) {
    if (!MayHold(source, netrc)) continue;
    if (source.name.empty()) return "";
    text += source.name + " ";
  }
  return text;
}

}  // namespace

NetrcDifference DifferenceOf(const GroupNetrc& group, const GroupNetrc& model) {
  for (const GroupNetrc* one : {&group, &model}) {
    const State state = one->netrc.state;
    if (state != State::kPresent && state != State::kUnknown) return NetrcDifference::kNone;
    if (one->netrc.found.volume == nullptr) return NetrcDifference::kNone;
  }
  if (group.netrc.path != model.netrc.path) return NetrcDifference::kPath;
  const std::string secrets = SecretsOf(group.netrc), others = SecretsOf(model.netrc);
  const bool known = !secrets.empty() && !others.empty();
  return known && secrets != others ? NetrcDifference::kSecret : NetrcDifference::kNone;
}

}  // namespace oakum
