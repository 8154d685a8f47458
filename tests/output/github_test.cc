#include "analyzer/output/github.h"

#include <gtest/gtest.h>

#include "tests/output/sample_report.h"

namespace oakum {
namespace {

TEST(GithubTest, Annotation) {
  SampleReport sample;
  sample.ReportCopiedNetrc();
  EXPECT_EQ(FormatGithub(sample.report, SampleContext()),
            "::error file=build/Dockerfile,line=3,col=6,endLine=3,endColumn=12,"
            "title=OAK201 credential-file-in-layer::"
            "COPY puts .netrc into a layer. Whoever can pull the image reads it."
            "%0A1: the file enters the image (build/Dockerfile:3)"
            "%0A2: a later layer only hides it (build/Dockerfile:5)"
            "%0Ahelp: hand it over as a secret mount: RUN --mount=type=secret,id=netrc,"
            "target=/root/.netrc pip install ...\n");
}

TEST(GithubTest, Escapes) {
  SampleReport sample;
  const Source* file = sample.Add("a,b:c%\n::error::.yaml", "x\n");
  sample.Report(&kOtherRule, Severity::kNote, "100%, a: b.\n::error::x", {file, {0, 1}});
  ReportContext context = SampleContext();
  context.path_prefix = "sub/";
  EXPECT_EQ(
      FormatGithub(sample.report, context),
      "::notice file=sub/a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3A.yaml,line=1,col=1,endLine=1,endColumn=2,"
      "title=OAK301 credential-file-mode::100%25, a: b.\xef\xbf\xbd::error::x\n");
}

}  // namespace
}  // namespace oakum
