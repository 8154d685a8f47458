// Registry logins and the images they are for, as Anyscale joins them.
//
// A secret manager holds {"username", "password", "server"}; a cluster environment, job, service or
// workspace names an image and that secret. The node compares `server` with the registry of the
// image and, when they differ, does not send the credential and says nothing (ray.md 5.1). The two
// stand in different files; engine/registry_link.h brings them together.
//
// Thread-safety: plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/base/source.h"
#include "analyzer/base/span.h"
#include "analyzer/base/value.h"

namespace oakum {

// A member of a registry login's JSON object.
struct RegistryField {
  Value key;
  Value value;  // of a scalar
  bool is_text = false;
  Span span;  // of the value, quotes included
};

// A registry login secret's content.
struct RegistrySecret {
  Value server;
  Value username;
  Value password;
  std::vector<RegistryField> fields;  // all of them, as written
  Span span;                          // of the JSON object
  std::string name;  // name or ARN in the secret manager; empty if its place does not say
  std::string file;  // the file that a command writes it to; empty for a file of its own
  // Its members say what it is. Else it looks like a login, and is one only if something names it
  // as the login of a registry.
  bool certain = true;
};

// A file handed to the secret manager: `aws secretsmanager create-secret --secret-string file://P`.
struct RegistrySecretUpload {
  std::string name;  // a part that is filled in is ${x}
  std::string file;
  bool aws = false;  // to AWS Secrets Manager
  Span span;
};

// A place that names an image, and the login for it if it names one.
struct RegistryImage {
  std::string setting;  // "image_uri", "docker_image", "--image-uri"
  Value image;          // empty if only the login is named
  Value login_secret;   // empty if none is named
  Span login_span;      // what is given as the login, whatever it is
  Value inline_login;   // the password of a login that is written out in place of its name
  bool has_inline_login = false;
  Span containerfile;    // the value of `containerfile` beside it; empty if there is none
  bool partial = false;  // more of the same config stands elsewhere
  Span span;             // all of it
};

struct Facts;
struct PyObject;
class DataTree;
class PythonModule;

// What a text given as `registry_login_secret` is (ray.md 5.2).
enum class ReferenceForm {
  kUnknown,    // empty, a placeholder, or filled in elsewhere
  kArn,        // a full ARN of AWS Secrets Manager
  kPartial,    // an ARN without the six characters that end it
  kMalformed,  // an ARN of another shape
  kGoogle,     // projects/P/secrets/S
  kName,       // a name alone
  kInline,     // the login itself
};

struct LoginReference {
  ReferenceForm form = ReferenceForm::kUnknown;
  // kMalformed: what is wrong, as the end of a sentence about the ARN: "names the service s3".
  std::string problem;
};

LoginReference ReadLoginReference(const RegistryImage& image);

// Takes a login that is written out where its name belongs: a map, or the text of one.
void ReadInlineLogin(const DataTree& login, RegistryImage& use);

// The Anyscale configs in a tree from YAML, JSON or Python: every map with `registry_login_secret`,
// and maps with `image_uri` or `docker_image` beside other keys of such a config.
void LowerAnyscale(const DataTree& tree, Facts& facts);

// The tree of a JSON text if it is a registry login secret. `name` and `file` as in RegistrySecret.
bool LowerRegistrySecret(const DataTree& tree, std::string name, std::string file, Facts& facts);

// What a call of a program says: a config of Anyscale's SDK, a secret that boto3 stores.
void LowerRegistryCall(const PythonModule& module, const PyObject& call, Span span, Facts& facts);

// A JSON file that is one, or a config of Anyscale.
void LowerRegistryJson(const Source& source, Facts& facts);

// From facts.commands: secrets created or written, uploads, images and logins on the command line
// of anyscale. Runs once, after everything else is lowered.
void CollectRegistryCommands(Facts& facts);

// How a `server` stands to a registry by Anyscale's comparison, which is by text. docker and the
// kubelet fold aliases and schemes (ray.md 5.4); they are not asked here.
enum class ServerMatch {
  kExact,
  kHubAlias,  // names Docker Hub by a name that only docker knows, or by its web site
  kForm,      // the right host with a scheme, path, port or upper case around it
  kDifferent,
  kUnknown,  // empty, a placeholder, or filled in elsewhere
};

ServerMatch MatchServer(const Value& server, std::string_view registry);

// Whether the text is one of Docker Hub's names other than docker.io.
bool IsHubAlias(std::string_view server);

// `server` without scheme, path and upper case; the port stays.
std::string ServerHost(std::string_view server);

// Whether a host is a registry by its name alone: a known provider's (ray.md 5.5).
bool IsKnownRegistry(std::string_view host);

}  // namespace oakum
