#include "analyzer/model/docker_scope.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"

namespace oakum {
namespace {

// Images that run as another user than root without the Dockerfile saying so. Ray: ray.md 2.4; the
// others: the images' own Dockerfiles.
struct KnownBase {
  std::string_view prefix;  // of the image, without a registry that docker.io stands for
  std::string_view user;
  uint32_t uid;
  std::string_view home;
  std::string_view workdir;
};

constexpr KnownBase kBases[] = {
    {"rayproject/ray", "ray", 1000, "/home/ray", "/home/ray"},
    {"anyscale/ray", "ray", 1000, "/home/ray", "/home/ray"},
    {"apache/airflow", "airflow", 50000, "/home/airflow", "/opt/airflow"},
    {"jupyter/", "jovyan", 1000, "/home/jovyan", "/home/jovyan"},
    {"quay.io/jupyter/", "jovyan", 1000, "/home/jovyan", "/home/jovyan"},
    {"jenkins/jenkins", "jenkins", 1000, "/var/jenkins_home", "/"},
};

// Users that images have beside root, whom they start as: where a file says USER, their number and
// home. By the last segment of the image's name: mirrors keep it. The images' own Dockerfiles.
struct KnownUser {
  std::string_view image;
  std::string_view user;
  uint32_t uid;
  std::string_view home;
};

constexpr KnownUser kUsers[] = {
    {"gradle", "gradle", 1000, "/home/gradle"}, {"javascript-node", "node", 1000, "/home/node"},
    {"node", "node", 1000, "/home/node"},       {"typescript-node", "node", 1000, "/home/node"},
    {"ubuntu", "ubuntu", 1000, "/home/ubuntu"},
};

// "node" of docker.io/library/node:22@sha256:...
std::string_view LastSegment(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const size_t slash = image.rfind('/');
  if (slash != image.npos) image.remove_prefix(slash + 1);
  return image.substr(0, image.find(':'));
}

const KnownBase* FindBase(std::string_view image) {
  for (std::string_view prefix : {"docker.io/", "index.docker.io/"}) {
    if (image.starts_with(prefix)) image.remove_prefix(prefix.size());
  }
  const auto* at =
      std::find_if(std::begin(kBases), std::end(kBases),
                   [image](const KnownBase& base) { return image.starts_with(base.prefix); });
  return at == std::end(kBases) ? nullptr : at;
}

std::optional<uint32_t> NumberOf(std::string_view text) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string ResolvePath(std::string_view folder, std::string_view path) {
  if (path.starts_with("${")) {
    // CleanPath would take a reference for a folder of the working directory.
    return std::string(CleanPath(path));
  }
  return JoinPath(folder, path);
}

void DockerScope::SetArg(const DockerPair& pair, const DockerScope* global) {
  const std::string name(pair.name.text());
  DockerVariable variable{DockerVariable::Kind::kArg, std::nullopt, pair.text.ToSource()};
  if (pair.has_value) {
    variable.value = Resolve(pair.value);
  } else if (const DockerVariable* outer = global ? global->Find(name) : nullptr) {
    variable.value = outer->value;
  }
  const DockerVariable* known = Find(name);
  if (!variable.value && known && known->kind == DockerVariable::Kind::kEnv) return;
  variables_.insert_or_assign(name, std::move(variable));
}

void DockerScope::SetEnv(const DockerInstruction& env) {
  std::vector<std::pair<std::string, DockerVariable>> set;  // one instruction sees one snapshot
  for (const DockerPair& pair : env.pairs) {
    set.emplace_back(
        Resolve(pair.name).Describe(),
        DockerVariable{DockerVariable::Kind::kEnv, Resolve(pair.value), pair.text.ToSource()});
  }
  for (auto& [name, variable] : set) variables_.insert_or_assign(name, std::move(variable));
}

void DockerScope::SetWorkdir(const MappedText& word) {
  workdir_ = ResolvePath(workdir_, Resolve(word).Describe());
}

void DockerScope::SetUser(const MappedText& word) {
  const auto name = [](const std::string& text) { return text.substr(0, text.find(':')); };
  user_ = name(Resolve(word).Describe());
  // A variable that only the base image sets, as ${NB_UID} of Jupyter's: the user is not known.
  if (user_.empty()) user_ = name(std::string(word.text()));
}

void DockerScope::AddUser(const std::string& name, std::optional<uint32_t> uid,
                          const std::string& home) {
  User& user = users_[name];
  if (uid) user.uid = uid;
  if (user.home.empty()) user.home = home;
}

const DockerScope::User* DockerScope::MadeUser() const {
  if (const auto named = users_.find(user_); named != users_.end()) return &named->second;
  const std::optional<uint32_t> number = NumberOf(user_);
  if (!number) return nullptr;
  const auto found = std::find_if(users_.begin(), users_.end(), [&number](const auto& user) {
    return user.second.uid == number;
  });
  return found == users_.end() ? nullptr : &found->second;
}

void DockerScope::SetBase(std::string_view image) {
  const std::string_view name = LastSegment(image);
  for (const KnownUser& known : kUsers) {
    if (known.image == name) AddUser(std::string(known.user), known.uid, std::string(known.home));
  }
  const KnownBase* base = FindBase(image);
  if (!base) return;
  user_ = base->user;
  workdir_ = base->workdir;
  base_user_ = base->user;
  base_uid_ = base->uid;
  base_home_ = base->home;
}

void DockerScope::SetBase(const DockerScope& image) {
  for (const auto& [name, variable] : image.variables_) {
    if (variable.kind != DockerVariable::Kind::kEnv || !variable.value) continue;
    const Value text(MappedText::Synthetic(variable.value->Describe(), {}));
    variables_[name] = {DockerVariable::Kind::kEnv, text, {}};
  }
  workdir_ = image.workdir_;
  user_ = image.user_;
  users_ = image.users_;
  base_user_ = image.base_user_;
  base_uid_ = image.base_uid_;
  base_home_ = image.base_home_;
}

std::optional<uint32_t> DockerScope::Uid() const {
  if (IsRoot()) return 0;
  if (const auto number = NumberOf(user_)) return number;
  if (const User* made = MadeUser()) return made->uid;
  return user_ == base_user_ ? base_uid_ : std::nullopt;
}

const DockerVariable* DockerScope::Find(std::string_view name) const {
  auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : &found->second;
}

bool DockerScope::IsEmpty(std::string_view name) const {
  const DockerVariable* variable = Find(name);
  return variable && variable->kind == DockerVariable::Kind::kEnv && variable->value &&
         variable->value->empty();
}

DockerVariableLookup DockerScope::ResolvingLookup() const {
  return [this](std::string_view name, Span reference) -> std::optional<Value> {
    const DockerVariable* variable = Find(name);
    if (!variable) return std::nullopt;
    if (variable->value) return variable->value;
    return ReferenceLookup(HoleOrigin::kBuildArg)(name, reference);
  };
}

Value DockerScope::Resolve(const MappedText& word) const {
  // `ENV A=$A$A` doubles: what goes beyond any real value stays a reference.
  constexpr uint32_t kMaxFilledIn = 8 << 10;
  uint32_t filled_in = 0;
  const DockerVariableLookup values = ResolvingLookup();
  const DockerVariableLookup references = ReferringLookup();
  const auto lookup = [&](std::string_view name, Span reference) {
    std::optional<Value> value = values(name, reference);
    if (!value) return value;
    if (value->size() > kMaxFilledIn - filled_in) return references(name, reference);
    filled_in += value->size();
    return value;
  };
  return ExpandDockerWord(word, {.escape = escape_}, lookup).value_or(Value(word));
}

DockerVariableLookup DockerScope::ReferringLookup() const {
  return [this](std::string_view name, Span reference) -> std::optional<Value> {
    // Positional and special parameters are never set (dockerfile.md 1.6).
    const bool special = !name.empty() && !IsAlpha(name[0]) && name[0] != '_';
    if (special || IsEmpty(name)) return Value();
    const DockerVariable* variable = Find(name);
    Hole hole{std::string(name), HoleOrigin::kBuildArg, FillTime::kInterpolated, reference,
              nullptr};
    if (variable && variable->kind == DockerVariable::Kind::kEnv)
      hole.origin = HoleOrigin::kBuildEnv;
    if (!variable) hole.origin = HoleOrigin::kEnvironment;
    if (variable && variable->kind == DockerVariable::Kind::kArg && variable->value) {
      hole.fallback = std::make_shared<const Value>(*variable->value);
    }
    Value::Builder builder;
    builder.Append(std::move(hole));
    return std::move(builder).Build();
  };
}

Value DockerScope::Refer(const MappedText& word) const {
  return ExpandDockerWord(word, {.escape = escape_}, ReferringLookup()).value_or(Value(word));
}

Value DockerScope::ReferText(const MappedText& text) const {
  const DockerWordOptions options{.escape = escape_, .skip_quotes = true};
  return ExpandDockerWord(text, options, ReferringLookup()).value_or(Value(text));
}

std::string DockerScope::RunHome() const {
  const DockerVariable* home = Find("HOME");
  if (home && home->value) return CleanPath(home->value->Describe());
  if (IsRoot()) return "/root";
  if (const User* made = MadeUser(); made != nullptr && !made->home.empty()) return made->home;
  if (base_uid_ && Uid() == base_uid_) return base_home_;
  return "${HOME}";
}

}  // namespace oakum
