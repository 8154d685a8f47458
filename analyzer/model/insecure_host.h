// Hosts whose certificates a program is told not to check: `pip --trusted-host`, UV_INSECURE_HOST,
// `trusted-host` of pip.conf, `curl --insecure`, `git -c http.sslVerify=false`.
//
// Of curl and wget only those commands count that send a login of their own accord, from a netrc:
// `-k` alone gives nothing away. Host names only, lower case, without ports; loopback and other
// local hosts are left out.
//
// Thread-safety: pure functions; plain values.
#pragma once

#include <string>
#include <vector>

#include "analyzer/base/span.h"
#include "analyzer/model/facts.h"

namespace oakum {

struct InsecureHost {
  std::string tool;                // "pip", "curl"; for messages
  std::string setting;             // "--trusted-host", "PIP_TRUSTED_HOST", "-k"
  std::vector<std::string> hosts;  // not empty
  Span span;                       // the value that names the host, else the option
  bool sends_login = false;        // the command itself says so: `curl -k --netrc-file F URL`
};

std::vector<InsecureHost> InsecureHostsOf(const Facts& facts);

// The http URLs that curl is told to read with the login of a netrc (`curl -n http://host/`). Valid
// as long as the facts.
std::vector<const UriUse*> PlainUrisWithNetrc(const Facts& facts);

}  // namespace oakum
