// Programs that only start another one.

#include <algorithm>

#include "analyzer/model/image_command.h"

namespace oakum {

bool TakeWrappers(SimpleCommand& command) {
  for (;;) {
    const std::string_view name = command.name();
    size_t skip = 1;
    if (name == "sudo" || name == "env" || name == "nice" || name == "timeout") {
      while (skip < command.texts.size() && (command.texts[skip].starts_with('-') ||
                                             command.texts[skip].find('=') != std::string::npos)) {
        const std::string& option = command.texts[skip];
        skip += option == "-u" || option == "-g" ? 2 : 1;
      }
      if (name == "timeout") ++skip;
    } else if (name.starts_with("python") && command.texts.size() > 2 && command.texts[1] == "-m") {
      skip = 2;
    } else if (name != "command" && name != "exec" && name != "time" && name != "nohup" &&
               name != "builtin") {
      return !command.texts.empty();
    }
    skip = std::min(skip, command.texts.size());
    command.texts.erase(command.texts.begin(), command.texts.begin() + static_cast<long>(skip));
    command.words.erase(command.words.begin(), command.words.begin() + static_cast<long>(skip));
  }
}

}  // namespace oakum
