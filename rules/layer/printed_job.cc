#include "rules/layer/printed_job.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/credential/named_secret.h"
#include "analyzer/engine/ci_secret.h"
#include "analyzer/engine/left_files.h"
#include "rules/layer/printed_script.h"

namespace oakum {
namespace {

// A script that some CI job runs, or that lies where only CI looks.
bool RunsInCi(const Project& project, const Document& script) {
  const std::string path = "/" + script.path();
  for (const std::string_view folder :
       {"/ci/", "/.ci/", "/.github/", "/.gitlab/", "/.circleci/", "/.buildkite/", "/jenkins/"}) {
    if (path.find(folder) != path.npos) return true;
  }
  const std::string_view name = script.source().name();
  return std::any_of(
      project.documents().begin(), project.documents().end(), [name](const auto& document) {
        const auto& commands = document->facts().commands;
        return std::any_of(commands.begin(), commands.end(), [name](const Command& command) {
          return command.host == CommandHost::kCi &&
                 std::any_of(command.argv.begin(), command.argv.end(), [name](const Value& word) {
                   const std::string_view text = word.text();
                   return text == name ||
                          (text.ends_with(name) && text[text.size() - name.size() - 1] == '/');
                 });
        });
      });
}

// PASS counts tests more often than not.
bool MayBeSecret(std::string_view name) {
  return NamesSecret(name) && name != "PASS" && name != "pass";
}

LogPlace CiPlace() {
  LogPlace place;
  place.log = "the log of the CI job";
  place.is_secret = MayBeSecret;
  place.is_masked = [](std::string_view) { return false; };
  place.holds_secret = [](const Value& word) { return IsCredentialFile(word); };
  place.reads_secret = NamesCredentialFile;
  return place;
}

// A variable that the job sets to a text says by the text what it is.
bool IsSecretVariable(const CiJob& job, const CiStep& step, std::string_view name) {
  const CiValue* value = job.Variable(step, name);
  if (!value || value->value.empty()) return MayBeSecret(name);
  if (value->value.HasHole(HoleOrigin::kCiSecret)) return true;
  if (!value->value.is_literal()) return MayBeSecret(name);
  return JudgeNamedSecret(name, value->value.text()) == NamedSecret::kSecret;
}

void AddSecrets(const std::vector<CiValue>& environment, std::vector<std::string>& names) {
  for (const CiValue& value : environment) {
    if (value.value.HasHole(HoleOrigin::kCiSecret)) names.push_back(value.name);
  }
}

// Credential files that the jobs or the script write, wherever it is.
std::vector<LeftFile> FilesOf(const Document& document) {
  std::vector<LeftFile> files = FindLeftFiles(document);
  std::vector<LeftFile> elsewhere = FindLeftFiles(document, LeftWhere::kElsewhere);
  std::move(elsewhere.begin(), elsewhere.end(), std::back_inserter(files));
  return files;
}

// Whether the file is there when this step of the job runs.
bool IsThere(const LeftFile& file, const CiJob* job, uint32_t step) {
  return file.job == job && file.step <= step;
}

bool IsOneOf(const std::vector<LeftFile>& files, const CiJob* job, uint32_t step,
             const Value& word) {
  const std::string path = PlaceName(word);
  return std::any_of(files.begin(), files.end(), [&](const LeftFile& file) {
    return IsThere(file, job, step) && file.path == path;
  });
}

bool HasPipConfig(const std::vector<LeftFile>& files, const CiJob* job, uint32_t step) {
  return std::any_of(files.begin(), files.end(), [&](const LeftFile& file) {
    return IsThere(file, job, step) && file.file &&
           file.file->kind == CredentialFileKind::kPipConfig;
  });
}

bool IsOfStep(const CiStep& step, Span span) {
  return step.span.Contains(span) ||
         std::any_of(step.environment.begin(), step.environment.end(),
                     [span](const CiValue& value) { return value.span.Contains(span); });
}

// Whether the place belongs to another job than this one.
bool IsOfOtherJob(const Facts& facts, const CiJob& job, Span span) {
  return std::any_of(facts.ci_jobs.begin(), facts.ci_jobs.end(), [&](const CiJob& other) {
    return &other != &job &&
           std::any_of(other.steps.begin(), other.steps.end(),
                       [span](const CiStep& step) { return IsOfStep(step, span); });
  });
}

class Job {
 public:
  Job(const Rule& rule, const Document& document, const CiJob& job,
      const std::vector<LeftFile>& files, const Report& report)
      : rule_(rule), document_(document), job_(job), files_(files), report_(report) {}

  void Run() const {
    const Facts& facts = document_.facts();
    const bool index =
        HasIndexCredential(facts, [&](Span span) { return !IsOfOtherJob(facts, job_, span); });
    // GitHub and Azure hide what they know; GitLab only variables that somebody has marked.
    const std::string& path = document_.path();
    const bool masks = path.find(".github/") != path.npos || path.find("azure") != path.npos;
    for (uint32_t i = 0; i < job_.steps.size(); ++i) {
      const CiStep& step = job_.steps[i];
      LogPlace place = CiPlace();
      place.masks = masks;
      place.is_secret = [&](std::string_view name) { return IsSecretVariable(job_, step, name); };
      place.is_masked = [&](std::string_view name) {
        return masks && static_cast<bool>(CiSecretOf(name, &job_, i));
      };
      place.holds_secret = [&](const Value& word) {
        return IsCredentialFile(word) || IsOneOf(files_, &job_, i, word);
      };
      AddSecrets(job_.environment, place.environment);
      AddSecrets(step.environment, place.environment);
      place.has_index = index || HasPipConfig(files_, &job_, i);
      std::vector<uint32_t> commands;
      for (uint32_t at = step.first_command; at < step.end_command; ++at) commands.push_back(at);
      ReportPrinted(rule_, document_, commands, place, report_);
    }
  }

 private:
  const Rule& rule_;
  const Document& document_;
  const CiJob& job_;
  const std::vector<LeftFile>& files_;
  const Report& report_;
};

}  // namespace

void ReportPrintedInScript(const Rule& rule, const Project& project, const Document& document,
                           const Report& report) {
  if (!RunsInCi(project, document)) return;
  std::vector<uint32_t> commands(document.facts().commands.size());
  for (uint32_t i = 0; i < commands.size(); ++i) commands[i] = i;
  const std::vector<LeftFile> files = FilesOf(document);
  LogPlace place = CiPlace();
  place.holds_secret = [&files](const Value& word) {
    return IsCredentialFile(word) || IsOneOf(files, nullptr, 0, word);
  };
  place.has_index = HasIndexCredential(document.facts(), [](Span) { return true; }) ||
                    HasPipConfig(files, nullptr, 0);
  ReportPrinted(rule, document, commands, place, report);
}

void ReportPrintedInJobs(const Rule& rule, const Document& document, const Report& report) {
  if (document.facts().ci_jobs.empty()) return;
  const std::vector<LeftFile> files = FilesOf(document);
  for (const CiJob& job : document.facts().ci_jobs) {
    Job(rule, document, job, files, report).Run();
  }
}

}  // namespace oakum
