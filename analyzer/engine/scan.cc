#include "analyzer/engine/scan.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "analyzer/base/thread_pool.h"
#include "analyzer/credential/redact.h"
#include "analyzer/engine/reported_secrets.h"
#include "analyzer/engine/shown.h"

namespace oakum {

namespace {

// Findings of one document, or of one project rule.
using Batch = std::vector<Finding>;

// A finding in terms of files, where a rule saw several of them as one text.
void MoveToFiles(const Project& project, Finding& finding) {
  auto move = [&project](Location& location) {
    const Document* document = location.source ? project.Find(location.source->path()) : nullptr;
    if (document) location = document->InFile(location);
  };
  move(finding.where);
  for (Step& step : finding.steps) move(step.where);
  for (Step& step : finding.related) move(step.where);
  for (Location& secret : finding.secrets) move(secret);
  for (Fix& fix : finding.fixes) {
    for (Edit& edit : fix.edits) move(edit.where);
  }
}

// The same step twice says nothing new, and nobody reads more than a few: the first ones and the
// last, which is what the finding is about.
void ShortenSteps(std::vector<Step>& steps) {
  constexpr size_t kMaxSteps = 24;
  std::set<std::tuple<const Source*, Span, std::string>> seen;
  std::erase_if(steps, [&seen](const Step& step) {
    return !seen.emplace(step.where.source, step.where.span, step.text).second;
  });
  if (steps.size() > kMaxSteps) steps.erase(steps.begin() + kMaxSteps - 1, steps.end() - 1);
}

Report Into(const Project& project, Batch& batch) {
  return [&project, &batch](Finding finding) {
    MoveToFiles(project, finding);
    ShortenSteps(finding.steps);
    ShortenSteps(finding.related);
    HideSecrets(finding);
    batch.push_back(std::move(finding));
  };
}

using SecretsBySource = std::unordered_map<const Source*, ReportedSecrets>;

void AddSecrets(const std::vector<Batch>& batches, SecretsBySource& secrets) {
  for (const Batch& batch : batches) {
    for (const Finding& finding : batch) {
      // A note speaks of a habit; that the secret is there is still to be said.
      if (finding.severity == Severity::kNote) continue;
      for (const Location& secret : finding.secrets) secrets[secret.source].Add(secret.span);
      secrets[finding.where.source].AddPlace(finding.where.span);
      for (const auto* steps : {&finding.steps, &finding.related}) {
        for (const Step& step : *steps) secrets[step.where.source].AddPlace(step.where.span);
      }
    }
  }
}

// What the rules that speak last have to say about one document.
Batch CheckFallbacks(const Project& project, const Document& document,
                     std::span<const Rule* const> rules, ReportedSecrets reported) {
  Batch batch;
  for (const Rule* rule : rules) {
    if (!rule->check_fallback) continue;
    const size_t before = batch.size();
    rule->check_fallback(*rule, document, reported, Into(project, batch));
    for (size_t i = before; i < batch.size(); ++i) {
      for (const Location& secret : batch[i].secrets) reported.Add(secret.span);
    }
  }
  return batch;
}

void AddNotices(const Document& document, std::vector<Notification>& notifications) {
  for (const Notice& notice : document.facts().notices) {
    notifications.push_back({Notification::Level::kWarning, document.path(),
                             RedactText(notice.message) + ".",
                             document.InFile({&document.source(), notice.span})});
  }
  const ImageBuild* image = document.image();
  if (image == nullptr || image->complete) return;
  notifications.push_back({Notification::Level::kWarning,
                           document.path(),
                           "the file is too large to follow every file of the image.",
                           {&document.source(), {}}});
}

// A text that several paths lead to (an anchor with two aliases, a stage with two children) is one
// finding of a rule, with the worst of its severities. REQUIRES: sorted.
void KeepOneAPlace(std::vector<Finding>& findings) {
  std::vector<Finding> kept;
  for (Finding& finding : findings) {
    const bool repeated = !kept.empty() && kept.back().rule == finding.rule &&
                          kept.back().where.source == finding.where.source &&
                          kept.back().where.span == finding.where.span;
    if (!repeated) {
      kept.push_back(std::move(finding));
    } else if (kept.back().severity < finding.severity) {
      kept.back() = std::move(finding);
    }
  }
  findings = std::move(kept);
}

}  // namespace

ScanReport Scan(std::vector<std::unique_ptr<Document>> documents,
                std::span<const Rule* const> rules, ScanOptions options) {
  ScanReport report;
  report.project = std::make_unique<Project>(std::move(documents), std::move(options.files),
                                             std::move(options.modules));
  const Project& project = *report.project;
  const auto& all = project.documents();
  report.files = all.size();
  for (const auto& document : all) report.bytes += document->file().text().size();

  // First every document is understood, then every rule asks: a rule that looks at other documents
  // finds them ready instead of computing them on one thread.
  auto understand = [&](size_t i) { all[i]->facts(); };
  auto replay = [&](size_t i) { all[i]->image(); };
  std::vector<Batch> by_document(all.size());
  auto check_document = [&](size_t i) {
    for (const Rule* rule : rules) {
      if (rule->check_document) {
        rule->check_document(*rule, project, *all[i], Into(project, by_document[i]));
      }
    }
  };
  std::vector<Batch> by_rule(rules.size());
  auto check_project = [&](size_t i) {
    if (rules[i]->check_project)
      rules[i]->check_project(*rules[i], project, Into(project, by_rule[i]));
  };
  if (!ParallelFor(all.size(), options.jobs, options.stop, understand) ||
      !ParallelFor(all.size(), options.jobs, options.stop, replay) ||
      !ParallelFor(all.size(), options.jobs, options.stop, check_document) ||
      !ParallelFor(rules.size(), options.jobs, options.stop, check_project)) {
    report.cancelled = true;
    return report;
  }

  SecretsBySource secrets;
  AddSecrets(by_document, secrets);
  AddSecrets(by_rule, secrets);
  std::vector<Batch> fallbacks(all.size());
  auto check_fallbacks = [&](size_t i) {
    const auto reported = secrets.find(&all[i]->file());
    fallbacks[i] = CheckFallbacks(project, *all[i], rules,
                                  reported == secrets.end() ? ReportedSecrets() : reported->second);
  };
  if (!ParallelFor(all.size(), options.jobs, options.stop, check_fallbacks)) {
    report.cancelled = true;
    return report;
  }

  for (std::vector<Batch>* batches : {&by_document, &by_rule, &fallbacks}) {
    for (Batch& batch : *batches) {
      std::move(batch.begin(), batch.end(), std::back_inserter(report.findings));
    }
  }
  std::stable_sort(report.findings.begin(), report.findings.end(), ReportsBefore);
  KeepOneAPlace(report.findings);
  for (const auto& document : all) AddNotices(*document, report.notifications);
  return report;
}

}  // namespace oakum
