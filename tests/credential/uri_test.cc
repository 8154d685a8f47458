#include "analyzer/credential/uri.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/credential/value_text.h"

namespace oakum {
namespace {

struct ParseTest {
  const char* text;
  const char* scheme;
  const char* user;
  const char* password;  // null: no ':' in the userinfo
  const char* host;
  const char* port;
  const char* path;
};

const ParseTest kParseTests[] = {
    {"https://host/simple", "https", "", nullptr, "host", "", "/simple"},
    {"HTTPS://u:p@Host:8081/x", "https", "u", "p", "Host", "8081", "/x"},
    {"git+https://tok@h/o/r.git", "git+https", "tok", nullptr, "h", "", "/o/r.git"},
    {"svn+ssh://u@h/r", "svn+ssh", "u", nullptr, "h", "", "/r"},
    {"redis://:pw@cache:6379/0", "redis", "", "pw", "cache", "6379", "/0"},
    {"postgresql+psycopg2://u:p@h/db", "postgresql+psycopg2", "u", "p", "h", "", "/db"},
    {"jdbc:postgresql://u:p@h/db", "postgresql", "u", "p", "h", "", "/db"},
    {"s3://K:S/x@bucket/key", "s3", "K", "S/x", "bucket", "", "/key"},
    {"amqp://g:g@[2001:db8::1]:5672//", "amqp", "g", "g", "2001:db8::1", "5672", "//"},
    {"https://u:p@ss@host/x", "https", "u", "p@ss", "host", "", "/x"},
    {"https://u:p:q@host/x", "https", "u", "p:q", "host", "", "/x"},
    {"https://u:a!b$c&d'(e)*f+g,h;i=j@host", "https", "u", "a!b$c&d'(e)*f+g,h;i=j", "host", "", ""},
    {"https://u%40corp:p%2Fq@host/", "https", "u%40corp", "p%2Fq", "host", "", "/"},
    {"https://u:@host", "https", "u", "", "host", "", ""},
    {"https://host/a@b:c", "https", "", nullptr, "host", "", "/a@b:c"},
    {"https://host?x=u:p@h", "https", "", nullptr, "host", "", ""},
    {"http://localhost:PORT/a@b", "http", "", nullptr, "localhost", "PORT", "/a@b"},
    {"mongodb+srv://u:p@h1:1,h2:2/db", "mongodb+srv", "u", "p", "h1", "1", "/db"},
    {"https://${U}:${P}@${H}:${N}/x", "https", "\x1a", "\x1a", "\x1a", "\x1a", "/x"},
    {"https://${UP}@h/x", "https", "\x1a", nullptr, "h", "", "/x"},
    {"${S}://u:p@h/x", "", "u", "p", "h", "", "/x"},
    {"  https://u:p@h/x\n", "https", "u", "p", "h", "", "/x"},
};

TEST(ParseUriTest, Splits) {
  for (const ParseTest& t : kParseTests) {
    SCOPED_TRACE(t.text);
    const std::optional<Uri> uri = ParseUri(HolesOf(t.text));
    ASSERT_TRUE(uri.has_value());
    EXPECT_EQ(uri->scheme, t.scheme);
    EXPECT_EQ(uri->user.text(), t.user);
    EXPECT_EQ(uri->has_password, t.password != nullptr);
    EXPECT_EQ(uri->password.text(), t.password ? t.password : "");
    EXPECT_EQ(uri->host.text(), t.host);
    EXPECT_EQ(uri->port.text(), t.port);
    EXPECT_EQ(uri->path.text(), t.path);
  }
}

TEST(ParseUriTest, IsNone) {
  for (const char* text : {"", "host/path", "://u:p@h", "git@github.com:o/r", "u:p@h", "a b://c",
                           "https://{{ user }}:{{ pw }}@h", "${BASE}/simple"}) {
    EXPECT_FALSE(ParseUri(HolesOf(text)).has_value()) << text;
  }
}

TEST(ParseUriTest, KeepsSpans) {
  const std::string text = "x https://u:secret@h/p?token=abc#f";
  const std::vector<Uri> uris = FindUris(Value(MappedText::Verbatim(text, 100)));
  ASSERT_EQ(uris.size(), 1u);
  EXPECT_EQ(uris[0].password.ToSource(), (Span{112, 118}));
  ASSERT_EQ(uris[0].query.size(), 1u);
  EXPECT_EQ(uris[0].query[0].value.text(), "abc");
  EXPECT_EQ(uris[0].fragment.text(), "f");
}

TEST(UriTest, LocalHosts) {
  for (const char* host : {"localhost", "127.0.0.1", "[::1]", "0.0.0.0", "nexus", "db.local",
                           "x.internal", "redis.ns.svc", "redis.ns.svc.cluster.local"}) {
    EXPECT_TRUE(ParseUri(HolesOf("redis://" + std::string(host) + ":1/"))->HasLocalHost()) << host;
  }
  for (const char* host : {"example.com", "10.0.0.1", "[2001:db8::1]", "${HOST}"}) {
    EXPECT_FALSE(ParseUri(HolesOf("redis://" + std::string(host) + ":1/"))->HasLocalHost()) << host;
  }
}

struct FindTest {
  const char* text;
  std::vector<std::string> uris;
};

const FindTest kFindTests[] = {
    {"see https://a.b/c.", {"https://a.b/c"}},
    {"(https://a.b/c)", {"https://a.b/c"}},
    {"https://en.wikipedia.org/wiki/C_(language), and",
     {"https://en.wikipedia.org/wiki/C_(language)"}},
    {"[x](https://u:p)w@a.b/c)", {"https://u:p)w@a.b/c"}},
    {"[x](https://a.b/c) or <https://d.e>", {"https://a.b/c", "https://d.e"}},
    {"`https://a.b/c`_", {"https://a.b/c"}},
    {"<url>https://u:p@a.b/c</url>", {"https://u:p@a.b/c"}},
    {"href=&quot;https://a.b/?x=1&amp;y=2&quot;", {"https://a.b/?x=1&amp;y=2"}},
    {"\"https://u:it's@a.b\"", {"https://u:it's@a.b"}},
    {"x='https://u:p@a.b' y", {"https://u:p@a.b"}},
    {"\"\\nhttps://a.b\\n\"", {"https://a.b"}},
    {"{url: https://a.b}", {"https://a.b"}},
    {"**https://a.b**", {"https://a.b"}},
    {"https://a.b,https://c.d", {"https://a.b", "https://c.d"}},
    {"https://a.b/web/https://u:p@c.d/", {"https://a.b/web/", "https://u:p@c.d/"}},
    {"curl https://u:p@a.b|sh", {"https://u:p@a.b"}},
    {"curl https://u:p@a.b;echo", {"https://u:p@a.b"}},
    {"r'https?://[^:]+:[^@]+@'", {}},
    {"a:// b ://c", {}},
    {"https://a.b\xe3\x80\x82next", {"https://a.b"}},
    {"--index-url=https://u:p@a.b/simple", {"https://u:p@a.b/simple"}},
    {"see https://u:it's@h/x now", {"https://u:it's@h/x"}},
    {"see https://u:Qx\xc3\xa9z@h/x now", {"https://u:Qx\xc3\xa9z@h/x"}},
    {"https://u:a\"b@h/x", {"https://u:a\"b@h/x"}},
    {"at https://u:a\"b@h/x", {"https://u:a"}},
    {"['http://h:80','a@b']", {"http://h:80"}},
    {"url=http://h:80','a@b", {"http://h:80"}},
    {"http://h:80\xef\xbc\x8c"
     "a@b",
     {"http://h:80"}},
    {"https://x:y@z https://https://w", {"https://x:y@z", "https://w"}},
};

TEST(FindUrisTest, EndsRight) {
  for (const FindTest& t : kFindTests) {
    std::vector<std::string> found;
    for (const Uri& uri : FindUris(Value(MappedText::Verbatim(t.text, 0)))) {
      found.emplace_back(uri.whole.text());
    }
    EXPECT_EQ(found, t.uris) << t.text;
  }
}

}  // namespace
}  // namespace oakum
