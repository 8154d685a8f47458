#include "analyzer/model/facts.h"

namespace oakum {

Facts BuildFacts(const Source& source, Language language) {
  Facts facts;
  (void)source;
  (void)language;
  return facts;
}

}  // namespace oakum
