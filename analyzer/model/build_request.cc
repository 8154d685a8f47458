#include "analyzer/model/build_request.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/model/compose_command.h"
#include "analyzer/model/facts.h"

namespace oakum {

namespace {

// Options without a value; every other one takes the next word.
constexpr auto kSwitches = std::to_array<std::string_view>(
    {"--check", "--compress", "--debug", "--disable-content-trust", "--force-rm", "--load",
     "--no-cache", "--pull", "--push", "--quiet", "--rm", "--squash", "--squash-all", "-D", "-q"});

constexpr auto kPrograms =
    std::to_array<std::string_view>({"buildah", "depot", "docker", "nerdctl", "podman"});

// Index of the first word behind `build`, or 0.
size_t BehindBuild(const Command& command) {
  const std::string_view program = command.Program();
  size_t i = 1;
  const auto word = [&command](size_t at) {
    return at < command.argv.size() ? command.argv[at].text() : std::string_view();
  };
  if (program == "az" && word(1) == "acr" && word(2) == "build") return 3;
  // kaniko, in its own image
  if (program == "executor" && command.argv[0].text().find("kaniko") != std::string_view::npos) {
    return 1;
  }
  if (std::find(kPrograms.begin(), kPrograms.end(), program) == kPrograms.end()) return 0;
  if (word(i) == "buildx" || word(i) == "image" || word(i) == "builder") ++i;
  return word(i) == "build" || word(i) == "b" || word(i) == "bud" ? i + 1 : 0;
}

// NAME=value, or NAME alone; none without a name.
std::optional<BuildArgument> ArgumentOf(const Value& entry) {
  const std::string_view text = entry.text();
  const size_t equals = std::min(text.find('='), text.size());
  const std::string_view name = text.substr(0, equals);
  if (name.empty() || name.find_first_of(" \t#") != name.npos || name[0] == Value::kHoleByte) {
    return std::nullopt;
  }
  BuildArgument argument;
  argument.name = name;
  argument.has_value = equals < text.size();
  if (argument.has_value) argument.value = entry.Slice(static_cast<uint32_t>(equals + 1));
  argument.span = entry.ToSource();
  return argument;
}

// NAME=SOURCE, whatever the name's case.
std::optional<NamedContext> NamedContextOf(const Value& entry) {
  const size_t equals = entry.text().find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  return NamedContext{TargetName(entry.Slice({0, static_cast<uint32_t>(equals)})),
                      entry.Slice(static_cast<uint32_t>(equals + 1))};
}

void Take(std::string_view option, const Value& value, BuildRequest& request) {
  if (option == "--target") {
    request.target = TargetName(value);
    request.target_span = value.ToSource();
  } else if (option == "--cache-to" && ExportsAllStages(value)) {
    request.exports_all_stages = true;
    request.cache_span = value.ToSource();
  } else if (option == "-f" || option == "--file" || option == "--dockerfile") {
    request.dockerfile = value;
  } else if (option == "--context" || option == "-c") {  // kaniko
    constexpr std::string_view kScheme = "dir://";
    request.context = value.text().starts_with(kScheme) ? value.Slice(kScheme.size()) : value;
  } else if (option == "-t" || option == "--tag") {
    request.tags.push_back(value);
  } else if (option == "--build-context") {
    if (auto context = NamedContextOf(value)) request.contexts.push_back(*std::move(context));
  } else if (option == "--build-arg") {
    if (auto argument = ArgumentOf(value)) request.arguments.push_back(*std::move(argument));
  }
}

// An override of bake, TARGET.args.NAME=value; none for one of something else.
std::optional<BuildArgument> OverriddenArgument(const Value& entry) {
  constexpr std::string_view kArgs = ".args.";
  const size_t equals = entry.text().find('=');
  const size_t args = entry.text().substr(0, equals).find(kArgs);
  if (args == std::string_view::npos) return std::nullopt;
  std::optional<BuildArgument> argument =
      ArgumentOf(entry.Slice(static_cast<uint32_t>(args + kArgs.size())));
  if (argument) argument->span = entry.ToSource();
  return argument;
}

// What `read` makes of each line, where it makes anything of it.
template <typename Read>
auto FromLines(const Value& list, Read read) {
  std::vector<typename decltype(read(list))::value_type> found;
  const std::string_view text = list.text();
  for (uint32_t begin = 0; begin < text.size();) {
    const auto end = static_cast<uint32_t>(std::min(text.find('\n', begin), text.size()));
    if (auto one = read(list.Slice({begin, end}).Trimmed())) found.push_back(*std::move(one));
    begin = end + 1;
  }
  return found;
}

// `docker buildx bake --set app.args.NAME=value`; none if it sets no argument.
std::optional<BuildRequest> BakeRequestOf(const Command& command) {
  const std::vector<Value>& words = command.argv;
  const auto is = [&words](size_t at, std::string_view text) {
    return at < words.size() && words[at].text() == text;
  };
  const bool docker = command.Program() == "docker";
  const bool buildx = is(1, "buildx") && is(2, "bake");
  if (!(docker && (buildx || is(1, "bake"))) && !(command.Program() == "depot" && is(1, "bake"))) {
    return std::nullopt;
  }
  BuildRequest request;
  request.tool = docker ? "docker buildx bake" : "depot bake";
  request.overrides = true;
  request.span = command.span;
  for (size_t i = buildx ? 3 : 2; i < words.size(); ++i) {
    constexpr std::string_view kGlued = "--set=";
    Value entry;
    if ((is(i, "-f") || is(i, "--file")) && i + 1 < words.size()) {
      request.described_in = words[i + 1];
    }
    if (words[i].text() == "--set" && i + 1 < words.size()) {
      entry = words[++i];
    } else if (words[i].text().starts_with(kGlued)) {
      entry = words[i].Slice(static_cast<uint32_t>(kGlued.size()));
    }
    if (auto argument = OverriddenArgument(entry)) {
      request.arguments.push_back(*std::move(argument));
    }
  }
  if (request.arguments.empty()) return std::nullopt;
  return request;
}

// `docker compose build --build-arg NAME=value`; none if it sets no argument.
std::optional<BuildRequest> ComposeRequestOf(const Command& command) {
  const std::optional<ComposeCommand> compose = ComposeCommandOf(command);
  if (!compose || compose->subcommand != "build") return std::nullopt;
  BuildRequest request;
  request.tool = "docker compose build";
  request.overrides = true;
  request.described_in = compose->file;
  request.span = command.span;
  for (size_t i = compose->behind; i < command.argv.size(); ++i) {
    constexpr std::string_view kGlued = "--build-arg=";
    const Value& word = command.argv[i];
    std::optional<BuildArgument> argument;
    if (word.text() == "--build-arg" && i + 1 < command.argv.size()) {
      argument = ArgumentOf(command.argv[++i]);
    } else if (word.text().starts_with(kGlued)) {
      argument = ArgumentOf(word.Slice(static_cast<uint32_t>(kGlued.size())));
    }
    if (argument) request.arguments.push_back(*std::move(argument));
  }
  if (request.arguments.empty()) return std::nullopt;
  return request;
}

}  // namespace

bool IsRemoteContext(const Value& context) {
  const std::string_view text = context.text();
  return text == "-" || text.find("://") != text.npos || text.starts_with("git@") ||
         text.starts_with("github.com/");
}

std::optional<BuildRequest> BuildRequestOf(const Command& command) {
  if (std::optional<BuildRequest> bake = BakeRequestOf(command)) return bake;
  if (std::optional<BuildRequest> compose = ComposeRequestOf(command)) return compose;
  const size_t begin = BehindBuild(command);
  if (begin == 0) return std::nullopt;
  BuildRequest request;
  const std::string_view program = command.Program();
  request.tool = program == "executor" ? "kaniko"
                 : program == "az"     ? "az acr build"
                                       : std::string(program) + " build";
  request.span = command.span;
  for (size_t i = begin; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (!text.starts_with('-') || text == "-") {
      request.context = word;
      continue;
    }
    if (std::find(kSwitches.begin(), kSwitches.end(), text) != kSwitches.end()) continue;
    if (const size_t equals = text.find('='); equals != text.npos) {
      Take(text.substr(0, equals), word.Slice(static_cast<uint32_t>(equals + 1)), request);
    } else if (i + 1 < command.argv.size()) {
      Take(text, command.argv[++i], request);
    }
  }
  return request;
}

void ForgetFilledArguments(Facts& facts) {
  std::vector<Span> entries;
  const auto note = [&entries](const BuildRequest& request) {
    for (const BuildArgument& argument : request.arguments) entries.push_back(argument.span);
  };
  for (const BuildRequest& request : facts.build_requests) note(request);
  for (const Command& command : facts.commands) {
    if (const auto request = BuildRequestOf(command)) note(*request);
  }
  if (entries.empty()) return;
  std::erase_if(facts.uris, [&entries](const UriUse& use) {
    const auto credentials = CredentialsIn(use.uri);
    const bool filled =
        std::any_of(credentials.begin(), credentials.end(),
                    [](const auto& c) { return c.kind == SecretKind::kInterpolated; }) &&
        std::none_of(credentials.begin(), credentials.end(),
                     [](const auto& c) { return c.kind == SecretKind::kLiteral; });
    const Span span = use.uri.whole.ToSource();
    return filled && std::any_of(entries.begin(), entries.end(),
                                 [span](Span entry) { return entry.Contains(span); });
  });
}

bool ExportsAllStages(const Value& cache_to) {
  const std::string_view text = cache_to.text();
  constexpr std::string_view kMode = "mode=max";
  for (size_t at = text.find(kMode); at != text.npos; at = text.find(kMode, at + 1)) {
    const bool begins =
        at == 0 || text[at - 1] == ',' || text[at - 1] == '"' || text[at - 1] <= ' ';
    const size_t end = at + kMode.size();
    const bool ends =
        end == text.size() || text[end] == ',' || text[end] == '"' || text[end] <= ' ';
    if (begins && ends) return true;
  }
  return false;
}

std::vector<BuildArgument> BuildArgumentLines(const Value& list) {
  return FromLines(list, [](Value line) {
    // A record of a CSV list may be quoted.
    if (line.size() > 1 && line.text().front() == '"' && line.text().back() == '"') {
      line = line.Slice({1, line.size() - 1});
    }
    return ArgumentOf(line);
  });
}

std::vector<NamedContext> NamedContextLines(const Value& list) {
  return FromLines(list, NamedContextOf);
}

std::vector<BuildArgument> OverriddenArguments(const Value& list) {
  return FromLines(list, OverriddenArgument);
}

std::string TargetName(const Value& target) {
  if (!target.is_literal()) return "";
  std::string name(target.text());
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

}  // namespace oakum
