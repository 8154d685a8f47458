// Which registry login serves which image, across the files of a tree.
//
// A config names its login by secret name or ARN; the secret's JSON stands in a file, a
// here-document or a command line elsewhere. They are joined by that name, by the script that
// uploads the file, by a file called like the secret (quay.json for anyscale/quay-login), and,
// where nothing is named, when only one login is in the same folder or in the whole tree. A login
// that is named otherwise is never taken for another one.
//
// Thread-safety: pure functions of an immutable Project, which must outlive the links.
#pragma once

#include <string>
#include <vector>

#include "analyzer/engine/document.h"
#include "analyzer/engine/project.h"
#include "analyzer/model/registry.h"

namespace oakum {

struct PlacedSecret {
  const Document* document = nullptr;
  const RegistrySecret* secret = nullptr;
  std::vector<std::string> names;  // names and ARNs it is known by
};

struct PlacedImage {
  const Document* document = nullptr;
  const RegistryImage* image = nullptr;
  std::string registry;  // of the image; empty if unknown or hosted by Anyscale itself
};

struct RegistryLink {
  size_t image = 0;   // index in images
  size_t secret = 0;  // index in secrets
  bool by_name = false;
};

struct RegistryLinks {
  std::vector<PlacedSecret> secrets;  // in path order
  std::vector<PlacedImage> images;    // in path order
  std::vector<RegistryLink> links;    // by image
};

RegistryLinks LinkRegistrySecrets(const Project& project);

// Whose cloud the tree is for, told by registries, ARNs, commands and storage URIs.
struct CloudHints {
  bool aws = false;
  bool google = false;
};

CloudHints CloudsOf(const Project& project, const RegistryLinks& links);

}  // namespace oakum
