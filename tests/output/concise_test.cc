#include "analyzer/output/concise.h"

#include <gtest/gtest.h>

#include "tests/output/sample_report.h"

namespace oakum {
namespace {

TEST(ConciseTest, OneLineAFinding) {
  SampleReport sample;
  sample.ReportCopiedNetrc();
  const Source* file = sample.Add("caf\xc3\xa9\x1b[31m", "\xc3\xa9 x\n");
  sample.Report(&kOtherRule, Severity::kWarning, "A.\nB.", SampleReport::At(file, "x"));
  EXPECT_EQ(FormatConcise(sample.report),
            "build/Dockerfile:3:6: error[OAK201] COPY puts .netrc into a layer. "
            "Whoever can pull the image reads it.\n"
            "caf\xc3\xa9\xef\xbf\xbd[31m:1:3: warning[OAK301] A.\xef\xbf\xbd"
            "B.\n");
}

}  // namespace
}  // namespace oakum
