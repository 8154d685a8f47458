#include "analyzer/model/lower_settings.h"

#include <string>
#include <utility>

#include "analyzer/model/derive.h"

namespace oakum {

void LowerEnvironment(const YamlNode& environment, SettingScope scope, Interpolation interpolate,
                      Facts& facts) {
  for (const YamlEntry* pair : environment.Pairs()) {
    // GitLab: NAME: {value: ..., description: ...}
    const YamlNode& value = pair->value->IsMapping() ? (*pair->value)["value"] : *pair->value;
    if (!pair->key->IsScalar() || !value.IsScalar()) continue;
    Setting setting;
    setting.name = pair->key->text();
    setting.value = interpolate(value.value);
    setting.name_span = pair->key->span;
    setting.span = Span::Cover(pair->key->span, value.span);
    setting.environment = environment.span;
    setting.scope = scope;
    AddSetting(std::move(setting), facts);
  }
  if (!environment.IsSequence()) return;
  for (const YamlEntry& item : environment.entries) {
    const Value text = interpolate(item.value->value);
    const size_t equals = text.text().find('=');
    if (!item.value->IsScalar() || equals == std::string_view::npos) continue;
    const Span name{0, static_cast<uint32_t>(equals)};
    Setting setting;
    setting.name = text.text().substr(0, equals);
    setting.value = text.Slice(name.end + 1);
    setting.name_span = text.ToSource(name);
    setting.span = item.value->span;
    setting.environment = environment.span;
    setting.scope = scope;
    AddSetting(std::move(setting), facts);
  }
}

}  // namespace oakum
