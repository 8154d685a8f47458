#include "analyzer/model/insecure_host.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/one_of.h"
#include "analyzer/credential/uri.h"

namespace oakum {

namespace {

bool IsFalse(std::string_view text) {
  return IsOneOf(text, {"false", "False", "0", "no", "off"});
}

// The host names of a list that blanks or commas separate.
std::vector<std::string> HostsIn(const Value& value) {
  std::vector<std::string> hosts;
  const std::string_view text = value.text();
  for (size_t begin = 0; begin < text.size();) {
    begin = std::min(text.find_first_not_of(" \t\r\n,", begin), text.size());
    const size_t end = std::min(text.find_first_of(" \t\r\n,", begin), text.size());
    if (begin == end) break;
    std::string host(text.substr(begin, end - begin));
    if (host.starts_with("http")) host = host.substr(std::min(host.find("//") + 2, host.size()));
    host = host.substr(0, host.find_first_of(":/"));
    std::transform(host.begin(), host.end(), host.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::optional<Uri> uri = ParseUri(Value(MappedText::Synthetic("https://" + host, {})));
    if (uri && !uri->HasLocalHost()) hosts.push_back(std::move(host));
    begin = end;
  }
  return hosts;
}

// The hosts of the URIs within a span that a program sends a login to of its own accord.
std::vector<std::string> HostsWithin(const Facts& facts, Span span, bool git) {
  std::vector<std::string> hosts;
  for (const UriUse& use : facts.uris) {
    if (!span.Contains(use.span) || use.uri.HasLocalHost()) continue;
    const bool by_git = use.role == UriRole::kGit || use.uri.scheme.starts_with("git+");
    const std::string host = use.uri.LiteralHost();
    if (git == by_git && !host.empty()) hosts.push_back(host);
  }
  return hosts;
}

// A flag by itself, or among short ones that are written together.
bool IsFlag(std::string_view word, std::string_view flag) {
  if (word == flag) return true;
  return flag.size() == 2 && word.size() > 2 && word[0] == '-' && word[1] != '-' &&
         word.find_first_not_of("fsSLkniIOvgjl", 1) == word.npos && word.find(flag[1]) != word.npos;
}

const Value* FindFlag(const Command& command, std::initializer_list<std::string_view> flags) {
  for (const Value& word : command.argv) {
    for (std::string_view flag : flags) {
      if (IsFlag(word.text(), flag)) return &word;
    }
  }
  return nullptr;
}

bool IsCurlWithNetrc(const Command& command) {
  return command.Program() == "curl" &&
         FindFlag(command, {"-n", "--netrc", "--netrc-optional", "--netrc-file"}) != nullptr;
}

class Collector {
 public:
  explicit Collector(const Facts& facts) : facts_(facts) {}

  std::vector<InsecureHost> Collect() {
    for (const Setting& setting : facts_.settings) ReadSetting(setting);
    for (const Command& command : facts_.commands) ReadCommand(command);
    return std::move(found_);
  }

 private:
  void Add(std::string tool, std::string setting, std::vector<std::string> hosts, Span span) {
    if (hosts.empty()) return;
    found_.push_back({std::move(tool), std::move(setting), std::move(hosts), span, false});
  }

  void ReadSetting(const Setting& setting) {
    const std::string_view name = setting.name;
    const Span span = setting.value.ToSource();
    if (name == "PIP_TRUSTED_HOST" || name == "--trusted-host" || name.ends_with(".trusted-host")) {
      Add("pip", setting.name, HostsIn(setting.value), span);
    } else if (name == "UV_INSECURE_HOST" || name.ends_with("allow-insecure-host")) {
      Add("uv", setting.name, HostsIn(setting.value), span);
    } else if (name == "GIT_SSL_NO_VERIFY" && !IsFalse(setting.value.text())) {
      Add("git", setting.name, HostsWithin(facts_, {0, UINT32_MAX}, true), span);
    }
  }

  void ReadCommand(const Command& command) {
    const std::string_view program = command.Program();
    for (const Assignment& assignment : command.environment) {
      if (assignment.name == "PIP_TRUSTED_HOST") {
        Add("pip", assignment.name, HostsIn(assignment.value), assignment.value.ToSource());
      } else if (assignment.name == "GIT_SSL_NO_VERIFY" && !IsFalse(assignment.value.text())) {
        Add("git", assignment.name, HostsWithin(facts_, command.span, true),
            assignment.value.ToSource());
      }
    }
    if (program.starts_with("pip") || program == "uv" || program == "uvx") {
      Option(command, "pip", "--trusted-host");
      Option(command, "uv", "--allow-insecure-host");
    } else if (program == "git") {
      Git(command);
    } else if (program == "curl") {
      if (!IsCurlWithNetrc(command)) return;
      const size_t before = found_.size();
      Flag(command, "curl", {"-k", "--insecure"});
      for (size_t i = before; i < found_.size(); ++i) found_[i].sends_login = true;
    } else if (program == "wget") {  // reads ~/.netrc whenever a server asks for a login
      Flag(command, "wget", {"--no-check-certificate"});
    }
  }

  void Option(const Command& command, const char* tool, std::string_view option) {
    for (size_t i = 1; i < command.argv.size(); ++i) {
      const Value& word = command.argv[i];
      if (!word.text().starts_with(option)) continue;
      if (word.size() == option.size() && i + 1 < command.argv.size()) {
        const Value& value = command.argv[i + 1];
        Add(tool, std::string(option), HostsIn(value), value.ToSource());
      } else if (word.size() > option.size() && word.text()[option.size()] == '=') {
        const Value value = word.Slice(static_cast<uint32_t>(option.size()) + 1);
        Add(tool, std::string(option), HostsIn(value), value.ToSource());
      }
    }
  }

  void Flag(const Command& command, const char* tool,
            std::initializer_list<std::string_view> flags) {
    const Value* flag = FindFlag(command, flags);
    if (!flag) return;
    Add(tool, std::string(flag->text()), HostsWithin(facts_, command.span, false),
        flag->ToSource());
  }

  // git -c http.sslVerify=false clone URL; git config http.sslVerify false.
  void Git(const Command& command) {
    for (size_t i = 1; i < command.argv.size(); ++i) {
      std::string lower(command.argv[i].text());
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      if (!lower.starts_with("http.") || lower.find("sslverify") == std::string::npos) continue;
      const size_t equals = lower.find('=');
      const bool next = equals == std::string::npos && i + 1 < command.argv.size();
      const std::string_view value =
          next ? command.argv[i + 1].text()
               : std::string_view(lower).substr(std::min(
                     equals == std::string::npos ? lower.size() : equals + 1, lower.size()));
      if (!IsFalse(value)) continue;
      const Span within = next ? Span{0, UINT32_MAX} : command.span;
      Add("git", "http.sslVerify", HostsWithin(facts_, within, true),
          command.argv[next ? i + 1 : i].ToSource());
    }
  }

  const Facts& facts_;
  std::vector<InsecureHost> found_;
};

}  // namespace

std::vector<InsecureHost> InsecureHostsOf(const Facts& facts) {
  return Collector(facts).Collect();
}

std::vector<const UriUse*> PlainUrisWithNetrc(const Facts& facts) {
  std::vector<const UriUse*> plain;
  for (const Command& command : facts.commands) {
    if (!IsCurlWithNetrc(command)) continue;
    for (const UriUse& use : facts.uris) {
      const bool here = command.span.Contains(use.span);
      if (here && use.uri.scheme == "http" && !use.uri.HasLocalHost()) plain.push_back(&use);
    }
  }
  return plain;
}

}  // namespace oakum
