#include "analyzer/syntax/dockerfile_mount.h"

#include <charconv>
#include <utility>

#include "analyzer/base/path.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

// One record of comma-separated values; a field in double quotes may hold commas, and `""` is a
// quote. None if a quote is misplaced.
std::optional<std::vector<MappedText>> SplitFields(const MappedText& record) {
  const std::string_view text = record.text();
  std::vector<MappedText> fields;
  for (uint32_t at = 0;;) {
    if (at >= text.size() || text[at] != '"') {
      const size_t comma = text.find(',', at);
      const uint32_t end = static_cast<uint32_t>(comma == text.npos ? text.size() : comma);
      if (text.substr(at, end - at).find('"') != text.npos) return std::nullopt;
      fields.push_back(record.Slice({at, end}));
      if (comma == text.npos) return fields;
      at = end + 1;
      continue;
    }
    MappedText::Builder field;
    for (++at;;) {
      const size_t quote = text.find('"', at);
      if (quote == text.npos) return std::nullopt;
      const uint32_t end = static_cast<uint32_t>(quote);
      field.Append(record.Slice({at, end}));
      at = end + 1;
      if (at >= text.size() || text[at] != '"') break;
      field.Append(record.Slice({at, at + 1}));
      ++at;
    }
    fields.push_back(std::move(field).Build());
    if (at == text.size()) return fields;
    if (text[at] != ',') return std::nullopt;
    ++at;
  }
}

std::string Canonical(std::string_view key) {
  if (key == "src") return "source";
  if (key == "dst" || key == "destination") return "target";
  if (key == "ro") return "readonly";
  if (key == "rw") return "readwrite";
  return std::string(key);
}

