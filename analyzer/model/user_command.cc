#include "analyzer/model/user_command.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace oakum {

namespace {

// With a value of their own as the next word. `-h` is the home of BusyBox's adduser.
constexpr std::string_view kWithValue =
    " -b -c -d -e -f -g -G -h -k -K -p -s -u -Z --base-dir --comment --home-dir --home "
    "--expiredate --inactive --gid --groups --skel --key --password --shell --uid --gecos "
    "--firstuid --lastuid --firstgid --lastgid --ingroup --conf ";

bool TakesValue(std::string_view option) {
  return kWithValue.find(" " + std::string(option) + " ") != kWithValue.npos;
}

std::optional<uint32_t> NumberOf(std::string_view text) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<MadeUser> UserMadeBy(const Command& command) {
  const std::string_view program = command.Program();
  if (program != "useradd" && program != "adduser" && program != "usermod") return std::nullopt;
  MadeUser user;
  const auto take = [&](std::string_view option, const Value& value) {
    if (!value.is_literal()) return;
    if (option == "-u" || option == "--uid") user.uid = NumberOf(value.text());
    if (option == "-d" || option == "-h" || option == "--home" || option == "--home-dir") {
      user.home = value.text();
    }
  };
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (const size_t equals = text.find('='); text.starts_with("--") && equals != text.npos) {
      take(text.substr(0, equals), word.Slice(static_cast<uint32_t>(equals + 1)));
    } else if (TakesValue(text) && i + 1 < command.argv.size()) {
      take(text, command.argv[++i]);
    } else if (text.size() > 2 && text[0] == '-' && text[1] != '-' && text.ends_with('u') &&
               i + 1 < command.argv.size()) {
      take("-u", command.argv[++i]);  // -mu 1000
    } else if (!text.starts_with('-') && user.name.empty() && word.is_literal()) {
      user.name = text;
    }
  }
  if (user.name.empty()) return std::nullopt;
  if (user.home.empty() && program != "usermod") user.home = "/home/" + user.name;
  return user;
}

}  // namespace oakum
