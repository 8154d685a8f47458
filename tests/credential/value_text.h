// Values for tests, written as text: ${NAME} is an interpolated environment variable,
// ${{secrets.X}} a CI secret, @{NAME} a reference that only the last consumer fills in.
#pragma once

#include <string_view>

#include "analyzer/base/value.h"

namespace oakum {

inline Value HolesOf(std::string_view text) {
  struct Form {
    std::string_view open, close;
    HoleOrigin origin;
    FillTime when;
  };
  static constexpr Form kForms[] = {
      {"${{", "}}", HoleOrigin::kCiSecret, FillTime::kInterpolated},
      {"${", "}", HoleOrigin::kEnvironment, FillTime::kInterpolated},
      {"@{", "}", HoleOrigin::kEnvironment, FillTime::kDeferred},
      {"$(", ")", HoleOrigin::kCommand, FillTime::kInterpolated},
  };
  Value::Builder builder;
  const auto offset = [](size_t at) { return static_cast<uint32_t>(at); };
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    for (const Form& form : kForms) {
      const size_t close = text.find(form.close, i);
      if (!text.substr(i).starts_with(form.open) || close == std::string_view::npos) continue;
      end = close + form.close.size();
      const size_t name = i + form.open.size();
      builder.Append(Hole{std::string(text.substr(name, close - name)),
                          form.origin,
                          form.when,
                          {offset(i), offset(end)},
                          nullptr});
      break;
    }
    if (end == i) builder.AppendDecoded(text.substr(i, 1), {offset(i), offset(i) + 1}), ++end;
    i = end;
  }
  return std::move(builder).Build();
}

}  // namespace oakum
