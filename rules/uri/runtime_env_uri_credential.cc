// OAK101: a credential in a URI that a Ray runtime_env downloads.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyzer/credential/uri.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/sourced_file.h"
#include "analyzer/model/runtime_env.h"

namespace oakum {

namespace {

bool IsReported(const UriCredential& credential) {
  return credential.kind == SecretKind::kLiteral || credential.kind == SecretKind::kInterpolated;
}

// The hole that fills the credential in, or null if its text stands in the file.
const Hole* FilledBy(const UriCredential& credential) {
  if (credential.kind != SecretKind::kInterpolated || credential.secret.is_literal())
    return nullptr;
  return &credential.secret.holes().front().hole;
}

// What an editor underlines: the credential, or the part of an assembled one that stands together.
Span PrimarySpan(const Value& secret, std::string_view text) {
  const Span whole = secret.ToSource();
  const size_t line_end = text.find('\n', whole.begin);
  if (line_end == text.npos || whole.end <= line_end) return whole;
  if (!secret.is_literal()) return secret.holes().front().hole.span;
  Span first = secret.ToSource({0, 1});
  for (uint32_t i = 1; i < secret.size(); ++i) {
    const Span next = secret.ToSource({i, i + 1});
    if (next.begin != first.end || next.end > line_end) break;
    first.end = next.end;
  }
  return first;
}

std::string PlaceOf(const UriCredential& credential) {
  switch (credential.place) {
    case CredentialPlace::kPassword:
      return "a password";
    case CredentialPlace::kUser:
      return "a token as the user name";
    case CredentialPlace::kQuery:
      return fmt::format("a secret in the query (`{}`)", credential.detail);
    case CredentialPlace::kPath:
      return "a token in the path";
  }
  return "a credential";
}

// Whether Ray names a directory after this part of the URI: not after a query, and of a wheel only
// after the file's name.
bool NamesDirectory(const Uri& uri, CredentialPlace place) {
  return place != CredentialPlace::kQuery && !uri.path.text().ends_with(".whl");
}

std::string MessageOf(const RuntimeEnv& env, const RuntimeEnvPackage& package, const Uri& uri,
                      const UriCredential& credential) {
  std::string message =
      fmt::format("The `{}` URI that Ray downloads holds {}.", package.field, PlaceOf(credential));
  message += " Ray writes the whole URI to runtime_env_agent.log";
  message +=
      NamesDirectory(uri, credential.place)
          ? " and keeps it in the job's metadata; older releases also name a directory after it "
            "on every node."
          : " on every node and keeps it in the job's metadata.";
  if (const Hole* hole = FilledBy(credential)) {
    message += fmt::format(
        " Filling it in from `{}` hides it from readers of this file only: "
        "Ray gets the resolved text.",
        hole->name);
  }
  if (env.surface == RuntimeEnvSurface::kRayJob) {
    message += " KubeRay also puts runtimeEnvYAML into the submitter Pod's arguments.";
  } else if (env.surface == RuntimeEnvSurface::kRayService) {
    message += " The KubeRay operator also logs serveConfigV2 as a whole on every update.";
  }
  if (uri.scheme.starts_with("http") && credential.place == CredentialPlace::kUser &&
      !uri.has_password) {
    message += " It is not even used: without a `:` after the user name, requests sends nothing.";
  }
  if (uri.scheme == "s3" && uri.has_userinfo) {
    message += " It is not even used: Ray gives the download an S3 client of its own.";
  }
  if (uri.scheme == "http" && !uri.HasLocalHost()) {
    message += " Over plain http the network can read it too.";
  }
  if (credential.expires) message += " It expires, which limits the harm.";
  return message;
}

// How Ray names the objects of a store that also serves them by https.
std::string_view SchemeOfStore(std::string_view host) {
  if (host.ends_with(".core.windows.net")) return "azure://CONTAINER/PATH";
  if (host.ends_with(".amazonaws.com")) return "s3://BUCKET/PATH";
  if (host == "storage.googleapis.com" || host.ends_with(".storage.googleapis.com")) {
    return "gs://BUCKET/PATH";
  }
  return {};
}

std::string HelpFor(const Uri& uri) {
  const std::string host = uri.LiteralHost();
  if (!uri.scheme.starts_with("http")) {
    return "leave it out of the URI and let the nodes have a role that may read the object";
  }
  // Over https Ray asks as anybody would: only the store's own scheme takes the nodes' role along.
  if (const std::string_view scheme = SchemeOfStore(host); !scheme.empty()) {
    return fmt::format(
        "name the object by the store's own scheme (`{}`) without a credential, and let the nodes "
        "have a role that may read it",
        scheme);
  }
  return fmt::format(
      "leave the credential out of the URI, put it into a netrc file (`machine {}`), and set NETRC "
      "to that file in the environment of `ray start`, on the head and on every worker group",
      host.empty() ? "HOST" : host);
}

std::string OriginText(const Hole& hole) {
  if (hole.origin == HoleOrigin::kEnvironment) {
    return fmt::format("`{}` is read from the environment here", hole.name);
  }
  return hole.origin == HoleOrigin::kPrompt ? "it is asked for here" : "it comes from here";
}

void AddSteps(const RuntimeEnv& env, const Source& handed_in, const RuntimeEnvPackage& package,
              const UriCredential& credential, const Source& source, Finding& finding) {
  const Hole* hole = FilledBy(credential);
  if (hole) {
    for (const FilledFrom& from : package.origins) {
      if (from.hole != hole->span) continue;
      finding.steps.push_back({{&source, from.origin}, OriginText(*hole)});
    }
  }
  if (!finding.steps.empty() || !package.span.Contains(finding.where.span)) {
    const char* what = hole ? "it becomes part of the URI here" : "the credential is written here";
    finding.steps.push_back({finding.where, what});
  }
  if (!env.handed_at.empty()) {
    finding.steps.push_back({{&handed_in, env.handed_at},
                             fmt::format("`{}` hands the URI to Ray here", env.handed_by)});
  }
}

// Every text that a snippet must not show: the credentials, and what stands in for one of them.
void AddSecrets(const std::vector<UriCredential>& credentials, const Source& source,
                Finding& finding) {
  for (const UriCredential& credential : credentials) {
    if (credential.secret.is_literal()) {
      finding.secrets.push_back({&source, PrimarySpan(credential.secret, source.text())});
    }
    for (const Value::PlacedHole& placed : credential.secret.holes()) {
      if (!placed.hole.fallback) continue;
      finding.secrets.push_back({&source, placed.hole.fallback->ToSource()});
    }
  }
}

// The finding for a package in `source`, if its URI carries a credential. The runtime_env around it
// is in `handed_in`, mostly the same file.
std::optional<Finding> FindingFor(const Rule& rule, const RuntimeEnv& env, const Source& handed_in,
                                  const RuntimeEnvPackage& package, const Source& source) {
  const std::optional<Uri> uri = ParseUri(package.value);
  if (!uri) return std::nullopt;
  const std::vector<UriCredential> credentials = CredentialsIn(*uri);
  const auto credential = std::find_if(credentials.begin(), credentials.end(), IsReported);
  if (credential == credentials.end()) return std::nullopt;

  Finding finding;
  finding.rule = &rule;
  finding.severity = credential->expires ? Severity::kWarning : rule.severity;
  finding.where = {&source, PrimarySpan(credential->secret, source.text())};
  finding.message = MessageOf(env, package, *uri, *credential);
  const Hole* hole = FilledBy(*credential);
  finding.label = hole ? fmt::format("filled in from `{}`", hole->name) : "recorded by Ray";
  finding.help = HelpFor(*uri);
  finding.anchor =
      fmt::format("runtime_env/{}/{}/{}", package.field, uri->scheme, uri->LiteralHost());
  AddSteps(env, handed_in, package, *credential, source, finding);
  AddSecrets(credentials, source, finding);
  if (uri->scheme == "s3") finding.secrets.push_back({&source, uri->user.ToSource()});  // a key ID
  return finding;
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  std::set<Span> reported;  // a credential may reach Ray by several calls
  for (const RuntimeEnv& env : document.facts().runtime_envs) {
    for (const RuntimeEnvPackage& package : env.packages) {
      std::optional<Finding> finding =
          FindingFor(rule, env, document.source(), package, document.source());
      if (finding && reported.insert(finding->where.span).second) report(std::move(*finding));
    }
  }
}

// URIs that a script has from a file it sources.
void CheckSourced(const Rule& rule, const Project& project, const Report& report) {
  std::set<std::pair<const Document*, Span>> reported;
  for (const Document* script : project.Of(Language::kShell)) {
    for (const RuntimeEnv& env : script->facts().runtime_envs) {
      for (const RuntimeEnvReference& use : env.references) {
        const SourcedSetting found = FindSourced(project, *script, use.name);
        if (!found.setting) continue;
        RuntimeEnvPackage package;
        package.field = use.field;
        package.value = found.setting->value;
        package.span = package.value.ToSource();
        std::optional<Finding> finding =
            FindingFor(rule, env, script->source(), package, found.document->source());
        if (!finding || !reported.insert({found.document, finding->where.span}).second) continue;
        report(std::move(*finding));
      }
    }
  }
}

}  // namespace

extern const Rule kRuntimeEnvUriCredential = {
    .code = "OAK101",
    .name = "runtime-env-uri-credential",
    .severity = Severity::kError,
    .summary = "A URI that a Ray runtime_env downloads holds a credential.",
    .check_document = Check,
    .check_project = CheckSourced,
};

}  // namespace oakum
