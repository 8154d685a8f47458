#include "analyzer/model/git_header.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "analyzer/model/inline_secret.h"

namespace oakum {

namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool IsHeaderKey(std::string_view key) {
  const std::string lower = Lower(key);
  return lower.starts_with("http.") && lower.ends_with(".extraheader");
}

// A hole that an image records whatever shell fills it in.
bool IsOfImage(const Value& secret) {
  return secret.is_literal() || secret.HasHole(HoleOrigin::kBuildArg) ||
         secret.HasHole(HoleOrigin::kBuildEnv);
}

class Collector {
 public:
  explicit Collector(const Facts& facts) : facts_(facts) {}

  std::vector<GitHeader> Collect() {
    for (const Command& command : facts_.commands) ReadCommand(command);
    for (const Setting& setting : facts_.settings) ReadSetting(setting);
    return std::move(found_);
  }

 private:
  void Add(const Value& header, std::string setting, UriSink sink, Span span, Span argument) {
    const Value secret = SecretOfHeader(header);
    if (secret.empty()) return;
    const SecretKind kind = ClassifySecret(secret);
    if (kind != SecretKind::kLiteral && kind != SecretKind::kInterpolated) return;
    const Span own = secret.ToSource();
    const bool elsewhere = !secret.is_literal() && !argument.empty() && !argument.Contains(own);
    found_.push_back({secret, kind, std::move(setting), sink, span, elsewhere ? argument : own});
  }

  static UriSink SinkOf(const Command& command, const Value& header, bool kept) {
    switch (command.host) {
      case CommandHost::kImageBuild:
      case CommandHost::kImageRun:
        if (IsOfImage(header)) return UriSink::kImage;
        return kept ? UriSink::kWrittenFile : UriSink::kCommandLine;
      case CommandHost::kCi:
        return UriSink::kCi;
      case CommandHost::kDocument:
        return UriSink::kFile;
      default:
        return UriSink::kCommandLine;
    }
  }

  static Span WrittenAt(const Command& command, size_t argument) {
    return argument < command.argument_spans.size() ? command.argument_spans[argument] : Span{};
  }

  void ReadCommand(const Command& command) {
    if (command.Program() != "git") return;
    for (size_t i = 1; i < command.argv.size(); ++i) {
      const Value& word = command.argv[i];
      const size_t equals = word.text().find('=');
      const std::string_view key = word.text().substr(0, equals);
      if (!IsHeaderKey(key)) continue;
      if (equals != std::string_view::npos) {  // git -c key=value
        const Value header = word.Slice(static_cast<uint32_t>(equals) + 1);
        Add(header, "http.extraHeader", SinkOf(command, header, false), command.span,
            WrittenAt(command, i));
      } else if (i + 1 < command.argv.size()) {  // git config key value
        const Value& header = command.argv[i + 1];
        Add(header, "http.extraHeader", SinkOf(command, header, true), command.span,
            WrittenAt(command, i + 1));
      }
    }
  }

  void ReadSetting(const Setting& setting) {
    constexpr std::string_view kValue = "GIT_CONFIG_VALUE_";
    if (setting.scope == SettingScope::kFile) {
      const std::string name = Lower(setting.name);
      const bool header = setting.file_kind == "gitconfig" && name.starts_with("http") &&
                          name.ends_with("extraheader");
      if (header) Add(setting.value, "http.extraHeader", UriSink::kFile, setting.span, {});
      return;
    }
    if (!setting.name.starts_with(kValue)) return;
    const std::string key = "GIT_CONFIG_KEY_" + setting.name.substr(kValue.size());
    const bool header =
        std::any_of(facts_.settings.begin(), facts_.settings.end(), [&key](const Setting& other) {
          return other.name == key && IsHeaderKey(other.value.text());
        });
    if (!header) return;
    const bool image = setting.scope == SettingScope::kImageEnv;
    const bool ci = setting.scope == SettingScope::kCi;
    Add(setting.value, setting.name,
        image ? UriSink::kImage
        : ci  ? UriSink::kCi
              : UriSink::kProgram,
        setting.span, {});
  }

  const Facts& facts_;
  std::vector<GitHeader> found_;
};

}  // namespace

std::vector<GitHeader> GitHeadersOf(const Facts& facts) {
  return Collector(facts).Collect();
}

}  // namespace oakum
