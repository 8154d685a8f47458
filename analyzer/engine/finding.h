// One thing that is wrong: which rule says so, where, why, how it came about and what to write
// instead. Every consumer (text, SARIF, JSON, GitHub, LSP) converts from this and from nothing
// else.
//
// No text of a Finding ever holds a secret: messages name hosts, users, files and variables; the
// secret itself is only a span in `secrets`, which snippets mask.
//
// Thread-safety: plain values. A Source outlives its findings (the Project owns it).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/span.h"

namespace oakum {

struct Rule;

enum class Severity { kNote, kWarning, kError };

std::string_view SeverityName(Severity severity);  // "note", "warning", "error"

struct Location {
  const Source* source = nullptr;
  Span span;
};

// A place with a few words on what happens there: "the file enters the image here".
struct Step {
  Location where;
  std::string text;
};

struct Edit {
  Location where;
  std::string replacement;
};

struct Fix {
  std::string title;
  bool safe = false;  // keeps behaviour: may be applied without asking
  std::vector<Edit> edits;
};

struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::kError;
  std::string message;        // full sentences with periods; the first one stands alone as a title
  Location where;             // the smallest text a user would change; on one line where possible
  std::string label;          // a few words beside the caret; may be empty
  std::vector<Step> steps;    // in order: enters, thought to leave, is read; may be empty
  std::vector<Step> related;  // other places worth seeing
  std::string help;           // what to write instead; without a final period
  std::vector<Fix> fixes;
  std::vector<Location> secrets;  // what snippets must mask
  // What the finding is about in terms of structure, free of line numbers and of secret text
  // ("stage builder/COPY .netrc"); part of the fingerprint.
  std::string anchor;
};

// The order of all reports: path, begin, end, rule code, message.
bool ReportsBefore(const Finding& a, const Finding& b);

}  // namespace oakum
