#include "analyzer/model/netrc_machine.h"

#include <algorithm>
#include <cstddef>

#include "analyzer/base/ascii.h"

namespace oakum {

namespace {

bool HasPort(std::string_view host) {
  const size_t colon = host.find(':');
  if (colon == host.npos || colon + 1 == host.size()) return false;
  return std::all_of(host.begin() + static_cast<ptrdiff_t>(colon) + 1, host.end(), IsDigit);
}

}  // namespace

std::optional<MachineProblem> ProblemOfMachine(const Value& machine) {
  std::string_view text = machine.text();
  if (text.find_first_of("<>[]{}$") != text.npos) return std::nullopt;
  MachineProblem problem;
  if (const size_t mark = text.find("://"); mark != text.npos) {
    problem.what = "with a scheme";
    text.remove_prefix(mark + 3);
  }
  if (const size_t at = text.find('@'); at != text.npos) {
    if (problem.what.empty()) problem.what = "with a user";
    text.remove_prefix(at + 1);
  }
  if (const size_t slash = text.find('/'); slash != text.npos) {
    if (problem.what.empty()) problem.what = "with a path";
    text = text.substr(0, slash);
  }
  if (HasPort(text)) {
    if (problem.what.empty()) problem.what = "with a port";
    text = text.substr(0, text.find(':'));
  }
  if (text.find('*') != text.npos) {
    if (problem.what.empty()) problem.what = "as a pattern, which netrc does not know";
    return problem;
  }
  if (std::any_of(text.begin(), text.end(), IsUpper) && problem.what.empty()) {
    problem.what = "in upper case, and Python compares it with the host in lower case";
  }
  if (problem.what.empty()) return std::nullopt;
  if (machine.is_literal()) problem.host = ToLower(text);
  return problem;
}

}  // namespace oakum
