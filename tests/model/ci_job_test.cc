#include "analyzer/model/ci_job.h"

#include <string>
#include <utility>

#include <climits>
#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_yaml.h"

namespace oakum {
namespace {

struct Lowered {
  Source source;
  Facts facts;

  Lowered(std::string path, std::string text) : source(std::move(path), std::move(text)) {
    LowerYaml(source, facts);
  }
  // "job: step, step" a line; scripts by their commands' programs.
  std::string Jobs() const {
    std::string out;
    for (const CiJob& job : facts.ci_jobs) {
      out += job.name + ":";
      for (const CiStep& step : job.steps) {
        out += " " + (step.uses.empty() ? "" : step.uses + "@" + step.version);
        for (uint32_t i = step.first_command; i < step.end_command; ++i) {
          out += "[" + std::string(facts.commands[i].Program()) + "]";
        }
        if (step.keep) {
          for (const Value& path : step.keep->paths) out += "{" + path.Describe() + "}";
        }
      }
      out += "\n";
    }
    return out;
  }
};

TEST(CiJobTest, GithubStepsInOrder) {
  const Lowered w(".github/workflows/ci.yml", R"(on: push
env: {A: "${{ secrets.A }}"}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: Actions/Checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - run: make
        env: {B: x}
        working-directory: app
      - uses: actions/upload-artifact@v4
        with:
          path: |
            dist
            !dist/*.map
)");
  EXPECT_EQ(
      w.Jobs(),
      "build: actions/checkout@v4.2.2 [make] actions/upload-artifact@v4{dist}{!dist/*.map}\n");
  const CiJob& job = w.facts.ci_jobs[0];
  EXPECT_EQ(job.steps[0].Release(), std::pair(4, 2));
  EXPECT_EQ(job.steps[1].folder.text(), "app");
  ASSERT_NE(job.Variable(job.steps[1], "A"), nullptr);
  ASSERT_NE(job.Variable(job.steps[1], "B"), nullptr);
  EXPECT_EQ(job.Variable(job.steps[0], "B"), nullptr);
}

TEST(CiJobTest, Releases) {
  const auto release = [](std::string version) {
    CiStep step;
    step.version = std::move(version);
    return step.Release();
  };
  EXPECT_EQ(release("v4"), std::pair(4, INT_MAX));
  EXPECT_EQ(release("4.1.0"), std::pair(4, 1));
  EXPECT_EQ(release("main"), std::nullopt);
  EXPECT_EQ(release("4b1b5d1"), std::nullopt);
}

TEST(CiJobTest, HiddenFilesInArtifacts) {
  const auto hidden = [](const std::string& version, const std::string& more = "") {
    const Lowered w(".github/workflows/ci.yml",
                    "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
                    "      - uses: actions/upload-artifact@" +
                        version + "\n        with: {path: ." + more + "}\n");
    return w.facts.ci_jobs[0].steps[0].keep->hidden;
  };
  EXPECT_TRUE(hidden("v2"));
  EXPECT_TRUE(hidden("v3.1.3"));
  EXPECT_FALSE(hidden("v3"));
  EXPECT_TRUE(hidden("v4.3.6"));
  EXPECT_FALSE(hidden("v4.4.0"));
  EXPECT_FALSE(hidden("v4"));
  EXPECT_TRUE(hidden("v4", ", include-hidden-files: true"));
}

TEST(CiJobTest, OtherPipelines) {
  const Lowered gitlab(".gitlab-ci.yml", R"(wheel:
  before_script: [pip install build]
  script: [python -m build]
  artifacts: {paths: [dist/]}
  cache: [{paths: [.cache]}]
)");
  EXPECT_EQ(gitlab.Jobs(), "wheel: [pip][build] {dist/} {.cache}\n");
  const Lowered circle(".circleci/config.yml", R"(version: 2.1
jobs:
  wheel:
    environment: {A: b}
    steps:
      - checkout
      - run: make
      - run: {command: twine upload x}
      - store_artifacts: {path: dist}
)");
  EXPECT_EQ(circle.Jobs(), "wheel: [make] [twine] {dist}\n");
  const Lowered azure("azure-pipelines.yml", R"(trigger: [main]
jobs:
  - job: wheel
    steps:
      - script: make
      - bash: twine upload x
      - publish: dist
)");
  EXPECT_EQ(azure.Jobs(), "wheel: [make] [twine] {dist}\n");
}

TEST(CiJobTest, SecretsInScripts) {
  const Lowered w(".github/workflows/ci.yml", R"(on: push
env: {A: "${{ secrets.A }}"}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - if: ${{ secrets.B }}
        run: |
          # ${{ secrets.C }}
          x ${{ env.A }} "${{ secrets.D != '' }}" ${{ github.sha }}
        env: {E: "${{ secrets.E }}"}
      - shell: pwsh
        run: x ${{ secrets.F }}
)");
  std::string names;
  for (const ScriptSecret& secret : w.facts.script_secrets) {
    names += secret.name + "=" + secret.source + " ";
  }
  EXPECT_EQ(names, "env.A=secrets.A secrets.F=secrets.F ");
}

}  // namespace
}  // namespace oakum
