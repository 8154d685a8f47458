#include "analyzer/engine/reported_secrets.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(ReportedSecretsTest, CoversWhatOverlaps) {
  ReportedSecrets reported;
  EXPECT_FALSE(reported.Covers({0, 100}));
  reported.Add({10, 20});
  reported.Add({30, 40});
  reported.Add({5, 5});
  EXPECT_TRUE(reported.Covers({19, 30}));
  EXPECT_TRUE(reported.Covers({0, 11}));
  EXPECT_TRUE(reported.Covers({12, 13}));
  EXPECT_FALSE(reported.Covers({20, 30}));
  EXPECT_FALSE(reported.Covers({0, 10}));
  EXPECT_FALSE(reported.Covers({40, 50}));
  reported.Add({15, 35});
  EXPECT_TRUE(reported.Covers({20, 30}));
  reported.Add({0, 100});
  EXPECT_TRUE(reported.Covers({99, 101}));
  EXPECT_TRUE(reported.Covers({0, 1}));
}

}  // namespace
}  // namespace oakum
