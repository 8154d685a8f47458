#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/registry.h"
#include "analyzer/syntax/interpolation.h"

namespace oakum {
namespace {

TEST(LoginReference, KnowsItsForms) {
  const std::string arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:";
  struct {
    std::string text;
    ReferenceForm form;
  } const cases[] = {
      {arn + "registry-Ab12Cd", ReferenceForm::kArn},
      {arn + "ml/registry-login-a1b2c3", ReferenceForm::kArn},
      {arn + "registry-abcdef", ReferenceForm::kArn},
      {"arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:r-Ab12Cd", ReferenceForm::kArn},
      {"arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:r-Ab12Cd",
       ReferenceForm::kArn},
      {arn + "registry", ReferenceForm::kPartial},
      {arn + "registry-secret", ReferenceForm::kPartial},
      {arn + "registry-Ab12C", ReferenceForm::kPartial},
      {"arn:aws:ssm:us-west-2:123456789012:parameter/registry", ReferenceForm::kMalformed},
      {"arn:aws:secretsmanager:us-west-2:12345:secret:r-Ab12Cd", ReferenceForm::kMalformed},
      {"arn:aws:secretsmanager::123456789012:secret:r-Ab12Cd", ReferenceForm::kMalformed},
      {"arn:aws:secretsmanager:us-west:123456789012:secret:r-Ab12Cd", ReferenceForm::kMalformed},
      {"arn:amazon:secretsmanager:us-west-2:123456789012:secret:r-Ab12Cd",
       ReferenceForm::kMalformed},
      {"arn:aws:secretsmanager:us-west-2:123456789012:r-Ab12Cd", ReferenceForm::kMalformed},
      {"arn:aws:secretsmanager:<region>:<account>:secret:<name>", ReferenceForm::kUnknown},
      {"arn:aws:secretsmanager:us-west-2:ACCOUNT_ID:secret:r-XXXXXX", ReferenceForm::kUnknown},
      {"arn:aws:secretsmanager:${REGION}:123456789012:secret:r-Ab12Cd", ReferenceForm::kArn},
      {"${REGISTRY_SECRET}", ReferenceForm::kUnknown},
      {"projects/p/secrets/s/versions/1", ReferenceForm::kGoogle},
      {"mysecretid", ReferenceForm::kName},
      {"<secret>", ReferenceForm::kUnknown},
      {"", ReferenceForm::kUnknown},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    RegistryImage image;
    image.login_secret = EnvsubstVariables(Value(MappedText::Verbatim(c.text, 0)));
    EXPECT_EQ(ReadLoginReference(image).form, c.form);
  }
}

}  // namespace
}  // namespace oakum
