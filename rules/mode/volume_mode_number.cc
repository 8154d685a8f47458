// OAK305: a volume's file mode is written so that it means another mode, or none.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyzer/base/ascii.h"
#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/engine/rule.h"
#include "rules/mode/mode_reading.h"

namespace oakum {

namespace {

constexpr int64_t kMaxMode = 0777;

bool InRange(int64_t mode) {
  return mode >= 0 && mode <= kMaxMode;
}

// The mode that the digits spell to someone who thinks in octal. Without a leading 0 only one that
// people use: nobody in it may do what the one before may not. 640 is one; 256 and 420 are not,
// being the decimals of 0400 and 0644.
std::optional<int64_t> AsOctal(std::string_view lexeme) {
  const bool marked = lexeme.starts_with('0');
  if (lexeme.starts_with("0o")) lexeme.remove_prefix(2);
  if (lexeme.size() < 3 || lexeme.size() > 4) return std::nullopt;
  if (lexeme.find_first_not_of("01234567") != lexeme.npos) return std::nullopt;
  int64_t mode = 0;
  for (const char c : lexeme) mode = mode * 8 + (c - '0');
  const int64_t owner = mode >> 6, group = mode >> 3 & 7, other = mode & 7;
  const bool usual = (group & ~owner) == 0 && (other & ~group) == 0;
  return InRange(mode) && (marked || usual) ? std::optional(mode) : std::nullopt;
}

struct Verdict {
  Severity severity = Severity::kError;
  std::string message;
  std::string label;
  std::optional<int64_t> meant;
};

std::optional<Verdict> JudgeQuoted(const VolumeMode& mode) {
  Verdict verdict;
  verdict.message = fmt::format(
      "`{}` is a string here, and the API server takes only a number: it rejects the object.",
      mode.key);
  verdict.label = "a string";
  verdict.meant = AsOctal(mode.lexeme);
  if (!verdict.meant && mode.readings.json && InRange(*mode.readings.json)) {
    verdict.meant = mode.readings.json;
  }
  return verdict;
}

std::optional<Verdict> JudgeNotANumber(const VolumeMode& mode) {
  Verdict verdict;
  verdict.meant = AsOctal(mode.lexeme);
  if (!mode.json && mode.readings.yaml12 && InRange(*mode.readings.yaml12) && verdict.meant) {
    verdict.severity = Severity::kNote;
    verdict.message = fmt::format(
        "kubectl reads `{}` as octal, but YAML 1.1 readers such as PyYAML take it for a string, "
        "which the API server rejects.",
        mode.lexeme);
    verdict.label = "octal to some readers, a string to others";
    return verdict;
  }
  // `4_00`, `400.0`, `4e2`: integers to some readers.
  if (!mode.lexeme.empty() && IsDigit(mode.lexeme[0])) {
    verdict.message = fmt::format(
        "`{}: {}` is no plain integer: what it means depends on who reads the file, and the API "
        "server takes integers alone.",
        mode.key, mode.lexeme);
    verdict.label = "not a plain integer";
    return verdict;
  }
  verdict.message =
      fmt::format("`{}` is no number here, and the API server rejects the object.", mode.key);
  verdict.label = "not a number";
  return verdict;
}

std::optional<Verdict> Judge(const VolumeMode& mode) {
  if (mode.quoted) return JudgeQuoted(mode);
  const std::optional<int64_t> number = mode.json ? mode.readings.json : mode.readings.yaml11;
  if (!number) return JudgeNotANumber(mode);
  Verdict verdict;
  const bool decimal = mode.readings.json.has_value();
  if (!InRange(*number)) {
    verdict.message = fmt::format(
        "`{}: {}` is {}outside of 0 to 0777, and the API server rejects the object.", mode.key,
        mode.lexeme, decimal && *number > 0 ? fmt::format("decimal for {}, ", Octal(*number)) : "");
    verdict.label = decimal ? "decimal, and too large" : "too large";
    if (decimal) verdict.meant = AsOctal(mode.lexeme);
    return verdict;
  }
  if (!decimal || !IsDecimalTrap(mode.lexeme)) return std::nullopt;
  verdict.meant = AsOctal(mode.lexeme);
  verdict.message =
      fmt::format("`{}: {}` is decimal and gives the files mode {} ({}), not {}.", mode.key,
                  mode.lexeme, Octal(*number), ModeBits(*number), Octal(*verdict.meant));
  verdict.label = fmt::format("means {}", Octal(*number));
  return verdict;
}

std::string Spelling(const VolumeMode& mode, int64_t meant) {
  return mode.json ? std::to_string(meant) : Octal(meant);
}

// Whether the mode stands in a Ray pod that no fsGroup lets the Ray user into.
bool NeedsGroup(const Facts& facts, const VolumeMode& mode) {
  for (const KubernetesObject& object : facts.kubernetes) {
    if (!object.IsRay()) continue;
    for (const PodTemplate& pod : object.pods) {
      if (pod.span.Contains(mode.span)) return !pod.fs_group && pod.ids.user != 0;
    }
  }
  return false;
}

std::string Help(const Facts& facts, const VolumeMode& mode, const Verdict& verdict) {
  if (!verdict.meant) {
    return mode.json ? "write the mode in decimal: 288 is octal 0440"
                     : "write the mode as an octal number with a leading 0, without quotes: 0440";
  }
  const int64_t meant = *verdict.meant;
  const bool for_all = (meant & 0004) != 0;
  if (mode.for_ray && !for_all && NeedsGroup(facts, mode)) {
    return fmt::format(
        "write `{}` and give the pod `securityContext: {{fsGroup: 100}}`: the files belong to "
        "root, "
        "and without it the Ray user (uid 1000) cannot read {}",
        Spelling(mode, 0440), Octal(meant));
  }
  const std::string suffix = mode.json ? fmt::format(", which is octal {}", Octal(meant)) : "";
  return fmt::format("write `{}`{}", Spelling(mode, meant), suffix);
}

void Check(const Rule& rule, const Project&, const Document& document, const Report& report) {
  const Facts& facts = document.facts();
  for (const VolumeMode& mode : facts.volume_modes) {
    std::optional<Verdict> verdict = Judge(mode);
    if (!verdict) continue;
    Finding finding;
    finding.rule = &rule;
    finding.severity = verdict->severity;
    finding.message = std::move(verdict->message);
    finding.where = {&document.source(), mode.span};
    finding.label = std::move(verdict->label);
    finding.help = Help(facts, mode, *verdict);
    finding.anchor = fmt::format("{} {} {}", mode.volume, mode.key, mode.lexeme);
    if (verdict->meant) {
      const std::string spelling = Spelling(mode, *verdict->meant);
      finding.fixes.push_back(
          {fmt::format("Write {}", spelling), false, {{finding.where, spelling}}});
    }
    report(std::move(finding));
  }
}

}  // namespace

extern const Rule kVolumeModeNumber = {
    .code = "OAK305",
    .name = "volume-mode-number",
    .severity = Severity::kError,
    .summary = "A volume's file mode is written so that it means another mode, or none.",
    .check_document = Check,
};

}  // namespace oakum
