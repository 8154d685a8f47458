// What dumps and tests call the origin of a file in an image.
#pragma once

#include <string_view>

#include "analyzer/model/image_build.h"

namespace oakum {

// "context", "secret-env": stable, part of the output of `oakum dump dockerfile`.
std::string_view FileOriginName(FileOrigin origin);

}  // namespace oakum
