#include "analyzer/model/lower_python.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

// Every package that Ray would download, as "handed_by field=URI".
std::vector<std::string> Packages(std::string_view code) {
  const Source source("train.py", std::string(code));
  Facts facts;
  LowerPython(source, nullptr, facts);
  std::vector<std::string> packages;
  for (const RuntimeEnv& env : facts.runtime_envs) {
    for (const RuntimeEnvPackage& package : env.packages) {
      packages.push_back(env.handed_by + " " + package.field + "=" + package.value.Describe());
    }
  }
  return packages;
}

using Strings = std::vector<std::string>;

TEST(LowerPython, FindsEverySurface) {
  struct Case {
    std::string_view code;
    std::string_view handed_by;
  };
  const std::vector<Case> cases = {
      {"import ray\nray.init(runtime_env={'working_dir': 'u'})", "ray.init"},
      {"import ray as r\nr.init('ray://h', runtime_env={'working_dir': 'u'})", "ray.init"},
      {"from ray import init\ninit(runtime_env=dict(working_dir='u'))", "ray.init"},
      {"import ray\nray.client('h').env({'working_dir': 'u'}).connect()", "ray.client().env"},
      {"import ray\n@ray.remote(runtime_env={'working_dir': 'u'})\ndef f(): pass", "ray.remote"},
      {"f.options(runtime_env={'working_dir': 'u'}).remote()", "f.options"},
      {"from ray.runtime_env import RuntimeEnv\nimport "
       "ray\nray.init(runtime_env=RuntimeEnv(working_dir='u'))",
       "ray.init"},
      {"from ray.runtime_env import RuntimeEnv as E\ne = E(**{'working_dir': 'u'})", ""},
      {"from ray.job_config import JobConfig\nJobConfig(runtime_env={'working_dir': 'u'})",
       "ray.job_config.JobConfig"},
      {"from ray.job_submission import JobSubmissionClient as C\nc = C()\n"
       "c.submit_job(entrypoint='x', runtime_env={'working_dir': 'u'})",
       "c.submit_job"},
      {"from ray import serve\n@serve.deployment(ray_actor_options={'runtime_env': {'working_dir': "
       "'u'}})\n"
       "class D: pass",
       "ray.serve.deployment"},
      {"ds.map(f, ray_remote_args={'runtime_env': {'working_dir': 'u'}})", "ds.map"},
      {"from ray.train import RunConfig\nRunConfig(worker_runtime_env={'working_dir': 'u'})",
       "ray.train.RunConfig"},
      {"kw = {'runtime_env': {'working_dir': 'u'}}\nimport ray\nray.init(**kw)", "ray.init"},
      {"import json, os\nos.environ['RAY_RUNTIME_ENV'] = json.dumps({'working_dir': 'u'})",
       "RAY_RUNTIME_ENV"},
      {"RUNTIME_ENV = {'working_dir': 'u'}", ""},
      {"class Config:\n  runtime_env = {'working_dir': 'u'}", ""},
      {"my_runtime_env['working_dir'] = 'u'", ""},
      {"def env():\n  return {'working_dir': 'u', 'pip': []}", ""},
      {"x = {'entrypoint': 'e', 'runtime_env': {'working_dir': 'u'}}", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Packages(c.code), (Strings{std::string(c.handed_by) + " working_dir=u"})) << c.code;
  }
}

TEST(LowerPython, AddsARuntimeEnvOnce) {
  EXPECT_EQ(Packages("import ray\nruntime_env = {'working_dir': 'u'}\n"
                     "ray.init(runtime_env=runtime_env)\nray.init(runtime_env=runtime_env)"),
            (Strings{"ray.init working_dir=u"}));
}

TEST(LowerPython, KeepsEveryBranchAndItem) {
  EXPECT_EQ(Packages("import ray\nwd = 'a' if x else 'b'\n"
                     "ray.init(runtime_env={'working_dir': wd, 'py_modules': ['m', mod]})"),
            (Strings{"ray.init working_dir=a", "ray.init working_dir=b", "ray.init py_modules=m"}));
}

TEST(LowerPython, LeavesOtherDictsAlone) {
  EXPECT_EQ(Packages("x = {'working_dir': '/srv', 'command': ['a']}"), Strings{});
}

TEST(LowerPython, LowersProcessesAndTheEnvironment) {
  const Source source(
      "a.py",
      "import os, subprocess as sp\n"
      "sp.run(['pip', 'install', '-i', 'https://u:pw1@h.example-corp.net/s', 'a'])\n"
      "os.system('git clone https://u:pw2@h.example-corp.net/r')\n"
      "os.environ['PIP_INDEX_URL'] = 'https://u:pw3@h.example-corp.net/s'\n"
      "DB = 'postgresql://u:pw4@h.example-corp.net/db'\n");
  Facts facts;
  LowerPython(source, nullptr, facts);
  ASSERT_EQ(facts.commands.size(), 2u);
  EXPECT_EQ(facts.commands[0].Program(), "pip");
  EXPECT_EQ(facts.commands[1].Program(), "git");
  ASSERT_EQ(facts.settings.size(), 1u);
  EXPECT_EQ(facts.settings[0].name, "PIP_INDEX_URL");
  ASSERT_EQ(facts.uris.size(), 4u);
  EXPECT_EQ(facts.uris[0].role, UriRole::kIndex);
  EXPECT_EQ(facts.uris[1].role, UriRole::kGit);
  EXPECT_EQ(facts.uris[2].role, UriRole::kIndex);
  EXPECT_EQ(facts.uris[3].role, UriRole::kOther);
  EXPECT_EQ(facts.uris[3].sink, UriSink::kProgram);
}

TEST(LowerPython, ReadsRequirementsOfARuntimeEnv) {
  const Source source("a.py",
                      "import ray\nray.init(runtime_env={'pip': {'packages': ["
                      "'--extra-index-url https://u:pw1@h.example-corp.net/s', "
                      "'a @ https://u:pw2@h.example-corp.net/a.whl']},"
                      "'conda': {'channels': ['https://h.example-corp.net/t/tk-12345678/c']}})");
  Facts facts;
  LowerPython(source, nullptr, facts);
  ASSERT_EQ(facts.uris.size(), 3u);
  EXPECT_EQ(facts.uris[0].role, UriRole::kIndex);
  EXPECT_EQ(facts.uris[1].role, UriRole::kRequirement);
  EXPECT_EQ(facts.uris[2].consumer, "conda");
}

}  // namespace
}  // namespace oakum
