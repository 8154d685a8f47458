// Everything oakum understood of one file, in the shapes that rules ask about.
//
// Built once per document by BuildFacts(), which picks the front end by language and lowers its
// tree. Facts hold spans and Values into the Source, which must outlive them.
//
// Thread-safety: immutable after BuildFacts() returns.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/text_part.h"
#include "analyzer/credential/token.h"
#include "analyzer/model/build_request.h"
#include "analyzer/model/ci_job.h"
#include "analyzer/model/command.h"
#include "analyzer/model/file_mode.h"
#include "analyzer/model/held_credential.h"
#include "analyzer/model/inline_secret.h"
#include "analyzer/model/keyed_source.h"
#include "analyzer/model/kubernetes.h"
#include "analyzer/model/language.h"
#include "analyzer/model/mounted_path.h"
#include "analyzer/model/netrc_text.h"
#include "analyzer/model/pull_secret.h"
#include "analyzer/model/registry.h"
#include "analyzer/model/runtime_env.h"
#include "analyzer/model/secret_policy.h"
#include "analyzer/model/setting.h"
#include "analyzer/model/uri_use.h"
#include "analyzer/model/volume_mode.h"
#include "analyzer/syntax/python_program.h"

namespace oakum {

// Something that was passed over and must be said: unparsable text, a budget that ran out.
struct Notice {
  std::string message;  // one sentence without a final period; never quotes the file
  Span span;
};

// An image that a Dockerfile builds FROM and does not build itself.
struct BaseImageName {
  std::string name;  // by the defaults of its ARGs
  Value word;        // with its ARGs as holes
};

struct Facts {
  // The modules that a Python module was understood with, the files that a pipeline includes; spans
  // beyond the source are theirs.
  std::vector<TextPart> parts;
  std::vector<BuildRequest> build_requests;  // of YAML; those of commands: BuildRequestOf()
  std::vector<CiJob> ci_jobs;                // in the order of the file
  std::vector<Command> commands;
  std::vector<NetrcContent> netrcs;
  std::vector<PullSecret> pull_secrets;
  std::vector<RegistryImage> registry_images;
  std::vector<RegistrySecret> registry_secrets;
  std::vector<RegistrySecretUpload> registry_secret_uploads;
  std::vector<SecretPolicy> secret_policies;
  std::vector<ScriptSecret> script_secrets;
  std::vector<Setting> settings;
  std::vector<UriUse> uris;
  std::vector<Notice> notices;
  std::vector<FileMode> file_modes;
  std::vector<HeldCredential> held_credentials;  // of Secrets and ConfigMaps
  std::vector<KeyedSource> keyed_sources;
  std::vector<KubernetesObject> kubernetes;  // in the order of the file
  std::vector<MountedPath> mounted_paths;    // of compose; those of commands: MountedPathsOf()
  std::vector<InlineSecret> headers;         // of requests that programs make to a Ray cluster
  std::vector<RuntimeEnv> runtime_envs;
  std::vector<RuntimeEnvPrint> runtime_env_prints;
  std::vector<TokenMatch> tokens;  // wherever they stand in the text, comments included
  std::vector<VolumeMode> volume_modes;
  // Of a Dockerfile: the paths of the context that COPY and ADD name, variables filled in.
  std::vector<std::string> context_sources;
  std::vector<BaseImageName> base_images;  // of a Dockerfile
};

// Never fails: a file that does not parse is understood as far as it does, and says so in notices.
// `modules` finds those that a Python module imports, and the files that a GitLab pipeline
// includes; null if the file stands alone.
Facts BuildFacts(const Source& source, Language language, const ModuleFinder& modules = nullptr);

}  // namespace oakum
