#include "analyzer/model/container.h"

namespace oakum {

const EnvVar* Container::Env(std::string_view variable) const {
  for (auto item = env.rbegin(); item != env.rend(); ++item) {
    if (item->name == variable) return &*item;
  }
  return nullptr;
}

}  // namespace oakum
