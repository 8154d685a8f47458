#include "analyzer/engine/build_sites.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/one_of.h"
#include "analyzer/base/path.h"
#include "analyzer/engine/build_index.h"
#include "analyzer/model/ci_matrix.h"
#include "analyzer/model/compose_command.h"

namespace oakum {

namespace {

// The folder that holds `.github` and its like, or the document's own.
std::string RepositoryOf(const Document& document) {
  const std::string_view path = document.path();
  for (const std::string_view part : {".github/", ".gitlab/", ".circleci/"}) {
    const size_t at = path.rfind(part);
    if (at == path.npos || (at > 0 && path[at - 1] != '/')) continue;
    return CleanPath(path.substr(0, at));
  }
  return CleanPath(ParentPath(path));
}

// The document's folder and those above it.
std::vector<std::string> FoldersUpward(const Document& document) {
  std::vector<std::string> folders;
  std::string_view folder = ParentPath(document.path());
  for (; !folder.empty() && folder != "/"; folder = ParentPath(folder))
    folders.emplace_back(folder);
  folders.emplace_back(".");
  return folders;
}

// Where the job checks the repository out to: "." or a folder.
std::string CheckoutFolder(const CiJob* job, uint32_t step) {
  if (job == nullptr) return ".";
  for (uint32_t i = 0; i < step; ++i) {
    const CiStep& each = job->steps[i];
    if (each.uses == "actions/checkout" && each.Input("repository").empty()) {
      return CleanPath(KnownPath(each.Input("path")));
    }
  }
  return ".";
}

// A path of the workspace as the tree has it; as it is where it lies outside of the checkout.
std::string InTree(const std::string& path, const std::string& checkout) {
  if (checkout == "." || !path.starts_with(checkout)) return path;
  if (path.size() == checkout.size()) return ".";
  return path[checkout.size()] == '/' ? path.substr(checkout.size() + 1) : path;
}

const Document* DockerfileAt(const Project& project, const std::string& path) {
  const Document* document = project.Find(CleanPath(path));
  return document != nullptr && document->language() == Language::kDockerfile ? document : nullptr;
}

// The Dockerfile that the request names. `context` is a folder of the tree; `from` maps a path
// relative to where the build is asked for to the tree.
template <typename FromHere>
const Document* DockerfileOf(const Project& project, const BuildRequest& request,
                             const std::string& context, FromHere from) {
  const std::string file = KnownPath(request.dockerfile);
  if (!file.empty()) {
    return DockerfileAt(project,
                        request.dockerfile_in_context ? JoinPath(context, file) : from(file));
  }
  if (const Document* found = DockerfileAt(project, context + "/Dockerfile")) return found;
  return DockerfileAt(project, context + "/Containerfile");
}

// The file that `docker compose build` or `up` reads, empty for the default one; none for any other
// command.
std::optional<std::string> ComposeFileOf(const Command& command) {
  const std::optional<ComposeCommand> compose = ComposeCommandOf(command);
  if (!compose || !IsOneOf(compose->subcommand, {"build", "up", "run"})) return std::nullopt;
  return KnownPath(compose->file);
}

class Finder {
 public:
  Finder(const Project& project, const Document& document, std::vector<BuildSite>& sites)
      : project_(project), document_(document), facts_(document.facts()), sites_(sites) {}

  void Run() {
    std::vector<bool> placed(facts_.commands.size());
    std::vector<bool> requested(facts_.build_requests.size());
    for (const CiJob& job : facts_.ci_jobs) {
      for (uint32_t i = 0; i < job.steps.size(); ++i) {
        const CiStep& step = job.steps[i];
        if (step.build) {
          requested[*step.build] = true;
          for (BuildRequest& request : RequestsOf(facts_.build_requests[*step.build], &job)) {
            Place({RepositoryOf(document_)}, ".",
                  {&document_, nullptr, std::move(request), "", "", true, &job, i, kNoIndex});
          }
        }
        for (uint32_t c = step.first_command; c < step.end_command; ++c) placed[c] = true;
        Commands(step.first_command, step.end_command, &job, i, KnownPath(step.folder));
      }
    }
    for (uint32_t i = 0; i < requested.size(); ++i) {
      if (requested[i]) continue;
      const BuildRequest& request = facts_.build_requests[i];
      Place(request.base == BuildRequest::Base::kFile
                ? std::vector<std::string>{CleanPath(ParentPath(document_.path()))}
                : FoldersUpward(document_),
            ".", {&document_, nullptr, request, "", "", true, nullptr, 0, kNoIndex});
    }
    const auto size = static_cast<uint32_t>(facts_.commands.size());
    for (uint32_t begin = 0; begin < size;) {
      uint32_t end = begin;
      while (end < size && !placed[end]) ++end;
      Commands(begin, end, nullptr, 0, ".");
      begin = std::max(end, begin + 1);
    }
  }

