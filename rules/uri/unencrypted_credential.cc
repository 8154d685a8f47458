// OAK107: a credential that goes over plain http, or to a host whose certificate is not checked.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "analyzer/model/insecure_host.h"
#include "rules/uri/host_credentials.h"

namespace oakum {

namespace {

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
    const HostCredential& token = *known().OfRay();
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
      const HostCredential* held = known().For(host);
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
    plain_hosts_.emplace(&document.source(), host);
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
      const HostCredential* in_url = known().InUrl(host, insecure.tool, document);
      const HostCredential* held = in_url ? in_url : known().For(host, insecure.tool);
      if (!held && !insecure.sends_login) continue;
      // pip asks for the option where it is given an http:// index, whose URL has been reported.
      if (plain_hosts_.contains({&document.source(), host})) continue;
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

  const HostCredentials& known() {
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
  std::set<std::pair<const Source*, std::string>> plain_hosts_;  // reported for http://
  std::set<std::pair<const Source*, Span>> in_urls_told_;
  std::optional<HostCredentials> held_;  // when first asked for
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
