#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/facts.h"
#include "analyzer/model/registry.h"
#include "analyzer/syntax/json.h"
#include "analyzer/syntax/python.h"

namespace oakum {

namespace {

Value TextOf(const PythonModule& module, const PyItem* item) {
  if (item == nullptr) return {};
  const PyObject& object = module[item->values.front()];
  const bool text = object.kind == PyKind::kText || object.kind == PyKind::kUnknown;
  return text ? object.value : Value();
}

// JobConfig(image_uri=..., registry_login_secret=...), anyscale.image.register(...).
void AddConfig(const PythonModule& module, const PyObject& call, Span span, Facts& facts) {
  const PyItem* login = PythonModule::Argument(call, "registry_login_secret");
  if (login == nullptr) return;
  RegistryImage use;
  use.setting = "image_uri";
  use.span = span;
  const PyItem* image = PythonModule::Argument(call, "image_uri");
  const PyItem* file = PythonModule::Argument(call, "containerfile");
  use.image = TextOf(module, image);
  use.login_secret = TextOf(module, login);
  use.login_span = login->span;
  if (file != nullptr && module[file->values.front()].kind != PyKind::kNull) {
    use.containerfile = file->span;
  }
  for (const PyItem& item : call.items) use.partial |= item.unpacked || item.key.empty();
  ReadInlineLogin(module.ToData(login->values.front()), use);
  if (use.login_secret.empty() && !use.has_inline_login) return;  // None
  facts.registry_images.push_back(std::move(use));
}

// client.create_secret(Name=..., SecretString=json.dumps({...})) of boto3.
void AddSecret(const PythonModule& module, const PyObject& call, Facts& facts) {
  const PyItem* text = PythonModule::Argument(call, "SecretString");
  if (text == nullptr) return;
  Value name = TextOf(module, PythonModule::Argument(call, "Name"));
  if (name.empty()) name = TextOf(module, PythonModule::Argument(call, "SecretId"));
  const std::string known = name.is_literal() ? std::string(name.text()) : std::string();
  for (const PyId id : text->values) {
    const DataTree tree =
        module[id].kind == PyKind::kText ? ParseJson(module[id].value).tree : module.ToData(id);
    if (LowerRegistrySecret(tree, known, "", facts)) return;
  }
}

// subprocess.run(["aws", "secretsmanager", "create-secret", ..., json.dumps({...})]).
void AddArgument(const PythonModule& module, const PyObject& call, Facts& facts) {
  const PyItem* first = PythonModule::Argument(call, "args", 0);
  if (first == nullptr || module[first->values.front()].kind != PyKind::kList) return;
  const std::vector<PyItem>& argv = module[first->values.front()].items;
  const auto follows = [&](std::string_view option) -> const PyItem* {
    for (size_t i = 0; i + 1 < argv.size(); ++i) {
      if (module[argv[i].values.front()].value.text() == option) return &argv[i + 1];
    }
    return nullptr;
  };
  const PyItem* text = follows("--secret-string");
  if (text == nullptr || module[text->values.front()].kind != PyKind::kJson) return;
  Value name = TextOf(module, follows("--name"));
  if (name.empty()) name = TextOf(module, follows("--secret-id"));
  LowerRegistrySecret(module.ToData(text->values.front()),
                      name.is_literal() ? std::string(name.text()) : std::string(), "", facts);
}

}  // namespace

void LowerRegistryCall(const PythonModule& module, const PyObject& call, Span span, Facts& facts) {
  AddConfig(module, call, span, facts);
  AddSecret(module, call, facts);
  AddArgument(module, call, facts);
}

}  // namespace oakum
