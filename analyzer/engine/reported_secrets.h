// The secrets and places of one document that findings already name.
//
// A token in an index URL is one leak, not two: the rules that speak of a credential wherever it
// stands (105, 106) run after all others and pass over what these have said.
//
// Thread-safety: const methods may run at once; Add() needs exclusive access.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "analyzer/base/span.h"

namespace oakum {

class ReportedSecrets {
 public:
  void Add(Span span);
  // Whether any byte of `span` is part of a reported secret.
  bool Covers(Span span) const;

  // A place that a finding names: its own, a step or a related one.
  void AddPlace(Span span) { places_.push_back(span); }
  // Whether such a place lies within `span`, or is exactly it.
  bool HasPlaceWithin(Span span) const;
  bool HasPlaceAt(Span span) const;

 private:
  std::map<uint32_t, uint32_t> ends_;  // by begin; apart from each other
  std::vector<Span> places_;
};

}  // namespace oakum
