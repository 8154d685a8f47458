// What is wrong with a netrc text as a whole: whether its readers take it at all.
//
// Asks the imitated readers (syntax/netrc_reader.h) and says in terms of the author's text why one
// of them rejects it, or reads a comment as an entry. One verdict a text, the gravest: a file that
// is rejected is rejected at one word.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>

#include "analyzer/base/span.h"
#include "analyzer/model/netrc_text.h"

namespace oakum {

enum class NetrcProblem {
  kMisspelt,       // `written` is nearly `keyword`
  kMissingValue,   // `keyword` took the next keyword for its value
  kStrayWord,      // any other word where a keyword belongs
  kComment,        // a comment after an empty line is not skipped (CPython from 3.11)
  kOldComment,     // a comment that no version of CPython skips
  kLiveComment,    // and is an entry
  kOpenMacro,      // a macdef that no empty line ends
  kByteOrderMark,  // in front of the first keyword
  kOpenQuote,      // a quote that its line does not close: curl
  kOldPython,      // rejected up to CPython 3.10 alone
};

struct NetrcVerdict {
  NetrcProblem problem = NetrcProblem::kStrayWord;
  Span where;                  // the word
  std::string written;         // kMisspelt: as it stands there
  std::string keyword;         // kMisspelt: what was meant; kMissingValue: which one
  bool may_be_secret = false;  // the word at `where`
};

// None if the readers take the text, or if it is not known well enough.
std::optional<NetrcVerdict> JudgeNetrc(const NetrcContent& content);

}  // namespace oakum
