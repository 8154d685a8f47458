// CI workflows: their environments as settings, their scripts as commands.
//
// GitHub: `env` of workflow, job and step, `run` unless its shell is not a POSIX one, `with` of an
// action (the inputs are settings named after their keys), container and service environments,
// composite actions. GitLab: `variables`, `before_script`, `script`, `after_script` of the file, of
// `default` and of every job. CircleCI and Azure Pipelines: environments and scripts of their
// steps, artifacts and caches. Expressions become holes before the shell reads a script
// (interpolation.h); a secret is a hole of kCiSecret. The order of steps is in Facts::ci_jobs.
// Facts are placed by ray.md 6.4.
//
// Thread-safety: pure functions of their arguments.
#pragma once

#include "analyzer/model/facts.h"
#include "analyzer/syntax/yaml.h"

namespace oakum {

// Comments beside a pinned commit ("# v4.1.1") are read in `source`.
void LowerGithubWorkflow(const YamlNode& root, const Source& source, Facts& facts);
void LowerGithubAction(const YamlNode& root, const Source& source, Facts& facts);  // action.yml
// `find` gives the files of the tree that the pipeline includes (gitlab_files.h); may be null.
void LowerGitlabCi(const YamlNode& root, const Source& source, const ModuleFinder& find,
                   Facts& facts);
void LowerCircleCi(const YamlNode& root, Facts& facts);
void LowerAzurePipeline(const YamlNode& root, Facts& facts);

}  // namespace oakum
