#include "analyzer/model/ci_matrix.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "name=value name=value" for each job.
std::vector<std::string> Rows(const std::vector<CiRow>& rows) {
  std::vector<std::string> out;
  for (const CiRow& row : rows) {
    std::string line;
    for (const CiValue& value : row) {
      line += (line.empty() ? "" : " ") + value.name + "=" + value.value.Describe();
    }
    out.push_back(line);
  }
  return out;
}

YamlTree Parse(std::string_view text) {
  return ParseYaml(Value(MappedText::Verbatim(text, 0)));
}

std::vector<std::string> Github(std::string_view text) {
  const YamlTree tree = Parse(text);
  return Rows(GithubMatrix(*tree.documents()[0]));
}

TEST(CiMatrix, MultipliesListsAndTakesOutWhatIsExcluded) {
  EXPECT_THAT(
      Github("{a: [x, y], b: ['1', '2'], exclude: [{a: x, b: '2'}]}"),
      ElementsAre("matrix.a=x matrix.b=1", "matrix.a=y matrix.b=1", "matrix.a=y matrix.b=2"));
}

// As the documentation's own example has it: an entry is added where it changes nothing.
TEST(CiMatrix, AddsWhatIsIncluded) {
  EXPECT_THAT(Github("{a: [x, y], include: [{c: '1'}, {a: y, d: '2'}, {a: z}]}"),
              ElementsAre("matrix.a=x matrix.c=1", "matrix.a=y matrix.c=1 matrix.a=y matrix.d=2",
                          "matrix.a=z"));
  EXPECT_THAT(Github("{include: [{a: x, file: f}, {a: y, file: g}]}"),
              ElementsAre("matrix.a=x matrix.file=f", "matrix.a=y matrix.file=g"));
}

TEST(CiMatrix, ReadsMappingsAsNames) {
  EXPECT_THAT(Github("{image: [{name: x, file: f}]}"),
              ElementsAre("matrix.image.name=x matrix.image.file=f"));
}

TEST(CiMatrix, KnowsNothingOfWhatAnExpressionMakes) {
  EXPECT_THAT(Github("${{ fromJSON(needs.list.outputs.all) }}"), IsEmpty());
  EXPECT_THAT(Github("{a: '${{ fromJSON(inputs.all) }}'}"), ElementsAre(""));
}

TEST(CiMatrix, IsBounded) {
  std::string text = "{";
  for (const char name : {'a', 'b', 'c', 'd'}) {
    text += std::string(1, name) + ": [";
    for (int i = 0; i < 30; ++i) text += "v" + std::to_string(i) + ",";
    text += "], ";
  }
  EXPECT_THAT(Github(text + "}"), IsEmpty());
}

TEST(CiMatrix, FillsVariablesOfTheJobIntoItsBuilds) {
  const auto hole = [](const char* name) {
    Value::Builder out;
    out.Append(Hole{name, HoleOrigin::kEnvironment, FillTime::kInterpolated, Span(), nullptr});
    return std::move(out).Build();
  };
  const auto text = [](const char* value) { return Value(MappedText::Synthetic(value, {})); };
  CiJob job;
  job.environment = {{"DOCKERFILE", text("base/Dockerfile"), {}},
                     {"DOCKERFILE", text("own/Dockerfile"), {}}};
  BuildRequest request;
  request.context = text(".");
  request.dockerfile = hole("DOCKERFILE");
  const std::vector<BuildRequest> requests = RequestsOf(request, &job);
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].dockerfile.Describe(), "own/Dockerfile");  // the job's own counts last
  request.dockerfile = hole("env.DOCKERFILE");
  EXPECT_EQ(RequestsOf(request, &job)[0].dockerfile.Describe(), "own/Dockerfile");
  request.dockerfile = hole("OTHER");
  EXPECT_EQ(RequestsOf(request, &job)[0].dockerfile.Describe(), "${OTHER}");
}

TEST(CiMatrix, ReadsGitlabsProducts) {
  const YamlTree tree = Parse("matrix: [{APP: [x, y], ENV: test}, {APP: z}]");
  EXPECT_THAT(Rows(GitlabMatrix(*tree.documents()[0])),
              ElementsAre("APP=x ENV=test", "APP=y ENV=test", "APP=z"));
}

}  // namespace
}  // namespace oakum
