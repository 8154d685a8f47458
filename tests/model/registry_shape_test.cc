#include "analyzer/model/registry_shape.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzer/base/source.h"
#include "analyzer/model/facts.h"
#include "analyzer/model/registry_server.h"

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The problems of a login in a file of its own, "no login" if it is none.
std::vector<std::string> Problems(std::string json) {
  const Source source("login.json", std::move(json));
  const Facts facts = BuildFacts(source, Language::kJson);
  if (facts.registry_secrets.empty()) return {"no login"};
  std::vector<std::string> problems;
  if (!facts.registry_secrets[0].certain) problems.push_back("perhaps");
  for (const LoginProblem& problem : ProblemsOf(facts.registry_secrets[0])) {
    constexpr const char* kNames[] = {"missing",  "misnamed", "empty",
                                      "not text", "extra",    "short-lived"};
    problems.push_back(std::string(kNames[static_cast<int>(problem.problem)]) + " " +
                       problem.field +
                       (problem.written.empty() ? "" : "<" + problem.written + ">"));
  }
  return problems;
}

TEST(RegistryShape, WhatALoginMustHave) {
  EXPECT_THAT(Problems(R"({"username": "u", "password": "p", "server": "quay.io"})"), IsEmpty());
  EXPECT_THAT(Problems(R"({"username": "u", "password": "${P}", "server": "quay.io"})"), IsEmpty());
  EXPECT_THAT(Problems(R"({"username": "u", "server": "quay.io"})"),
              ElementsAre("missing password"));
  EXPECT_THAT(Problems(R"({"username": "", "password": "p", "server": "quay.io"})"),
              ElementsAre("empty username"));
  EXPECT_THAT(Problems(R"({"username": "AWS", "password": "p", "server": "quay.io"})"),
              ElementsAre("short-lived username"));
  EXPECT_THAT(Problems(R"({"username": "u", "password": 12345, "server": "quay.io"})"),
              ElementsAre("not text password"));
  EXPECT_THAT(Problems(R"({"user": "u", "password": "p", "server": "quay.io"})"),
              ElementsAre("perhaps", "misnamed username<user>"));
}

TEST(RegistryShape, LoginsOfSomethingElse) {
  EXPECT_THAT(Problems(R"({"username": "u", "password": "p", "host": "db", "port": 5432})"),
              ElementsAre("no login"));
  EXPECT_THAT(Problems(R"({"username": "u", "password": "p", "server": "db", "database": "x"})"),
              ElementsAre("no login"));
  EXPECT_THAT(Problems(R"({"password": "p"})"), ElementsAre("no login"));
  EXPECT_THAT(Problems(R"(["username", "password", "server"])"), ElementsAre("no login"));
}

TEST(RegistryShape, KnowsUsersWhosePasswordsExpire) {
  EXPECT_EQ(LifetimeOf("AWS"), "12 hours");
  EXPECT_EQ(LifetimeOf("oauth2accesstoken"), "one hour");
  EXPECT_EQ(LifetimeOf("00000000-0000-0000-0000-000000000000"), "three hours");
  EXPECT_EQ(LifetimeOf("aws"), "");
  EXPECT_EQ(LifetimeOf("_json_key"), "");
}

TEST(RegistryServer, TheWebSiteIsNoRegistry) {
  EXPECT_TRUE(IsHubSite("hub.docker.com"));
  EXPECT_TRUE(IsHubSite("https://hub.docker.com/r/acme"));
  EXPECT_FALSE(IsHubSite("https://index.docker.io/v1/"));
  EXPECT_TRUE(HasRegistryApiPath("https://quay.io/v1/"));
  EXPECT_TRUE(HasRegistryApiPath("quay.io/v2"));
  EXPECT_FALSE(HasRegistryApiPath("quay.io/acme"));
  EXPECT_FALSE(HasRegistryApiPath("https://quay.io"));
}

}  // namespace
}  // namespace oakum
