// OAK107: a credential that goes over plain http, or to a host whose certificate is not checked.

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/credential/classify.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/insecure_host.h"
#include "analyzer/model/netrc_text.h"
#include "rules/wiring/netrc_entry.h"

namespace oakum {

namespace {

// A credential that some file of the tree gives a program for a host.
struct Held {
  Location where;
  std::string what;  // "the login that a netrc has for pypi.corp.example"
};

// The credentials of the tree that are not in the URL itself.
class Credentials {
 public:
  explicit Credentials(const Project& project) {
    for (const auto& document : project.documents()) {
      for (const NetrcContent& netrc : document->facts().netrcs) Netrc(*document, netrc);
      for (const Setting& setting : document->facts().settings) Variable(*document, setting);
      for (const KubernetesObject& object : document->facts().kubernetes) Pods(*document, object);
      for (const UriUse& use : document->facts().uris) Reference(*document, use);
    }
  }

  // What a program sends to this host without being told in the URL, or null.
  const Held* For(const std::string& host) const {
    const auto at = by_host_.find(host);
    if (at != by_host_.end()) return &at->second;
    return for_all_ ? &*for_all_ : nullptr;
  }
  // The same where it stands in a URL, in this file if there is one; null if it stands in none.
  const Held* InUrl(const std::string& host, const Document& document) const {
    const auto at = in_urls_.find(host);
    if (at == in_urls_.end()) return nullptr;
    for (const Held& held : at->second) {
      if (held.where.source == &document.source()) return &held;
    }
    return &at->second.front();
  }
  // What Ray sends with every package download, or null.
  const Held* OfRay() const { return bearer_ ? &*bearer_ : nullptr; }
  const Held* NetrcOfRay() const { return netrc_ ? &*netrc_ : nullptr; }

 private:
  static std::string Lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
  }

  // A sample shows what a login looks like and is none.
  void Netrc(const Document& document, const NetrcContent& content) {
    if (content.origin == NetrcOrigin::kFile && IsNetrcSample(document)) return;
    for (const NetrcEntry& entry : content.netrc.entries) {
      if (!entry.password || entry.password->value.empty()) continue;
      if (ClassifySecret(entry.password->value) == SecretKind::kPlaceholder) continue;
      if (entry.login && entry.login->value.text() == "anonymous") continue;
      const Location where{&document.source(), entry.keyword};
      if (entry.is_default) {
        if (!for_all_) for_all_ = Held{where, "the login of the netrc entry `default`"};
      } else if (entry.machine.value.is_literal()) {
        const std::string host = Lower(entry.machine.value.text());
        by_host_.try_emplace(host,
                             Held{where, fmt::format("the login that a netrc has for {}", host)});
      }
    }
  }

  void Variable(const Document& document, const Setting& setting) {
    const Location where{&document.source(), setting.name_span};
    Ray(setting.name, setting.scope != SettingScope::kRuntimeEnv, where);
  }

  void Pods(const Document& document, const KubernetesObject& object) {
    for (const PodTemplate& pod : object.pods) {
      for (const Container& container : pod.containers) {
        for (const EnvVar& variable : container.env) {
          Ray(variable.name, true, {&document.source(), variable.name_span});
        }
      }
    }
  }

  // What the agent of a node reads; its environment is not a runtime_env's.
  void Ray(const std::string& name, bool of_node, const Location& where) {
    if (!of_node) return;
    if (name == "RAY_RUNTIME_ENV_BEARER_TOKEN" && !bearer_) {
      bearer_ = Held{where, "the bearer token of RAY_RUNTIME_ENV_BEARER_TOKEN"};
    }
    if (name == "NETRC" && !netrc_) netrc_ = Held{where, "the login that the file in NETRC has"};
  }

  // `https://${USER}:${TOKEN}@host` of a requirements file: the installer has them for that host.
  void Reference(const Document& document, const UriUse& use) {
    const std::string host = use.uri.LiteralHost();
    if (host.empty()) return;
    for (const UriCredential& credential : CredentialsIn(use.uri)) {
      if (credential.kind != SecretKind::kDeferred) continue;
      Held held{{&document.source(), credential.secret.ToSource()},
                fmt::format("the credential for {}", host)};
      in_urls_[host].push_back(held);
      by_host_.try_emplace(host, std::move(held));
    }
  }

