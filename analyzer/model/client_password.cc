#include "analyzer/model/client_password.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace oakum {

namespace {

struct Client {
  std::string_view programs;  // between blanks
  std::string_view option;
  bool glued = false;  // the password follows the letter at once, and nowhere else
};

constexpr auto kClients = std::to_array<Client>({
    {" redis-cli valkey-cli keydb-cli redis-benchmark ", "-a"},
    {" mysql mysqladmin mysqldump mysqlcheck mariadb mariadb-admin mariadb-dump ", "-p", true},
    {" mongo mongosh mongodump mongorestore mongoimport mongoexport ", "-p"},
    {" sshpass ", "-p"},
    {" ldapsearch ldapwhoami ldapadd ldapmodify ", "-w"},
    {" rabbitmqadmin ", "-p"},
    {" sqlcmd ", "-P"},
    {" cqlsh ", "-p"},
});

bool Lists(std::string_view programs, std::string_view program) {
  const size_t at = program.empty() ? programs.npos : programs.find(program);
  return at != programs.npos && at > 0 && programs[at - 1] == ' ' &&
         programs[at + program.size()] == ' ';
}

}  // namespace

std::optional<ClientPassword> ClientPasswordOf(const Command& command) {
  const auto client = std::find_if(kClients.begin(), kClients.end(), [&](const Client& each) {
    return Lists(each.programs, command.Program());
  });
  if (client == kClients.end()) return std::nullopt;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    const std::string_view text = word.text();
    if (!text.starts_with(client->option)) continue;
    const auto length = static_cast<uint32_t>(client->option.size());
    if (text.size() > length) {
      if (client->glued) return ClientPassword{word.Slice(length), i};
    } else if (!client->glued && i + 1 < command.argv.size()) {
      return ClientPassword{command.argv[i + 1], i + 1};
    }
  }
  return std::nullopt;
}

}  // namespace oakum