std::optional<bool> ParseGoBool(std::string_view text) {
  for (std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == yes) return true;
  }
  for (std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

std::optional<uint32_t> ParseNumber(std::string_view text, int base) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Bytes with an optional unit, as Docker's go-units reads memory sizes: "64m", "1.5GB", "2 KiB".
bool IsSize(std::string_view text) {
  const size_t unit = text.find_first_not_of("0123456789.");
  if (unit == 0 || text.empty()) return false;
  if (unit == text.npos) return true;
  std::string suffix = ToLowerAscii(text.substr(unit));
  if (suffix[0] == ' ') suffix.erase(0, 1);
  if (suffix == "b") return true;
  if (suffix.empty() || std::string_view("kmgtp").find(suffix[0]) == std::string_view::npos)
    return false;
  return suffix.size() == 1 || suffix.substr(1) == "b" || suffix.substr(1) == "ib";
}

class MountReader {
 public:
  MountReader(const DockerFlag& flag, char escape, const DockerVariableLookup& lookup,
              std::vector<DockerError>& errors)
      : flag_(flag), escape_(escape), lookup_(lookup), errors_(errors) {}

  DockerMount Run() && {
    mount_.span = flag_.value.ToSource();
    const std::optional<std::vector<MappedText>> fields = SplitFields(flag_.value);
    if (!fields) {
      Fail("a mount's options are not comma-separated values", mount_.span);
      return std::move(mount_);
    }
    for (const MappedText& field : *fields) ReadField(field);
    CheckWhole();
    return std::move(mount_);
  }

 private:
  void Fail(std::string message, Span span) {
    errors_.push_back({std::move(message), span, false});
  }

  void ReadField(const MappedText& field) {
    const size_t equals = field.text().find('=');
    DockerMountOption option;
    option.has_value = equals != std::string_view::npos;
    option.span = field.ToSource();
    const uint32_t end = option.has_value ? static_cast<uint32_t>(equals) : field.size();
    option.key = Canonical(ToLowerAscii(field.text().substr(0, end)));
    if (option.has_value) option.value = Expand(option, field.Slice(end + 1));
    Apply(option);
    mount_.options.push_back(std::move(option));
  }

  Value Expand(const DockerMountOption& option, const MappedText& raw) {
    const size_t dollar = raw.text().find('$');
    if (option.key == "from" && dollar != raw.text().npos && dollar + 1 != raw.text().size()) {
      Fail("a mount's from= takes no variables", option.span);
    }
    const DockerWordOptions options{.escape = escape_};
    Result<Value> value = ExpandDockerWord(raw, options, lookup_);
    if (value) return *std::move(value);
    Fail(value.error().message, value.error().span.value_or(option.span));
    return Value(raw);
  }

  // What cannot be known (a value with a hole) is taken for valid.
  void Apply(const DockerMountOption& option) {
    const std::string& key = option.key;
    const std::string_view text = option.value.text();
    const bool literal = option.value.is_literal();
    if (!option.has_value && key != "readonly" && key != "readwrite" && key != "required") {
      return Fail("a mount option lacks its value", option.span);
    }
    if (key == "type") {
      if (literal) ApplyType(option);
    } else if (key == "readonly" || key == "readwrite" || key == "required") {
      ApplyBool(option);
    } else if (key == "size") {
      if (mount_.type != DockerMountType::kTmpfs) {
        Fail("size= belongs behind type=tmpfs", option.span);
      } else if (literal && !IsSize(text)) {
        Fail("a mount's size is malformed", option.span);
      }
    } else if (key == "sharing") {
      const std::string sharing = ToLowerAscii(text);
      if (literal && sharing != "shared" && sharing != "private" && sharing != "locked") {
        Fail("a mount's sharing is shared, private or locked", option.span);
      }
    } else if (key == "mode" || key == "uid" || key == "gid") {
      const std::optional<uint32_t> number = ParseNumber(text, key == "mode" ? 8 : 10);
      if (literal && !number) Fail("a mount's mode, uid or gid is no number", option.span);
      (key == "mode" ? mount_.mode : key == "uid" ? mount_.uid : mount_.gid) = number;
    } else if (key != "from" && key != "source" && key != "target" && key != "id" && key != "env") {
      Fail("a mount option is not known", option.span);
    }
  }

  void ApplyType(const DockerMountOption& option) {
    const std::string type = ToLowerAscii(option.value.text());
    if (type == "bind") {
      mount_.type = DockerMountType::kBind;
    } else if (type == "cache") {
      mount_.type = DockerMountType::kCache;
    } else if (type == "tmpfs") {
      mount_.type = DockerMountType::kTmpfs;
    } else if (type == "secret") {
      mount_.type = DockerMountType::kSecret;
    } else if (type == "ssh") {
      mount_.type = DockerMountType::kSsh;
    } else {
      Fail("a mount's type is not known", option.span);
    }
  }

  void ApplyBool(const DockerMountOption& option) {
    if (option.key == "required" && mount_.type != DockerMountType::kSecret &&
        mount_.type != DockerMountType::kSsh) {
      return Fail("required belongs behind type=secret or type=ssh", option.span);
    }
    std::optional<bool> value = true;
    if (option.has_value) {
      if (!option.value.is_literal()) return;
      value = ParseGoBool(option.value.text());
    }
    if (!value) return Fail("a mount option takes true or false", option.span);
    if (option.key == "required") {
      mount_.required = *value;
    } else {
      read_only_ = option.key == "readonly" ? *value : !*value;
    }
  }

  void CheckWhole() {
    using enum DockerMountType;
    const DockerMountType type = mount_.type;
    mount_.read_only = read_only_.value_or(type != kCache && type != kTmpfs);
    if ((mount_.mode || mount_.uid || mount_.gid) && (type == kBind || type == kTmpfs)) {
      Fail("mode, uid and gid are for secret, ssh and cache mounts", mount_.span);
    }
    const Value target = mount_.Get("target");
    const bool file_system = type == kBind || type == kCache || type == kTmpfs;
    if (file_system && target.is_literal() && target.text() == "/") {
      Fail("a mount cannot take the place of /", mount_.Option("target")->span);
    }
    if (type == kSsh && mount_.Get("source").is_literal() && !mount_.Get("source").empty()) {
      Fail("an ssh mount takes no source=", mount_.Option("source")->span);
    }
    const bool shared = mount_.Option("sharing") != nullptr;
    if (shared && type != kCache) Fail("sharing= is for cache mounts", mount_.span);
    if (type != kSecret) return;
    const bool source = !mount_.Get("source").empty();
    const bool id = !mount_.Get("id").empty();
    if (!mount_.Get("from").empty()) Fail("a secret mount takes no from=", mount_.span);
    if (!source && !id && mount_.Get("target").empty()) {
      Fail("a secret mount needs an id, a source or a target", mount_.span);
    }
    if (source && id) Fail("a secret mount takes an id or a source, not both", mount_.span);
  }

  const DockerFlag& flag_;
  const char escape_;
  const DockerVariableLookup& lookup_;
  std::vector<DockerError>& errors_;
  DockerMount mount_;
  std::optional<bool> read_only_;
};

Value LastSegment(const Value& path) {
  Value rest = path;
  while (rest.size() > 1 && rest.text().back() == '/') rest = rest.Slice({0, rest.size() - 1});
  return rest.Slice(static_cast<uint32_t>(rest.text().rfind('/') + 1));
}

}  // namespace