  std::map<std::string, Held> by_host_;
  std::map<std::string, std::vector<Held>> in_urls_;
  std::optional<Held> for_all_;
  std::optional<Held> bearer_;
  std::optional<Held> netrc_;
};

bool IsPlain(const Uri& uri) {
  return (uri.scheme == "http" || uri.scheme.ends_with("+http")) && !uri.HasLocalHost();
}

// Whether the URL's own credential is another rule's finding, which says the rest.
bool IsReportedItself(const Uri& uri) {
  const std::vector<UriCredential> credentials = CredentialsIn(uri);
  return std::any_of(credentials.begin(), credentials.end(), [](const UriCredential& c) {
    return c.kind == SecretKind::kLiteral || c.kind == SecretKind::kInterpolated;
  });
}

// The program sends a credential of its own accord with what it reads from here.
bool SendsCredentials(const UriUse& use) {
  return use.role == UriRole::kIndex || use.role == UriRole::kRequirement ||
         use.role == UriRole::kGit || use.role == UriRole::kRuntimeEnv;
}

// How the program is told of an authority of one's own.
std::string TrustHelp(const InsecureHost& insecure, std::string_view host) {
  std::string option = "`--cert`, SSL_CERT_FILE";
  if (insecure.tool == "curl") option = "`--cacert FILE`";
  if (insecure.tool == "wget") option = "`--ca-certificate=FILE`";
  if (insecure.tool == "git") {
    option = fmt::format("`git config http.https://{}/.sslCAInfo FILE`", host);
  }
  return fmt::format("trust the host's certificate authority instead ({})", option);
}

class Checker {
 public:
  Checker(const Rule& rule, const Project& project, const Report& report)
      : rule_(rule), report_(report), project_(project) {}

  void Check(const Document& document) {
    std::set<Span> seen;
    for (const UriUse& use : document.facts().uris) {
      if (!SendsCredentials(use) || !IsPlain(use.uri) || IsReportedItself(use.uri)) continue;
      if (seen.insert(use.uri.whole.ToSource()).second) Plain(document, use);
    }
    for (const UriUse* use : PlainUrisWithNetrc(document.facts())) {
      const bool first = seen.insert(use->uri.whole.ToSource()).second;
      if (first && !IsReportedItself(use->uri)) PlainWithNetrc(document, *use);
    }
    for (const InsecureHost& insecure : InsecureHostsOf(document.facts())) {
      Unchecked(document, insecure);
    }
  }

  // A bearer token for package downloads goes to every host that a runtime_env names.
  void CheckBroadcast() {
    std::map<std::string, Location> hosts;
    for (const auto& document : project_.documents()) {
      for (const UriUse& use : document->facts().uris) {
        const bool fetched = use.role == UriRole::kRuntimeEnv && use.uri.scheme.starts_with("http");
        const std::string host = use.uri.LiteralHost();
        if (!fetched || host.empty()) continue;
        hosts.try_emplace(host, Location{&document->source(), use.uri.host.ToSource()});
      }
    }
    if (hosts.size() < 2 || told_of_bearer_ || !known().OfRay()) return;
    const Held& token = *known().OfRay();
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = token.where;
    finding.message = fmt::format(
        "Ray sends this bearer token with every package download, whatever the host: the packages "
        "of this tree come from {} hosts, and each of them gets it.",
        hosts.size());
    for (const auto& [host, where] : hosts) {
      finding.related.push_back({where, fmt::format("{} gets the token", host)});
    }
    finding.help = "use a netrc instead, with an entry for each host: each gets its own login";
    finding.anchor = "bearer";
    report_(std::move(finding));
  }

