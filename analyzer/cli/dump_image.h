// The image part of `oakum dump dockerfile`: stages, and what happens to files in them.
//
// Texts that are written to files are shown as the Dockerfile has them, as the rest of a dump is.
#pragma once

#include <nlohmann/json.hpp>

#include "analyzer/model/image_build.h"
#include "analyzer/model/image_config.h"

namespace oakum {

nlohmann::ordered_json DumpImage(const ImageBuild& image);

// The variables of the image, and what its RUNs see: who they run as, and where.
nlohmann::ordered_json DumpImageConfig(const ImageConfig& config);

}  // namespace oakum
