#include "analyzer/credential/defaults.h"

#include <memory>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzer/credential/classify.h"
#include "analyzer/credential/uri.h"

namespace oakum {
namespace {

// `before${NAME:-text}after`, whose default stands at `text_begin`.
Value WithDefault(std::string_view before, std::string_view text, std::string_view after,
                  uint32_t text_begin) {
  const auto begin = static_cast<uint32_t>(before.size());
  const uint32_t end = begin + static_cast<uint32_t>(text.size()) + 9;
  Value::Builder builder;
  builder.AppendVerbatim(before, 0);
  builder.Append(Hole{"NAME",
                      HoleOrigin::kEnvironment,
                      FillTime::kInterpolated,
                      {begin, end},
                      std::make_shared<const Value>(MappedText::Verbatim(text, text_begin))});
  builder.AppendVerbatim(after, end);
  return std::move(builder).Build();
}

TEST(DefaultsTest, StandInForTheirVariables) {
  const Value value = WithDefault("a", "text", "b", 9);
  ASSERT_TRUE(HasDefault(value));
  const Value filled = WithDefaults(value);
  EXPECT_EQ(filled.text(), "atextb");
  EXPECT_EQ(filled.ToSource({1, 5}), (Span{9, 13}));
}

TEST(DefaultsTest, CountOnlyInTheReference) {
  EXPECT_FALSE(HasDefault(WithDefault("a", "text", "b", 100)));  // an ARG's, further up
  EXPECT_FALSE(HasDefault(WithDefault("a", "", "b", 9)));
}

struct CredentialCase {
  const char* before;
  const char* text;
  const char* after;
  SecretKind kind;
};

TEST(DefaultsTest, AreCredentialsOfAUri) {
  static constexpr CredentialCase kCases[] = {
      {"https://u:", "bright-Otter-77", "@h.io/", SecretKind::kLiteral},
      {"https://", "u:bright-Otter-77@h.io", "/x", SecretKind::kLiteral},
      {"https://h.io/?token=", "bright-Otter-77", "", SecretKind::kLiteral},
      {"https://u:", "changeme", "@h.io/", SecretKind::kInterpolated},
      {"https://u:", "<password>", "@h.io/", SecretKind::kInterpolated},
  };
  for (const CredentialCase& t : kCases) {
    const auto begin = static_cast<uint32_t>(std::string_view(t.before).size() + 8);
    const auto uri = ParseUri(WithDefault(t.before, t.text, t.after, begin));
    ASSERT_TRUE(uri) << t.before;
    const std::vector<UriCredential> found = CredentialsIn(*uri);
    ASSERT_EQ(found.size(), 1u) << t.before;
    EXPECT_EQ(found[0].kind, t.kind) << t.before << t.text;
  }
  const auto user = ParseUri(WithDefault("https://", "admin", "@h.io/", 16));
  ASSERT_TRUE(user);
  EXPECT_TRUE(CredentialsIn(*user).empty());
}

TEST(DefaultsTest, MakeAValueLiteral) {
  EXPECT_EQ(ClassifySecret(WithDefault("", "bright-Otter-77", "", 8)), SecretKind::kLiteral);
  EXPECT_EQ(ClassifySecret(WithDefault("", "password", "", 8)), SecretKind::kInterpolated);
}

}  // namespace
}  // namespace oakum
