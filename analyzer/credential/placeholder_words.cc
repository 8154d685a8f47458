#include "analyzer/credential/placeholder_words.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "analyzer/base/ascii.h"
#include "analyzer/base/one_of.h"

namespace oakum {

namespace {

// What stands for the secret itself.
constexpr std::string_view kNouns[] = {
    "apikey",     "auth",        "bar",      "baz",      "bogus",     "changeit",    "changeme",
    "credential", "credentials", "creds",    "dummy",    "empty",     "example",     "fake",
    "fixme",      "foo",         "foobar",   "key",      "masked",    "none",        "null",
    "pass",       "passphrase",  "passwd",   "password", "pat",       "placeholder", "pswd",
    "pw",         "pwd",         "redacted", "removed",  "sample",    "secret",      "string",
    "tbd",        "todo",        "tok",      "token",    "undefined", "value"};

// What describes it.
constexpr std::string_view kQualifiers[] = {
    "a",       "access",   "account",     "actual",   "add",     "admin",  "an",         "and",
    "any",     "api",      "artifactory", "bad",      "base64",  "bot",    "change",     "ci",
    "client",  "cluster",  "database",    "db",       "default", "deploy", "docker",     "email",
    "encoded", "enter",    "expired",     "git",      "github",  "gitlab", "goes",       "here",
    "hf",      "hidden",   "host",        "http",     "id",      "in",     "index",      "insert",
    "invalid", "is",       "it",          "jwt",      "login",   "long",   "me",         "my",
    "name",    "new",      "nexus",       "npm",      "oauth",   "of",     "on",         "or",
    "org",     "personal", "postgres",    "private",  "project", "proxy",  "put",        "pypi",
    "random",  "real",     "redis",       "registry", "replace", "repo",   "repository", "root",
    "sas",     "some",     "strong",      "super",    "test",    "that",   "the",        "this",
    "to",      "url",      "user",        "username", "using",   "very",   "with",       "wrong",
    "your"};

// Words that hold on their own although they describe.
constexpr std::string_view kAlone[] = {"apitoken", "email",    "here", "hidden",   "insert",
                                       "invalid",  "login",    "name", "personal", "test",
                                       "user",     "username", "your"};

constexpr std::string_view kTellTale[] = {"changeit", "changeme", "dummy",  "example",
                                          "fake",     "fixme",    "needed", "placeholder",
                                          "redacted", "required", "sample"};

static_assert(std::is_sorted(std::begin(kNouns), std::end(kNouns)));
static_assert(std::is_sorted(std::begin(kQualifiers), std::end(kQualifiers)));
static_assert(std::is_sorted(std::begin(kAlone), std::end(kAlone)));
static_assert(std::is_sorted(std::begin(kTellTale), std::end(kTellTale)));

constexpr std::string_view kSeparators = " _-./:,+~";

// Lower-cased words; false if something in the text belongs to no word.
bool SplitWords(std::string_view text, std::vector<std::string>& words) {
  bool open = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (kSeparators.find(c) != std::string_view::npos) {
      open = false;
      continue;
    }
    const bool digit_pair = i > 0 && text.substr(i).starts_with("64") && !words.empty() && open &&
                            words.back() == "base";
    if (digit_pair) {
      words.back() += "64";
      ++i;
      continue;
    }
    if (!IsAlpha(c)) return false;
    const bool starts = !open || (IsUpper(c) && !IsUpper(text[i - 1]));
    if (starts) words.emplace_back();
    words.back() += ToLower(c);
    open = true;
  }
  return !words.empty();
}

// Splits a run of lower-case letters into words of the vocabulary: "mypassword", "yourtoken".
// A noun must be among them. `reach` has an entry an offset: unreachable, words only, with a noun.
bool IsCompound(std::string_view run) {
  if (run.size() > 40) return false;
  enum class Reach : char { kNo, kWords, kNoun };
  std::vector<Reach> reach(run.size() + 1, Reach::kNo);
  reach[0] = Reach::kWords;
  for (size_t begin = 0; begin < run.size(); ++begin) {
    if (reach[begin] == Reach::kNo) continue;
    for (size_t length = 2; begin + length <= run.size() && length <= 12; ++length) {
      const std::string_view word = run.substr(begin, length);
      Reach& there = reach[begin + length];
      if (IsIn(kNouns, word)) {
        there = Reach::kNoun;
      } else if (IsIn(kQualifiers, word)) {
        there = std::max(there, reach[begin]);
      }
    }
  }
  return reach[run.size()] == Reach::kNoun;
}

// TOKEN_NAME, ARTIFACTORY_PASSWORD: the name of a variable that would hold the secret.
bool IsVariableName(std::string_view text, const std::vector<std::string>& words) {
  return words.size() > 1 && IsIn(kNouns, words.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsUpper(c) || c == '_'; });
}

}  // namespace

bool IsWellKnownSecret(std::string_view text) {
  static constexpr std::string_view kWhole[] = {"123456789", "1234567890",
                                                "5241590000000000",  // Ray's Redis
                                                "minioadmin",
                                                "token-abc123"};  // vLLM documentation
  static_assert(std::is_sorted(std::begin(kWhole), std::end(kWhole)));
  static constexpr std::string_view kBeginnings[] = {"Eby8vdM02xNOcqFl",   // Azurite's account
                                                     "C2y6yDjf5/R+ob0N",   // Cosmos DB emulator
                                                     "wJalrXUtnFEMI/K7"};  // AWS documentation
  return IsIn(kWhole, text) ||
         std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [text](std::string_view begin) { return text.starts_with(begin); });
}

bool IsTellTaleWord(std::string_view word) {
  return IsIn(kTellTale, word);
}

bool IsPlaceholderWords(std::string_view text) {
  std::vector<std::string> words;
  if (!SplitWords(text, words)) return false;
  if (IsVariableName(text, words)) return true;
  if (words.size() == 1 && IsIn(kAlone, words[0])) return true;
  if (words.front() == "your" || (words.size() > 1 && words.back() == "here")) return true;
  bool noun = false;
  for (const std::string& word : words) {
    if (IsIn(kNouns, word) || IsCompound(word)) {
      noun = true;
    } else if (!IsIn(kQualifiers, word)) {
      return false;
    }
  }
  return noun;
}

}  // namespace oakum
