// The CI secret that a text of a workflow is made of, directly or through a variable of the
// workflow, its job or its step.
//
// Thread-safety: a pure function.
#pragma once

#include <cstdint>

#include "analyzer/base/span.h"
#include "analyzer/base/value.h"
#include "analyzer/model/ci_job.h"

namespace oakum {

struct CiSecret {
  const Hole* hole = nullptr;  // `secrets.TOKEN`; null if there is none
  Span variable;               // the variable that brings it; empty if there is none

  explicit operator bool() const { return hole != nullptr; }
};

// `job` may be null: then only what stands in the text itself counts.
CiSecret CiSecretIn(const Value& text, const CiJob* job, uint32_t step);
// Of the variable itself.
CiSecret CiSecretOf(std::string_view variable, const CiJob* job, uint32_t step);

}  // namespace oakum
