#include "analyzer/model/command_text.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzer/model/facts.h"
#include "analyzer/model/lower_shell.h"

namespace oakum {
namespace {

// The text that `use WORD` or the input of `use` comes from, or "file:" and its path.
std::string Origin(const std::string& script) {
  Facts facts;
  LowerShellText(Value(MappedText::Verbatim(script, 0)), CommandHost::kScript, facts);
  for (const Command& command : facts.commands) {
    if (command.Program() != "use") continue;
    const TextOrigin origin =
        command.argv.size() > 1 ? OriginOf(command.argv[1], facts) : InputOf(command, facts);
    if (!origin.file.empty()) return "file:" + origin.file;
    return origin.text ? origin.text->Describe() : "unknown";
  }
  return "no use";
}

TEST(CommandText, FollowsWordsAndInputs) {
  struct {
    const char* script;
    const char* origin;
  } const cases[] = {
      {"use text", "text"},
      {"X=text; use \"$X\"", "text"},
      {"X=$(printf '%s-%s' a b); use \"$X\"", "a-b"},
      {"X=$(cat <<EOF\na $B\nEOF\n); use \"$X\"", "a ${B}\n"},
      {"X=`echo text`; use $X", "text"},
      {"printf -v X 'a%s' b; use \"$X\"", "ab"},
      {"read -r -d '' X <<'EOF' || true\ntext\nEOF\nuse \"$X\"", "text\n"},
      {"use \"$(cat a.json)\"", "file:a.json"},
      {"use \"$(< a.json)\"", "file:a.json"},
      {"use \"$(envsubst < a.json)\"", "file:a.json"},
      {"use \"$(cat a.json | tr -d '\\n')\"", "file:a.json"},
      {"use \"$(jq -n --arg u bot '{u: $u}')\"", "{\"u\":\"bot\"}"},
      {"use \"$(jq -c . a.json)\"", "file:a.json"},
      {"use \"$(jq --arg p \"$P\" '.password = $p' a.json)\"", "file:a.json"},
      {"sed \"s/@T@/$T/\" a.json | use", "file:a.json"},
      {"envsubst < a.json | use", "file:a.json"},
      {"echo text | use", "text"},
      {"echo text | tee log | use", "text"},
      {"use <<< text", "text"},
      {"use < a.json", "file:a.json"},
      {"use \"$(curl -s https://h/x)\"", "unknown"},
      {"use", "unknown"},
      {"X=$Y; Y=$X; use \"$X\"", "${Y}"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.script);
    EXPECT_EQ(Origin(c.script), c.origin);
  }
}

}  // namespace
}  // namespace oakum