const DockerMountOption* DockerMount::Option(std::string_view key) const {
  for (auto option = options.rbegin(); option != options.rend(); ++option) {
    if (option->key == key) return &*option;
  }
  return nullptr;
}

Value DockerMount::Get(std::string_view key) const {
  const DockerMountOption* option = Option(key);
  return option ? option->value : Value();
}

Value DockerMount::SecretId() const {
  if (Value source = Get("source"); !source.empty()) return source;
  if (Value id = Get("id"); !id.empty()) return id;
  return LastSegment(Get("target"));
}

std::optional<Value> DockerMount::Target() const {
  if (Value target = Get("target"); !target.empty()) return target;
  if (type != DockerMountType::kSecret || Env()) return std::nullopt;
  const Value id = SecretId();
  Value::Builder target;
  target.AppendDecoded("/run/secrets/", id.ToSource());
  target.Append(LastSegment(id));
  return std::move(target).Build();
}

std::optional<Value> DockerMount::Env() const {
  const DockerMountOption* option = Option("env");
  if (!option) return std::nullopt;
  return option->value;
}

std::optional<Value> DockerMount::Default(std::string_view key) const {
  using enum DockerMountType;
  const auto text = [this](std::string_view value) {
    return Value(MappedText::Synthetic(value, span));
  };
  const bool mounts_files = type == kBind || type == kCache;
  const bool given = type == kSecret || type == kSsh;  // by the client
  if (key == "type") return text("bind");
  if (key == "from" && !given) return text(type == kBind ? "context" : "scratch");
  if (key == "source" && mounts_files) return text("/");
  if (key == "target" && type == kSecret) return Target();
  if (key == "target" && type == kSsh) return text("/run/buildkit/ssh_agent.0");
  if (key == "target") return text(".");  // joined to WORKDIR
  if (key == "id" && type == kSecret) return SecretId();
  if (key == "id" && type == kSsh) return text("default");
  if (key == "id" && type == kCache) return text(CleanPath(Get("target").Describe()));
  if (key == "readonly") return text(type == kCache || type == kTmpfs ? "false" : "true");
  if (key == "required" && given) return text("false");
  if (key == "sharing" && type == kCache) return text("shared");
  if (key == "size" && type == kTmpfs) return text("0");  // no limit
  if (type == kBind || type == kTmpfs) return std::nullopt;
  if (key == "mode") return text(type == kSecret ? "0400" : type == kCache ? "0755" : "0600");
  if (key == "uid" || key == "gid") return text("0");
  return std::nullopt;
}

uint32_t DockerMount::EffectiveMode() const {
  if (mode) return *mode;
  if (type == DockerMountType::kSecret) return 0400;
  return type == DockerMountType::kCache ? 0755 : 0600;
}

DockerMount ParseDockerMount(const DockerFlag& flag, char escape,
                             const DockerVariableLookup& lookup, std::vector<DockerError>& errors) {
  return MountReader(flag, escape, lookup, errors).Run();
}

}  // namespace oakum
