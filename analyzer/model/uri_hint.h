// Whether a text can hold a URI with a credential, by looking at its bytes alone.
//
// Parsing a module or a data file costs a hundred times what reading it costs, and few hold a URI
// that carries anything. This errs on the side of yes: an `@` soon after `://` that does not begin
// a line (a decorator), a query key that sounds like a secret, a `/t/` path.
//
// Thread-safety: pure functions.
#pragma once

#include <initializer_list>
#include <string_view>

namespace oakum {

// A URI goes on to one of `ends` at most: in data to the end of its string, in a program it may be
// assembled further on.
bool MayHoldUriCredential(std::string_view text, std::string_view ends = "");

// Whether such a window holds an `@` that may end a user's name or password: none that begins a
// line, a decorator, or a path.
bool HasAtSign(std::string_view window);

// Whether the text may put a URI's authority together from what stands anywhere in it:
// "https://" + LOGIN + host.
bool MayAssembleUriCredential(std::string_view text);

// Whether a URI is written with escapes, or goes on in the next line, so that its bytes do not show
// what it is: "https:\/\/user:password@host" of PHP's JSON.
bool MayHoldEscapedUri(std::string_view text);

// Whether the text speaks of a Ray runtime_env.
bool MentionsRuntimeEnv(std::string_view text);

bool ContainsAny(std::string_view text, std::initializer_list<std::string_view> marks);

}  // namespace oakum
