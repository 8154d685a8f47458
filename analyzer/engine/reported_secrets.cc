#include "analyzer/engine/reported_secrets.h"

#include <algorithm>
#include <iterator>

namespace oakum {

void ReportedSecrets::Add(Span span) {
  if (span.empty()) return;
  auto at = ends_.upper_bound(span.begin);
  if (at != ends_.begin() && std::prev(at)->second >= span.begin) --at;
  while (at != ends_.end() && at->first <= span.end) {
    span = Span::Cover(span, {at->first, at->second});
    at = ends_.erase(at);
  }
  ends_.emplace(span.begin, span.end);
}

bool ReportedSecrets::Covers(Span span) const {
  auto after = ends_.lower_bound(span.end);
  return after != ends_.begin() && std::prev(after)->second > span.begin;
}

bool ReportedSecrets::HasPlaceWithin(Span span) const {
  return std::any_of(places_.begin(), places_.end(),
                     [span](Span place) { return !place.empty() && span.Contains(place); });
}

bool ReportedSecrets::HasPlaceAt(Span span) const {
  return std::find(places_.begin(), places_.end(), span) != places_.end();
}

}  // namespace oakum
