#include "analyzer/engine/registry_link.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/base/ascii.h"
#include "analyzer/base/path.h"
#include "analyzer/model/image_reference.h"

namespace oakum {

namespace {

constexpr size_t kSuffix = 6;  // what Secrets Manager appends to a name in its ARN, after a hyphen

std::string_view Stem(std::string_view path) {
  const std::string_view name = BaseName(path);
  return name.substr(0, name.find('.', 1));
}

// The secret's name in an ARN or in Google's projects/P/secrets/N/versions/V, else the text itself.
std::string_view NameIn(std::string_view reference) {
  if (const size_t at = reference.find(":secret:"); at != std::string_view::npos) {
    return reference.substr(at + 8);
  }
  if (reference.starts_with("projects/")) {
    const size_t at = reference.find("/secrets/");
    if (at != std::string_view::npos) {
      return reference.substr(at + 9, reference.find("/versions/", at) - at - 9);
    }
  }
  return reference;
}

bool IsSuffixed(std::string_view full, std::string_view name) {
  if (full.size() != name.size() + 1 + kSuffix || !full.starts_with(name) ||
      full[name.size()] != '-') {
    return false;
  }
  return std::all_of(full.end() - kSuffix, full.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0; });
}

bool SameSecret(std::string_view reference, std::string_view name) {
  const std::string_view a = NameIn(reference);
  const std::string_view b = NameIn(name);
  return !a.empty() && (a == b || IsSuffixed(a, b) || IsSuffixed(b, a));
}

// Whether a reference names a secret by this name, folders in front of it aside:
// anyscale/hub-Ab12Cd is the secret of hub.json where nothing else says what it is stored as.
bool IsCalled(std::string_view reference, std::string_view name) {
  const std::string_view full = NameIn(reference);
  return SameSecret(full, name) || SameSecret(full.substr(full.rfind('/') + 1), name);
}

// Words that say no more of a secret than that it is a login for images.
bool SaysOnlyLogin(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "login",      "logins",      "registry", "pull",   "puller", "docker", "cred",
      "creds",      "credential",  "auth",     "secret", "image",  "images", "container",
      "containers", "credentials", "token",    "robot",  "json",   "key"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// The telling words of a name in order, each after a blank: " quay" for anyscale/quay-login-p4XcRt.
std::string TellingWords(std::string_view name) {
  std::string words;
  for (size_t begin = 0; begin < name.size();) {
    const size_t end = std::min(name.find_first_of("-_.", begin), name.size());
    const std::string word = ToLower(name.substr(begin, end - begin));
    if (!word.empty() && !SaysOnlyLogin(word)) words += " " + word;
    begin = end + 1;
  }
  return words;
}

// Whether a reference and a file tell of the same login in other words: quay-login and quay.json.
bool IsCalledAlike(std::string_view reference, std::string_view stem) {
  std::string_view name = NameIn(reference);
  name = name.substr(name.rfind('/') + 1);
  const std::string words = TellingWords(stem);
  if (words.empty()) return false;
  if (TellingWords(name) == words) return true;
  const size_t hyphen = name.rfind('-');
  return hyphen != name.npos && IsSuffixed(name, name.substr(0, hyphen)) &&
         TellingWords(name.substr(0, hyphen)) == words;
}

// Whether the file that `document` hands over as `file` is the one the secret stands in.
bool IsFileOf(const PlacedSecret& placed, const Document& document, std::string_view file) {
  const std::string& path = placed.document->path();
  if (!placed.secret->file.empty()) {
    return placed.document == &document && CleanPath(placed.secret->file) == CleanPath(file);
  }
  if (!placed.secret->name.empty()) return false;
  return path == JoinPath(ParentPath(document.path()), file) || path == CleanPath(file) ||
         BaseName(path) == BaseName(file);
}

// The name that an upload in a loop or function gives this file: `--secret-id "ml/$n"` with
// `file://$n.json` is ml/hub for hub.json. Holes are `${n}` in both.
std::string NameByPattern(const RegistrySecretUpload& upload, std::string_view path) {
  const std::string_view file = BaseName(upload.file);
  const size_t open = file.find("${");
  const size_t close = file.find('}', open);
  if (open == file.npos || close == file.npos) return "";
  const std::string_view hole = file.substr(open, close + 1 - open);
  const std::string_view before = file.substr(0, open);
  const std::string_view after = file.substr(close + 1);
  const std::string_view name = BaseName(path);
  const size_t at = upload.name.find(hole);
  if (at == std::string::npos || after.find("${") != after.npos || !name.starts_with(before) ||
      !name.ends_with(after) || name.size() <= before.size() + after.size()) {
    return "";
  }
  const std::string_view filled =
      name.substr(before.size(), name.size() - before.size() - after.size());
  return upload.name.substr(0, at) + std::string(filled) + upload.name.substr(at + hole.size());
}

void CollectNames(const Project& project, PlacedSecret& placed) {
  if (!placed.secret->name.empty()) placed.names.push_back(placed.secret->name);
  for (const auto& document : project.documents()) {
    for (const RegistrySecretUpload& upload : document->facts().registry_secret_uploads) {
      if (upload.name.find("${") != std::string::npos) {
        std::string name = NameByPattern(upload, placed.document->path());
        if (!name.empty()) placed.names.push_back(std::move(name));
      } else if (!upload.name.empty() && IsFileOf(placed, *document, upload.file)) {
        placed.names.push_back(upload.name);
      }
    }
  }
}

std::string RegistryFor(const RegistryImage& image) {
  if (image.image.text().starts_with("anyscale/")) return "";
  return RegistryOf(image.image).value_or("");
}

class Linker {
 public:
  explicit Linker(const Project& project) {
    for (const auto& document : project.documents()) {
      for (const RegistrySecret& secret : document->facts().registry_secrets) {
        out_.secrets.push_back({document.get(), &secret, {}});
        CollectNames(project, out_.secrets.back());
      }
      for (const RegistryImage& image : document->facts().registry_images) {
        out_.images.push_back({document.get(), &image, RegistryFor(image)});
      }
    }
  }

  RegistryLinks Link() {
    std::vector<size_t> nameless;  // images whose login no file goes by
    for (size_t i = 0; i < out_.images.size(); ++i) {
      const bool has_login = !out_.images[i].image->login_secret.empty();
      if (has_login && !LinkByName(i)) nameless.push_back(i);
    }
    const std::vector<RegistryLink> by_name = out_.links;
    for (const size_t image : nameless) {
      std::optional<size_t> only = OnlySecret(ParentPath(out_.images[image].document->path()));
      if (!only) only = OnlySecret(std::nullopt);
      // Another image names this very file: it is another login than this image's.
      const bool taken = std::any_of(by_name.begin(), by_name.end(),
                                     [&](const RegistryLink& link) { return link.secret == only; });
      if (only && !taken) out_.links.push_back({image, *only, false});
    }
    return std::move(out_);
  }

 private:
  bool LinkByName(size_t image) {
    const Value& login = out_.images[image].image->login_secret;
    if (!login.is_literal()) return false;
    bool found = false;
    for (size_t i = 0; i < out_.secrets.size(); ++i) {
      const PlacedSecret& placed = out_.secrets[i];
      const bool named =
          std::any_of(placed.names.begin(), placed.names.end(),
                      [&](const std::string& name) { return SameSecret(login.text(), name); }) ||
          (placed.names.empty() && IsCalled(login.text(), Stem(placed.document->path())));
      if (!named) continue;
      out_.links.push_back({image, i, true});
      found = true;
    }
    return found || LinkByWords(image, login.text());
  }

  // The one file that goes by no name and is called alike.
  bool LinkByWords(size_t image, std::string_view login) {
    std::optional<size_t> only;
    for (size_t i = 0; i < out_.secrets.size(); ++i) {
      const PlacedSecret& placed = out_.secrets[i];
      if (!placed.names.empty() || !placed.secret->certain ||
          !IsCalledAlike(login, Stem(placed.document->path()))) {
        continue;
      }
      if (only) return false;
      only = i;
    }
    if (only) out_.links.push_back({image, *only, true});
    return only.has_value();
  }

  // The one secret of a folder, or of the tree when no folder is given, if it goes by no name.
  std::optional<size_t> OnlySecret(std::optional<std::string_view> folder) const {
    std::optional<size_t> only;
    for (size_t i = 0; i < out_.secrets.size(); ++i) {
      if (!out_.secrets[i].secret->certain) continue;
      if (folder && ParentPath(out_.secrets[i].document->path()) != *folder) continue;
      if (only) return std::nullopt;
      only = i;
    }
    if (only && !out_.secrets[*only].names.empty()) return std::nullopt;
    return only;
  }

  RegistryLinks out_;
};

}  // namespace

CloudHints CloudsOf(const Project& project, const RegistryLinks& links) {
  CloudHints hints;
  for (const PlacedImage& image : links.images) {
    const std::string& host = image.registry;
    hints.aws |= host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
    hints.google |= host == "gcr.io" || host.ends_with(".gcr.io") || host.ends_with(".pkg.dev");
    hints.aws |= image.image->login_secret.text().starts_with("arn:");
  }
  for (const auto& document : project.documents()) {
    const Facts& facts = document->facts();
    for (const Command& command : facts.commands) {
      hints.aws |= command.Program() == "aws";
      hints.google |= command.Program() == "gcloud";
    }
    for (const UriUse& use : facts.uris) {
      hints.aws |= use.uri.scheme == "s3";
      hints.google |= use.uri.scheme == "gs";
    }
    for (const RuntimeEnv& env : facts.runtime_envs) {
      for (const RuntimeEnvPackage& package : env.packages) {
        hints.aws |= package.value.text().starts_with("s3://");
        hints.google |= package.value.text().starts_with("gs://");
      }
    }
  }
  return hints;
}

RegistryLinks LinkRegistrySecrets(const Project& project) {
  return Linker(project).Link();
}

}  // namespace oakum
