#include "analyzer/model/keyed_source.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"

namespace oakum {
namespace {

TEST(KeyedSource, OfKubectlCreate) {
  struct Case {
    std::string command;
    std::string expected;  // "name: keys", with "+" when there may be more; empty for none
  };
  const std::vector<Case> cases = {
      {"kubectl create secret generic s --from-file=.netrc=/root/x", "s: .netrc"},
      {"kubectl create secret generic s --from-file=conf/.netrc", "s: .netrc"},
      {"kubectl create secret generic s --from-file \"$HOME/.netrc\"", "s: .netrc"},
      {"kubectl create secret generic s --from-file=netrc=\"$HOME/.netrc\"", "s: netrc"},
      {"kubectl -n ray create secret generic s --from-literal=a=b --from-literal=c=d", "s: a c"},
      {"oc create secret generic s -n ray --from-env-file=.env", "s:+"},
      {"kubectl create secret generic s --from-file=conf/", "s: +"},
      {"kubectl create secret generic s --from-file=\"$FILE\"", "s: +"},
      {"kubectl create configmap c --from-file=run.sh --dry-run=client -o yaml", "c(map): run.sh"},
      {"kubectl create secret docker-registry s --docker-server=h", ""},
      {"kubectl create secret generic \"$NAME\" --from-file=a", ""},
      {"kubectl get secret s", ""},
      {"echo kubectl create secret generic s --from-file=a", ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.command);
    const Source source("x.sh", c.command + "\n");
    const Facts facts = BuildFacts(source, Language::kShell);
    ASSERT_EQ(facts.commands.size(), 1u);
    std::string text;
    if (const auto made = KeyedSourceOf(facts.commands[0])) {
      text = made->name + (made->config_map ? "(map):" : ":");
      for (const SourceKey& key : made->keys) text += " " + key.name;
      if (!made->complete) text += "+";
    }
    EXPECT_EQ(text, c.expected);
  }
}

}  // namespace
}  // namespace oakum
