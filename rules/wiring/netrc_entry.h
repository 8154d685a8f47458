// What the rules about netrc text share: whose text it is, and which entries log in for real.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "analyzer/engine/document.h"
#include "analyzer/model/netrc_text.h"

namespace oakum {

// .netrc.example and its like show the form; only what nobody types for show counts there.
bool IsNetrcSample(const Document& document);

// A login that every server takes for nobody's: "anonymous", "ftp".
bool IsAnonymousLogin(const NetrcEntry& entry);

// "<from the vault>" is several tokens to a netrc's reader, and a placeholder to its author.
bool OpensPlaceholder(const Document& document, const Value& password);

// "netrc file", "netrc that this command writes", for a message.
std::string NetrcNoun(const NetrcContent& content);

}  // namespace oakum