 private:
  void Plain(const Document& document, const UriUse& use) {
    const std::vector<UriCredential> credentials = CredentialsIn(use.uri);
    const std::string host = use.uri.LiteralHost();
    const Span scheme = use.uri.whole.ToSource({0, static_cast<uint32_t>(use.uri.scheme.size())});
    Finding finding = Start(document, scheme);
    finding.label = "unencrypted";
    std::string what;
    if (!credentials.empty()) {  // a reference that the installer fills in
      finding.where.span = credentials.front().secret.ToSource();
      what = "the credential in this URL";
    } else {
      const bool ray = use.role == UriRole::kRuntimeEnv;
      const Held* held = known().For(host);
      if (!held && ray && known().OfRay()) {
        held = known().OfRay();
        told_of_bearer_ = true;
      }
      if (!held && ray) held = known().NetrcOfRay();
      if (!held) return;
      what = held->what;
      finding.related.push_back({held->where, "the credential comes from here"});
    }
    finding.message =
        fmt::format("{} sends {} over plain http: everyone on the way to {} can read it.",
                    use.consumer.empty() ? "The program" : use.consumer, what,
                    host.empty() ? "the host" : host);
    finding.help = "use https";
    finding.anchor = fmt::format("http {} {}", use.setting, host);
    report_(std::move(finding));
  }

  void PlainWithNetrc(const Document& document, const UriUse& use) {
    const Span scheme = use.uri.whole.ToSource({0, static_cast<uint32_t>(use.uri.scheme.size())});
    Finding finding = Start(document, scheme);
    finding.label = "unencrypted";
    finding.message = fmt::format(
        "curl sends the login that its netrc has for {} over plain http: everyone on the way can "
        "read it.",
        use.uri.host.Describe());
    finding.help = "use https";
    finding.anchor = fmt::format("http netrc {}", use.uri.host.Describe());
    report_(std::move(finding));
  }

  void Unchecked(const Document& document, const InsecureHost& insecure) {
    for (const std::string& host : insecure.hosts) {
      const Held* in_url = known().InUrl(host, document);
      const Held* held = in_url ? in_url : known().For(host);
      if (!held && !insecure.sends_login) continue;
      // One would change the URL that has the credential; one elsewhere, the option.
      const Location option{&document.source(), insecure.span};
      Finding finding = Start(document, insecure.span);
      finding.label = "certificate not checked";
      if (in_url) {
        finding.where = in_url->where;
        finding.label = "sent to a host that is not checked";
        if (!in_urls_told_.insert({finding.where.source, finding.where.span}).second) continue;
      }
      finding.message = fmt::format(
          "`{}` turns the check of {}'s certificate off, and {} sends {} there: whoever stands "
          "between can take it.",
          insecure.setting, host, insecure.tool, held ? held->what : "the login of its netrc");
      if (in_url) {
        finding.related.push_back({option, "the check is turned off here"});
      } else if (held) {
        finding.related.push_back({held->where, "the credential comes from here"});
      }
      finding.help = TrustHelp(insecure, host);
      finding.anchor = fmt::format("{} {}", insecure.setting, host);
      return report_(std::move(finding));
    }
  }

  const Credentials& known() {
    if (!held_) held_.emplace(project_);
    return *held_;
  }

  Finding Start(const Document& document, Span span) const {
    Finding finding;
    finding.rule = &rule_;
    finding.severity = rule_.severity;
    finding.where = {&document.source(), span};
    return finding;
  }

  const Rule& rule_;
  const Report& report_;
  const Project& project_;
  bool told_of_bearer_ = false;
  std::set<std::pair<const Source*, Span>> in_urls_told_;
  std::optional<Credentials> held_;  // when first asked for
};

void Check(const Rule& rule, const Project& project, const Report& report) {
  Checker checker(rule, project, report);
  for (const auto& document : project.documents()) checker.Check(*document);
  checker.CheckBroadcast();
}

}  // namespace

extern const Rule kUnencryptedCredential = {
    .code = "OAK107",
    .name = "unencrypted-credential",
    .severity = Severity::kWarning,
    .summary = "A credential goes over plain http, or to a host whose certificate is not checked.",
    .check_project = Check,
};

}  // namespace oakum
