#include <optional>

#include "analyzer/cli/dump.h"
#include "analyzer/cli/dump_value.h"
#include "analyzer/syntax/netrc.h"
#include "analyzer/syntax/netrc_reader.h"

namespace oakum {

namespace {

using Json = nlohmann::ordered_json;

Json DumpToken(const std::optional<NetrcToken>& token) {
  if (!token) return nullptr;
  Json json = DumpValue(token->value);
  json["span"] = DumpSpan(token->span);  // with its quotes
  return json;
}

// What each program makes of the text: the hosts it has a login for, or why it refuses the file.
Json DumpReaders(const Value& body) {
  struct {
    const char* name;
    NetrcReader reader;
  } const readers[] = {{"python<=3.10", NetrcReader::kPython310},
                       {"python>=3.11", NetrcReader::kPython311},
                       {"curl", NetrcReader::kCurl},
                       {"wget", NetrcReader::kWget},
                       {"uv", NetrcReader::kUv}};
  Json json = Json::object();
  for (const auto& entry : readers) {
    const NetrcReading reading = ReadNetrcAs(entry.reader, body);
    if (reading.rejected) {
      json[entry.name] = {{"rejected", reading.rejected->message}};
      if (reading.rejected->span) json[entry.name]["span"] = DumpSpan(*reading.rejected->span);
      continue;
    }
    Json hosts = Json::array();
    for (const NetrcLogin& login : reading.entries) {
      hosts.push_back(login.is_default ? Json("default") : DumpValue(login.machine));
    }
    json[entry.name] = {{"hosts", std::move(hosts)}};
  }
  return json;
}

}  // namespace

Json DumpNetrc(const Source& source) {
  const Value body(source.body());
  const NetrcText netrc = ParseNetrc(body);
  Json entries = Json::array();
  for (const NetrcEntry& entry : netrc.entries) {
    entries.push_back({{"machine", entry.is_default ? Json("default") : DumpToken(entry.machine)},
                       {"login", DumpToken(entry.login)},
                       {"account", DumpToken(entry.account)},
                       {"password", DumpToken(entry.password)},
                       {"span", DumpSpan(entry.span)}});
  }
  Json json = {
      {"entries", std::move(entries)}, {"macros", Json::array()}, {"unknown", Json::array()}};
  for (const NetrcMacro& macro : netrc.macros) json["macros"].push_back(DumpToken(macro.name));
  for (const NetrcToken& token : netrc.unknown) json["unknown"].push_back(DumpToken(token));
  json["comments"] = DumpValues(netrc.comments);
  json["readers"] = DumpReaders(body);
  json["errors"] = Json::array();  // what is one depends on the reader
  return json;
}

}  // namespace oakum
