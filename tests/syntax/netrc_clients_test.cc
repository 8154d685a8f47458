// What curl and wget send to a server that asks for a login, against what oakum takes them to read.
//
// A server on the loopback interface answers every request without a login with 401; the clients
// get the netrc as their only source of one. Skipped where a client or python3 is not installed.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/syntax/netrc_reader.h"

namespace oakum {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScript = R"(
import base64, http.server, os, shutil, subprocess, sys, threading

client, folder = sys.argv[1:3]
if not shutil.which(client):
    sys.exit(1)
seen = []


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        header = self.headers.get("Authorization")
        if header:
            seen.append(header)
        self.send_response(200 if header else 401)
        if not header:
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = "http://localhost:%d/" % server.server_port
print("ready", flush=True)
for name in sorted(os.listdir(folder)):
    home = os.path.join(folder, name)
    if client == "curl":
        command = ["curl", "-q", "-s", "-4", "--noproxy", "*", "--max-time", "10", "--netrc-optional",
                   "--netrc-file", os.path.join(home, ".netrc"), "-o", os.devnull, url]
    else:
        command = ["wget", "-q", "--no-config", "--inet4-only", "--no-proxy", "--tries=2",
                   "--timeout=10", "-O", os.devnull, url]
    environment = {k: v for k, v in os.environ.items() if k not in ("NETRC", "WGETRC")}
    seen.clear()
    for attempt in range(4):  # a loaded machine may cost some
        if not seen:
            subprocess.run(command, env=dict(environment, HOME=home), stdin=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    sent = base64.b64decode(seen[-1].split()[1]) if seen else b"none"
    sys.stdout.buffer.write(sent.replace(b"\r", b"\\r").replace(b"\n", b"\\n") + b"\n")
    sys.stdout.flush()
)";

constexpr const char* kTexts[] = {
    "machine localhost login u password p\n",
    "machine localhost\n  password p\n  login u\n",
    "machine localhost login u\n",
    "machine localhost password p\n",
    "Machine LOCALHOST Login u Password p\n",
    "machine LOCALHOST login u password p\n",
    "machine localhost user u password p\n",
    "machine localhost login u passowrd p\n",
    "machine localhost login u account a password p\n",
    "machine localhost login u password \"p q\"\n",
    "machine localhost login u password \"p\\\"q\"\n",
    "machine localhost login u password p\\q\n",
    "machine localhost login u password p\n\n# c d\nmachine i login v password q\n",
    "# machine localhost login v password q\nmachine localhost login u password p\n",
    "machine localhost login u # c\n  password p\n",
    "machine localhost login u password #p\n",
    "machine localhost login u password p#q\n",
    "machine localhost login a password p\nmachine localhost login b password q\n",
    "machine i login v password q\nmachine localhost login u password p\n",
    "machine i login v password q\n",
    "macdef m\nx y\n\nmachine localhost login u password p\n",
    "machine localhost login u password p\nmacdef m\nx y\n",
    "default login d password q\n",
    "default login d password q\nmachine localhost login u password p\n",
    "machine localhost login u password p\ndefault login d password q\n",
    "machine https://localhost login u password p\n",
    "machine localhost:80 login u password p\n",
    "machine localhost login u password p\r\n",
    "machine\tlocalhost\tlogin\tu\tpassword\tp\n",
    "machine localhost login u password p",
    "",
};

// Words of a netrc in any order, as a hand or a template leaves them. Where curl takes up a default
// or a macro in the middle of an entry depends on the host that is asked for, and on its version.
std::string RandomNetrc(std::mt19937& random) {
  static constexpr const char* kPieces[] = {
      "machine localhost ",
      "machine localhost\n",
      "machine i ",
      "login u ",
      "login v\n",
      "password p ",
      "password q\n",
      "account a ",
      "user w ",
      "\n",
      "\n\n",
      "# c\n",
      "#c ",
      "\"a b\" ",
      "x ",
      "login \"u\" ",
      "password a\\b ",
      "\t",
  };
  std::string text;
  for (int count = 2 + static_cast<int>(random() % 9); count > 0; --count) {
    text += kPieces[random() % std::size(kPieces)];
  }
  return text + "\n";
}

// What curl sends of half an entry when another one follows differs from version to version.
constexpr const char* kDepends = "depends";

std::string Sent(NetrcReader reader, const std::string& text) {
  const NetrcReading reading = ReadNetrcAs(reader, Value(MappedText::Verbatim(text, 0)));
  const NetrcLogin* login = FindLogin(reader, reading, "localhost");
  if (login == nullptr) return "none";
  const bool half = !login->login || !login->password;
  if (reader == NetrcReader::kCurl && half && reading.entries.size() > 1) return kDepends;
  // wget wants both; curl takes what there is.
  const bool both = login->login && login->password;
  if (reader == NetrcReader::kWget ? !both : !login->login && !login->password) return "none";
  auto part = [](const std::optional<Value>& value) {
    return value ? std::string(value->text()) : std::string();
  };
  return part(login->login) + ":" + part(login->password);
}

void Compare(const char* client, NetrcReader reader) {
  std::vector<std::string> texts(std::begin(kTexts), std::end(kTexts));
  std::mt19937 random(20260101);
  while (texts.size() < 200) texts.push_back(RandomNetrc(random));
  std::string name = (fs::temp_directory_path() / "oakum-netrc-XXXXXX").string();
  const fs::path root = mkdtemp(name.data());
  std::ofstream(root / "clients.py") << kScript;
  for (size_t i = 0; i < texts.size(); ++i) {
    const fs::path home = root / "cases" / std::to_string(1000 + i);
    fs::create_directories(home);
    std::ofstream(home / ".netrc", std::ios::binary) << texts[i];
  }
  const std::string command = "python3 '" + (root / "clients.py").string() + "' " + client + " '" +
                              (root / "cases").string() + "' > '" + (root / "out").string() +
                              "' 2>/dev/null";
  const int status = std::system(command.c_str());
  std::ifstream out(root / "out");
  std::string line;
  std::getline(out, line);
  if (status != 0 || line != "ready") {
    fs::remove_all(root);
    GTEST_SKIP() << "no " << client << " or no python3 to compare with";
  }
  int different = 0;
  for (const std::string& text : texts) {
    std::getline(out, line);
    const std::string ours = Sent(reader, text);
    if (ours == line || ours == kDepends || ++different > 10) continue;
    ADD_FAILURE() << testing::PrintToString(text) << "\n  ours: " << ours << "\n  " << client
                  << ": " << line;
  }
  EXPECT_EQ(different, 0);
  fs::remove_all(root);
}

TEST(NetrcClients, AgreesWithCurl) {
  Compare("curl", NetrcReader::kCurl);
}

TEST(NetrcClients, AgreesWithWget) {
  Compare("wget", NetrcReader::kWget);
}

}  // namespace
}  // namespace oakum
