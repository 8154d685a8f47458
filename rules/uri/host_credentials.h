// Which hosts the files of a tree have a credential for, wherever it stands: netrc entries, URLs
// with references to one, the variables that make Ray send one. A URL that holds no credential may
// be answered with one of these.
//
// Thread-safety: immutable after construction; the project must outlive it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/finding.h"
#include "analyzer/engine/project.h"

namespace oakum {

// A credential that some file of the tree gives a program for a host.
struct HostCredential {
  Location where;
  std::string what;  // "the login that a netrc has for pypi.corp.example"
  // The program that reads the URL it stands in: "PDM". Empty for a netrc, which most read.
  std::string reader;

  // Whether `tool` is one of those that send it.
  bool IsReadBy(std::string_view tool) const;
};

class HostCredentials {
 public:
  explicit HostCredentials(const Project& project);

  // What a program sends to this host without being told in the URL, or null.
  const HostCredential* For(const std::string& host) const;
  // The same of what this program reads.
  const HostCredential* For(const std::string& host, std::string_view tool) const;
  // The same where it stands in a URL that `tool` reads, in this file if there is one; null if it
  // stands in none.
  const HostCredential* InUrl(const std::string& host, std::string_view tool,
                              const Document& document) const;
  // What Ray sends with every package download, or null.
  const HostCredential* OfRay() const { return bearer_ ? &*bearer_ : nullptr; }
  const HostCredential* NetrcOfRay() const { return netrc_ ? &*netrc_ : nullptr; }

 private:
  void Netrc(const Document& document, const NetrcContent& content);
  void Pods(const Document& document, const KubernetesObject& object);
  void Ray(const std::string& name, const Location& where);
  void Reference(const Document& document, const UriUse& use);

  std::map<std::string, std::vector<HostCredential>> by_host_;
  std::map<std::string, std::vector<HostCredential>> in_urls_;
  std::optional<HostCredential> for_all_;
  std::optional<HostCredential> bearer_;
  std::optional<HostCredential> netrc_;
};

}  // namespace oakum
