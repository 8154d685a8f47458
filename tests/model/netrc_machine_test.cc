#include "analyzer/model/netrc_machine.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/syntax/interpolation.h"

namespace oakum {
namespace {

TEST(NetrcMachine, NamesThatNoHostHas) {
  struct {
    const char* machine;
    const char* what;
    const char* host;
  } const cases[] = {
      {"git.acme.dev", "", ""},
      {"localhost", "", ""},
      {"10.0.0.7", "", ""},
      {"::1", "", ""},
      {"https://git.acme.dev", "with a scheme", "git.acme.dev"},
      {"https://git.acme.dev/ml", "with a scheme", "git.acme.dev"},
      {"git.acme.dev/ml", "with a path", "git.acme.dev"},
      {"git.acme.dev:8443", "with a port", "git.acme.dev"},
      {"ci@git.acme.dev", "with a user", "git.acme.dev"},
      {"*.acme.dev", "as a pattern, which netrc does not know", ""},
      {"Git.Acme.dev", "in upper case, and Python compares it with the host in lower case",
       "git.acme.dev"},
      {"<host>", "", ""},
      {"${HOST}", "", ""},
      {"https://${HOST}", "", ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.machine);
    const auto problem = ProblemOfMachine(Value(MappedText::Verbatim(c.machine, 0)));
    EXPECT_EQ(problem ? problem->what : "", c.what);
    EXPECT_EQ(problem ? problem->host : "", c.host);
  }
}

TEST(NetrcMachine, NoHostIsSuggestedForHoles) {
  const Value machine = EnvsubstVariables(Value(MappedText::Verbatim("https://$HOST/x", 0)));
  const auto problem = ProblemOfMachine(machine);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->what, "with a scheme");
  EXPECT_EQ(problem->host, "");
}

}  // namespace
}  // namespace oakum
