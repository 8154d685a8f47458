// The jobs that a matrix makes of one, and the builds that each of them asks for.
//
// GitHub: the product of the lists, without what `exclude` names; an entry of `include` is added to
// the jobs whose values it does not change, or is a job of its own. Keys of values that are
// mappings are names, too ("matrix.image.file"). GitLab: `parallel: matrix:`, a list of products of
// variables. A list that an expression makes is not known, and what a matrix too large for
// kMaxMatrix makes is not, either: names without a value stay holes.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "analyzer/model/build_request.h"
#include "analyzer/model/ci_job.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

inline constexpr size_t kMaxMatrix = 256;

std::vector<CiRow> GithubMatrix(const YamlNode& matrix);
std::vector<CiRow> GitlabMatrix(const YamlNode& parallel);

// The request as the job makes it, or the jobs of its matrix: its context and Dockerfile with the
// names of the job's variables and of the matrix filled in, each such build once. `job` may be
// null.
std::vector<BuildRequest> RequestsOf(const BuildRequest& request, const CiJob* job);

}  // namespace oakum
