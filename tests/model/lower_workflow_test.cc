#include "analyzer/model/lower_workflow.h"

#include <string>

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
  std::string At(Span span) const {
    return std::string(source.text().substr(span.begin, span.size()));
  }
  std::string Commands() const {
    std::string out;
    for (const Command& command : facts.commands) {
      if (!out.empty()) out += "; ";
      for (size_t i = 0; i < command.argv.size(); ++i) {
        out += (i > 0 ? " " : "") + command.argv[i].Describe();
      }
    }
    return out;
  }
  std::string Settings() const {
    std::string out;
    for (const Setting& setting : facts.settings) {
      if (!out.empty()) out += "; ";
      out += setting.name + "=" + setting.value.Describe();
    }
    return out;
  }
};

TEST(LowerWorkflowTest, GithubEnvironmentsAndScripts) {
  const Lowered w(".github/workflows/ci.yml", R"(on: push
env:
  A: x
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      PIP_INDEX_URL: https://u:${{ secrets.PW }}@pypi.corp.example/simple
    steps:
      - uses: docker/build-push-action@v6
        with:
          build-args: |
            T=${{ secrets.T }}
      - run: |
          pip install \
            -i "https://ci:${{ secrets.PW }}@pypi.corp.example/simple" x
        env:
          B: y
      - shell: pwsh
        run: pip install $env:X
      - shell: python
        run: import os
  win:
    runs-on: windows-latest
    steps:
      - run: pip install $env:X
)");
  EXPECT_EQ(w.Commands(), "pip install -i https://ci:${secrets.PW}@pypi.corp.example/simple x");
  EXPECT_EQ(w.Settings(),
            "A=x; PIP_INDEX_URL=https://u:${secrets.PW}@pypi.corp.example/simple; "
            "build-args=T=${secrets.T}\n; B=y");
  ASSERT_EQ(w.facts.uris.size(), 2u);
  EXPECT_EQ(w.facts.uris[0].role, UriRole::kIndex);
  EXPECT_EQ(w.facts.uris[0].sink, UriSink::kCi);
  EXPECT_EQ(w.facts.uris[1].role, UriRole::kIndex);
  EXPECT_EQ(w.At(w.facts.uris[1].uri.password.ToSource()), "${{ secrets.PW }}");
  EXPECT_TRUE(w.facts.uris[1].uri.password.HasHole(HoleOrigin::kCiSecret));
}

TEST(LowerWorkflowTest, CompositeActions) {
  const Lowered w("action.yml", R"(name: x
description: y
runs:
  using: composite
  steps:
    - run: pip install -i https://u:${{ inputs.token }}@h.example x
      shell: bash
)");
  EXPECT_EQ(w.Commands(), "pip install -i https://u:${inputs.token}@h.example x");
}

TEST(LowerWorkflowTest, Gitlab) {
  const Lowered w(".gitlab-ci.yml", R"(variables:
  PIP_EXTRA_INDEX_URL: https://gitlab-ci-token:${CI_JOB_TOKEN}@gitlab.example/simple
  N: {value: a, description: b}
.base: &base
  before_script:
    - export U=https://u:s3cr3t@h.example
build:
  <<: *base
  script:
    - pip install -i $U x
    - [echo done, echo more]
  after_script: echo bye
)");
  EXPECT_EQ(w.Commands(),
            "pip install -i https://u:s3cr3t@h.example x; echo done; echo more; echo bye");
  EXPECT_EQ(
      w.Settings(),
      "U=https://u:s3cr3t@h.example; "
      "PIP_EXTRA_INDEX_URL=https://gitlab-ci-token:${CI_JOB_TOKEN}@gitlab.example/simple; N=a");
}

TEST(LowerComposeTest, ServicesBuildsAndCommands) {
  const Lowered c("compose.yaml", R"(services:
  app:
    build:
      context: .
      args:
        PIP_INDEX_URL: https://u:${PW}@h.example/simple
        T:
    environment:
      - A=b
      - C
      - DATABASE_URL=postgres://u:${PG:-pw}@db/d
    command: ["sh", "-c", "pip install -i https://u:$$PW@h.example x"]
    healthcheck:
      test: ["CMD-SHELL", "curl -f https://u:p@h.example || exit 1"]
  other:
    image: x
    entrypoint: ray start --head
)");
  EXPECT_EQ(
      c.Commands(),
      "pip install -i https://u:${PW}@h.example x; curl -f https://u:p@h.example; exit 1; ray "
      "start --head");
  EXPECT_EQ(c.Settings(),
            "PIP_INDEX_URL=https://u:${PW}@h.example/simple; A=b; "
            "DATABASE_URL=postgres://u:${PG}@db/d");
  ASSERT_EQ(c.facts.uris.size(), 4u);
  EXPECT_EQ(c.facts.uris[0].sink, UriSink::kImage);
  EXPECT_EQ(c.facts.uris[1].sink, UriSink::kFile);
}

}  // namespace
}  // namespace oakum
