#include "analyzer/output/text.h"

#include <gtest/gtest.h>

#include "tests/output/sample_report.h"

namespace oakum {
namespace {

TEST(TextTest, FindingWithItsPath) {
  SampleReport sample;
  sample.ReportCopiedNetrc().label = "stays in this layer";
  EXPECT_EQ(
      FormatText(sample.report, {}),
      R"(error[OAK201 credential-file-in-layer]: COPY puts .netrc into a layer. Whoever can pull the image reads it.
 --> build/Dockerfile:3:6
  |
3 | COPY .netrc /root/.netrc
  |      ^^^^^^ stays in this layer
  |             1: the file enters the image
...
5 | RUN rm /root/.netrc
  |     --------------- 2: a later layer only hides it
  |
 ::: build/.dockerignore:1:1
  |
1 | *.log
  | ----- this file does not exclude it
  |
  = help: hand it over as a secret mount: RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install ...
)");
}

TEST(TextTest, MarksOnOneLine) {
  SampleReport sample;
  const Source* file = sample.Add("a.sh", "one\n\tcurl -u user \xe4\xbd\xa0 x\n");
  Finding& finding =
      sample.Report(&kOtherRule, Severity::kNote, "A message.", SampleReport::At(file, "user"));
  finding.steps = {{SampleReport::At(file, "curl"), "starts here"},
                   {SampleReport::At(file, "x"), "ends here"}};
  EXPECT_EQ(FormatText(sample.report, {}), R"(note[OAK301 credential-file-mode]: A message.
 --> a.sh:2:10
  |
2 |     curl -u user 你 x
  |     ---- 1: starts here
  |             ^^^^
  |                     - 2: ends here
)");
}

TEST(TextTest, EmptyFileAndEmptySpan) {
  SampleReport sample;
  sample.Report(&kOtherRule, Severity::kWarning, "A.", {sample.Add("empty", ""), {0, 0}});
  EXPECT_EQ(FormatText(sample.report, {}), R"(warning[OAK301 credential-file-mode]: A.
 --> empty:1:1
  |
1 |
  | ^
)");
}

TEST(TextTest, SecretsOfOneFindingAreMaskedInAnother) {
  SampleReport sample;
  const Source* file = sample.Add("a.sh", "login s3cr3t-Pw-2291 here\n");
  sample.Report(&kOtherRule, Severity::kWarning, "A.", SampleReport::At(file, "login"));
  sample.Report(&kOtherRule, Severity::kWarning, "B.", SampleReport::At(file, "s3cr3t-Pw-2291"))
      .secrets = {SampleReport::At(file, "s3cr3t-Pw-2291")};
  EXPECT_EQ(FormatText(sample.report, {}), R"(warning[OAK301 credential-file-mode]: A.
 --> a.sh:1:1
  |
1 | login [REDACTED] here
  | ^^^^^

warning[OAK301 credential-file-mode]: B.
 --> a.sh:1:7
  |
1 | login [REDACTED] here
  |       ^^^^^^^^^^
)");
}

TEST(TextTest, ColorsCanBeTakenOutAgain) {
  SampleReport sample;
  sample.ReportCopiedNetrc();
  const std::string colored = FormatText(sample.report, {.color = true});
  EXPECT_NE(colored.find("\x1b[1;31merror[OAK201 credential-file-in-layer]\x1b[0m"), colored.npos);
  std::string stripped;
  for (size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      i = colored.find('m', i);
    } else {
      stripped += colored[i];
    }
  }
  EXPECT_EQ(stripped, FormatText(sample.report, {}));
}

TEST(TextTest, NothingFoundIsNothing) {
  EXPECT_EQ(FormatText(SampleReport().report, {}), "");
}

}  // namespace
}  // namespace oakum
