// What git fetches over https, and how it may log in: the questions of OAK506 about git.
//
// git looks for a netrc at ~/.netrc, and hands NETRC to libcurl, which has read it only since 8.16
// (ray.md 3.2).
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/base/value.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/command.h"
#include "analyzer/model/facts.h"

namespace oakum {

// The host of the first https repository in the text; empty if there is none, it is filled in, or
// the URL has a login of its own.
std::string HostIn(const Value& text);

// The repository that git fetches for this command; null if it fetches none. With `entrypoint` a
// program that is not known is git.
const Value* RepositoryOf(const Command& command, bool entrypoint = false);

// Whether pip may want the netrc for its index.
bool HasOtherUse(const Command& command);

// Where git itself looks for a netrc.
bool IsHomeNetrc(std::string_view path);

// Whether something here gives git its login another way, or puts a netrc where it looks.
bool GitIsServed(const Facts& facts);

// Whether an anonymous fetch from the host fails: a private host, or one that a netrc of the tree
// has a login for.
bool NeedsLogin(const Project& project, const std::string& host);

}  // namespace oakum