 private:
  void Commands(uint32_t first, uint32_t end, const CiJob* job, uint32_t step,
                const std::string& start) {
    std::vector<std::string> folders;
    for (uint32_t i = first; i < end; ++i) {
      const Command& command = facts_.commands[i];
      // A code block in prose tells how one may build, not how it is done.
      if (command.host == CommandHost::kDocument) continue;
      std::optional<BuildRequest> request = BuildRequestOf(command);
      const std::optional<std::string> compose = ComposeFileOf(command);
      if (!request && !compose) continue;
      if (folders.empty()) folders = WorkingFolders(document_, first, end);
      if (compose) {
        // What it hands to the builds, whichever those are.
        if (request) {
          sites_.push_back({&document_, nullptr, *std::move(request), "", "", false, job, step, i});
        }
        Compose(*compose, JoinPath(start, folders[i - first]), job, step, i);
        continue;
      }
      const std::string folder = JoinPath(start, folders[i - first]);
      for (BuildRequest& each : RequestsOf(*request, job)) {
        Place(job != nullptr ? std::vector<std::string>{RepositoryOf(document_)}
                             : FoldersUpward(document_),
              folder, {&document_, nullptr, std::move(each), "", "", true, job, step, i});
      }
    }
  }

  // The builds of a compose file that a command runs. What they hand to the builds is said there.
  void Compose(const std::string& file, const std::string& folder, const CiJob* job, uint32_t step,
               uint32_t command) {
    const std::string checkout = CheckoutFolder(job, step);
    const std::vector<std::string> starts = job != nullptr
                                                ? std::vector<std::string>{RepositoryOf(document_)}
                                                : FoldersUpward(document_);
    for (const std::string& start : starts) {
      for (const std::string_view name :
           {std::string_view(file), std::string_view("compose.yaml"),
            std::string_view("compose.yml"), std::string_view("docker-compose.yml"),
            std::string_view("docker-compose.yaml")}) {
        if (name.empty()) continue;
        const std::string below = JoinPath(folder, name);
        const Document* found = project_.Find(JoinPath(start, InTree(below, checkout)));
        if (found == nullptr || found->facts().build_requests.empty()) continue;
        for (BuildRequest request : found->facts().build_requests) {
          request.arguments.clear();
          request.span = facts_.commands[command].span;
          const std::string beside = CleanPath(ParentPath(below));
          Place({start}, beside,
                {&document_, nullptr, std::move(request), "", "", true, job, step, command});
        }
        return;
      }
    }
  }

  // `starts`: where the job or script may start; `folder`: where it has gone to by then.
  void Place(const std::vector<std::string>& starts, const std::string& folder, BuildSite site) {
    const BuildRequest& request = site.request;
    site.local = !request.git_context && !IsRemoteContext(request.context);
    const bool known = !IsRemoteContext(request.context);
    site.below = known ? JoinPath(folder, KnownPath(request.context)) : ".";
    const std::string checkout = CheckoutFolder(site.job, site.step);
    for (const std::string& start : starts) {
      const std::string context = JoinPath(start, InTree(site.below, checkout));
      if (site.context.empty()) site.context = context;
      if (!known) continue;
      const Document* found = DockerfileOf(project_, request, context, [&](const auto& file) {
        return JoinPath(start, InTree(JoinPath(folder, file), checkout));
      });
      if (found == nullptr) continue;
      site.dockerfile = found;
      site.context = context;
      break;
    }
    if (site.dockerfile == nullptr && known && PlaceEach(starts, folder, checkout, site)) return;
    sites_.push_back(std::move(site));
  }

