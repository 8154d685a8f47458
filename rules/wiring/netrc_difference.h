// How the netrc of one group of a Ray cluster differs from that of another.
//
// Thread-safety: pure functions.
#pragma once

#include "rules/wiring/group_netrc.h"

namespace oakum {

enum class NetrcDifference {
  kNone,  // or one that is not known, or of a NETRC that leads nowhere (OAK504)
  kPath,
  kSecret,
};

NetrcDifference DifferenceOf(const GroupNetrc& group, const GroupNetrc& model);

}  // namespace oakum