  // A build of several Dockerfiles, as "docker/$name.Dockerfile" in a loop: one site for each, from
  // the folder that the known beginning of the path is in.
  bool PlaceEach(const std::vector<std::string>& starts, const std::string& folder,
                 const std::string& checkout, const BuildSite& site) {
    const Value& file = site.request.dockerfile;
    std::string head = KnownHead(file);
    if (head.empty()) return false;
    // Below a root that is a variable, or else below where the command runs.
    if (file.holes().empty() || file.holes()[0].position != 0) head = JoinPath(folder, head);
    bool placed = false;
    for (const Document* each : project_.builds().DockerfilesOf(document_, site.request)) {
      for (const std::string& start : starts) {
        if (!each->path().starts_with(CleanPath(JoinPath(start, head)) + "/")) continue;
        BuildSite own = site;
        own.dockerfile = each;
        own.context = JoinPath(start, InTree(site.below, checkout));
        sites_.push_back(std::move(own));
        placed = true;
        break;
      }
    }
    return placed;
  }

  // The folders of a path between a root that is a variable, if there is one, and the next
  // variable.
  static std::string KnownHead(const Value& path) {
    std::string_view text = path.text();
    const auto& holes = path.holes();
    size_t next = 0;
    if (!holes.empty() && holes[0].position == 0) {
      text.remove_prefix(1);
      next = 1;
    }
    if (next == holes.size()) return "";
    text = text.substr(0, holes[next].position - next);
    while (text.starts_with('/')) text.remove_prefix(1);
    return std::string(text.substr(0, std::min(text.rfind('/'), text.size())));
  }

  const Project& project_;
  const Document& document_;
  const Facts& facts_;
  std::vector<BuildSite>& sites_;
};

// Where the parenthesis that stands right before `at` closes, or the end of the text.
std::optional<uint32_t> SubshellEnd(std::string_view text, uint32_t at) {
  const size_t before = text.find_last_not_of(" \t\r\n", at == 0 ? 0 : at - 1);
  if (at == 0 || before == text.npos || text[before] != '(') return std::nullopt;
  int depth = 1;
  for (size_t i = before + 1; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return static_cast<uint32_t>(i);
  }
  return static_cast<uint32_t>(text.size());
}

}  // namespace

std::string KnownPath(const Value& path) {
  std::string_view text = path.text();
  if (path.holes().empty()) return std::string(text);
  text.remove_prefix(path.holes().back().position + 1);
  while (text.starts_with('/')) text.remove_prefix(1);
  return std::string(text);
}

std::vector<std::string> WorkingFolders(const Document& document, uint32_t first, uint32_t end) {
  const std::vector<Command>& commands = document.facts().commands;
  std::vector<std::string> folders;
  std::vector<std::string> stack;  // of pushd
  std::string folder = ".";
  std::string outer;
  uint32_t subshell = 0;  // where the subshell ends that `folder` is of
  for (uint32_t i = first; i < end; ++i) {
    const Command& command = commands[i];
    if (i > first && command.script != commands[i - 1].script) {
      folder = ".";
      stack.clear();
      subshell = 0;
    }
    if (subshell != 0 && command.span.begin > subshell) {
      folder = outer;
      subshell = 0;
    }
    folders.push_back(folder);
    const std::string_view program = command.Program();
    if (program == "popd" && !stack.empty()) {
      folder = std::move(stack.back());
      stack.pop_back();
    }
    if ((program != "cd" && program != "pushd") || command.captured || command.argv.size() != 2) {
      continue;
    }
    if (subshell == 0) {
      if (const auto closes = SubshellEnd(document.source().text(), command.span.begin)) {
        outer = folder;
        subshell = *closes;
      }
    }
    if (program == "pushd") stack.push_back(folder);
    const Value& target = command.argv[1];
    if (target.text() == "-") {
      folder = ".";
    } else {
      folder =
          target.holes().empty() ? JoinPath(folder, target.text()) : CleanPath(KnownPath(target));
    }
  }
  return folders;
}

std::vector<BuildSite> FindBuildSites(const Project& project) {
  std::vector<BuildSite> sites;
  for (const auto& document : project.documents()) {
    // What a RUN builds has no context in the tree.
    if (document->language() == Language::kDockerfile) continue;
    const Facts& facts = document->facts();
    if (facts.build_requests.empty() && facts.commands.empty()) continue;
    Finder(project, *document, sites).Run();
  }
  return sites;
}

}  // namespace oakum
