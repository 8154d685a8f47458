#include "analyzer/syntax/dockerfile.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Dockerfile Parse(std::string_view text) {
  return ParseDockerfile(MappedText::Verbatim(text, 0));
}

std::string Dump(std::string_view text) {
  return DumpBuildkit(Parse(text));
}

std::vector<std::string> Errors(const Dockerfile& dockerfile) {
  std::vector<std::string> errors;
  for (const DockerError& error : dockerfile.errors) errors.push_back(error.message);
  return errors;
}

struct DumpCase {
  std::string_view text;
  std::string_view dump;
};

void ExpectDumps(std::initializer_list<DumpCase> cases) {
  for (const DumpCase& c : cases) EXPECT_EQ(Dump(c.text), c.dump) << c.text;
}

TEST(DockerfileLines, ContinuationsJoinWithoutASeparator) {
  ExpectDumps({
      {"RUN one\\\ntwo", "(run \"onetwo\")\n"},
      {"RUN one \\ \t\n  two", "(run \"one   two\")\n"},
      {"RUN one \\\n# a comment \\\n\n   # another\n two", "(run \"one  two\")\n"},
      {"RUN one \\\r\n two\r\n", "(run \"one  two\")\n"},
      {"RUN path\\\\\nUSER x", "(run \"path\\\\\\\\\")\n(user \"x\")\n"},
      {"RUN one \\", "(run \"one\")\n"},
      {"\\\nRUN one", "(run \"one\")\n"},
      {"  RUN   one  # text\n", "(run \"one  # text\")\n"},
      {"# comment\n\n  # comment\nRUN one", "(run \"one\")\n"},
  });
}

TEST(DockerfileLines, DirectivesEndAtTheFirstOtherLine) {
  EXPECT_EQ(Parse("# escape=`\nRUN x").escape, '`');
  EXPECT_EQ(Parse("  #  EsCaPe =  ` \nRUN x").escape, '`');
  EXPECT_EQ(Parse("# syntax=docker/dockerfile:1\n# check=skip=all\n# escape=`\nRUN x").escape, '`');
  EXPECT_EQ(Parse("\n# escape=`\nRUN x").escape, '\\');
  EXPECT_EQ(Parse("# foo=bar\n# escape=`\nRUN x").escape, '\\');
  EXPECT_EQ(Parse("#!/bin/x\n# escape=`\nRUN x").escape, '\\');
  EXPECT_EQ(Parse("\xef\xbb\xbf# escape=`\nRUN x").escape, '`');
  EXPECT_THAT(Errors(Parse("# escape=x\nRUN x")),
              ElementsAre("the escape directive takes a backslash or a backtick",
                          "only ARG may stand before the first FROM"));
  EXPECT_THAT(Errors(Parse("# syntax=a\n# syntax=b\nFROM x")),
              ElementsAre("a parser directive is given twice"));
  ExpectDumps(
      {{"# escape=`\nRUN one `\n two \\\nUSER x", "(run \"one  two \\\\\")\n(user \"x\")\n"}});
}

TEST(DockerfileLines, CommentsBelongToTheInstructionBelow) {
  const Dockerfile dockerfile = Parse("# escape=`\n# one\n#\n# two\n\n# three\nFROM x\nRUN y");
  ASSERT_EQ(dockerfile.instructions.size(), 2u);
  const auto& comments = dockerfile.instructions[0].comments;
  ASSERT_EQ(comments.size(), 2u);
  EXPECT_EQ(comments[0].text(), "two");
  EXPECT_EQ(comments[1].text(), "three");
  EXPECT_THAT(dockerfile.instructions[1].comments, IsEmpty());
}

TEST(DockerfileLines, SaysWhatBuildkitRefuses) {
  EXPECT_THAT(Errors(Parse("")), ElementsAre("the file has no instructions"));
  EXPECT_THAT(Errors(Parse("# only\n\n")), ElementsAre("the file has no instructions"));
  const std::string longest = "FROM " + std::string(65530, 'a') + "\n";
  EXPECT_THAT(Errors(Parse(longest)), IsEmpty());
  EXPECT_THAT(Errors(Parse("FROM a" + longest.substr(5))),
              ElementsAre("a line is longer than the 65535 bytes that BuildKit reads"));
}

TEST(DockerfileInstruction, ShapesOfArguments) {
  ExpectDumps({
      {"FROM --platform=linux/arm64 a AS b",
       "(from [\"--platform=linux/arm64\"] \"a\" \"AS\" \"b\")\n"},
      {"copy \"x y\" z", "(copy \"\\\"x\" \"y\\\"\" \"z\")\n"},
      {"COPY [\"x y\", \"z\"]", "(copy \"x y\" \"z\")\n"},
      {"COPY ['x', 'y']", "(copy \"['x',\" \"'y']\")\n"},
      {"RUN [ \"a\" ] && b", "(run \"[ \\\"a\\\" ] && b\")\n"},
      {"RUN [\"a\\u0062\\n\"]", "(run \"ab\\n\")\n"},
      {"VOLUME []", "(volume)\n"},
      {"ENV A=1 B=\"two words\" C=three\\ words D='$x'",
       "(env \"A\" \"1\" \"=\" \"B\" \"\\\"two words\\\"\" \"=\" \"C\" \"three\\\\ words\" \"=\" "
       "\"D\" \"'$x'\" \"=\")\n"},
      {"ENV A the rest = of \"it\"", "(env \"A\" \"the rest = of \\\"it\\\"\" \"\")\n"},
      {"LABEL a.b=c", "(label \"a.b\" \"c\" \"=\")\n"},
      {"ARG A=1 B C=\"x y\"", "(arg \"A=1\" \"B\" \"C=\\\"x y\\\"\")\n"},
      {"HEALTHCHECK --interval=5s CMD [\"a\", \"b\"]",
       "(healthcheck [\"--interval=5s\"] \"CMD\" \"a\" \"b\")\n"},
      {"HEALTHCHECK NONE", "(healthcheck \"NONE\")\n"},
      {"HEALTHCHECK", "(healthcheck)\n"},
      {"ONBUILD COPY --chown=a b c", "(onbuild (copy [\"--chown=a\"] \"b\" \"c\"))\n"},
      {"ONBUILD", "(onbuild)\n"},
      {"FROBNICATE x", "(frobnicate \"\")\n"},
      {"USER  a  b ", "(user \"a  b\")\n"},
      {"RUN --mount=type=\"bind\" -- --x", "(run [\"--mount=type=bind\"] \"--x\")\n"},
      {"RUN --a\\ b='c d' x", "(run [\"--a b=c d\"] \"x\")\n"},
  });
}

TEST(DockerfileInstruction, EveryTextMapsToTheFile) {
  constexpr std::string_view text =
      "FROM a\nRUN --mount=type=\"secret\",id=x one \\\n  # no\n  two\n";
  const Dockerfile dockerfile = Parse(text);
  const DockerInstruction& run = dockerfile.instructions[1];
  const MappedText script = run.Script();
  EXPECT_EQ(script.text(), "one   two");
  const size_t two = script.text().find("two");
  const Span span = script.ToSource({static_cast<uint32_t>(two), static_cast<uint32_t>(two) + 3});
  EXPECT_EQ(text.substr(span.begin, span.size()), "two");
  EXPECT_EQ(run.flags[0].value.text(), "type=secret,id=x");
  const Span flag = run.flags[0].value.ToSource();
  EXPECT_EQ(text.substr(flag.begin, flag.size()), "type=\"secret\",id=x");
  EXPECT_EQ(text.substr(run.span.begin, run.span.size()), text.substr(7, text.size() - 8));
}

TEST(DockerfileInstruction, SecondPass) {
  struct Case {
    std::string_view line;
    std::string_view error;  // "" for none
  };
  const Case cases[] = {
      {"FROM a AS 1b", "a stage's name is malformed"},
      {"FROM a as b-c_d.e", ""},
      {"FROM a b", "FROM takes an image, or an image, AS and a name"},
      {"COPY x", "the instruction takes a source and a destination"},
      {"COPY --frm=x a b", "the flag is not known here"},
      {"COPY --from=x --from=y a b", "the flag is given twice"},
      {"COPY --exclude=x --exclude=y a b", ""},
      {"COPY --chown a b", "the flag lacks its value"},
      {"COPY --link --parents=TRUE a b", ""},
      {"COPY --link=yes a b", "the flag takes true or false"},
      {"COPY a <<E\nE", "a heredoc cannot be the destination"},
      {"WORKDIR", "the instruction takes one argument"},
      {"SHELL sh -c", "SHELL takes a JSON array of strings"},
      {"ENV =x", "a name is missing before '='"},
      {"HEALTHCHECK TEST x", "HEALTHCHECK takes CMD or NONE"},
      {"HEALTHCHECK CMD", "HEALTHCHECK CMD lacks its command"},
      {"ONBUILD FROM x", "ONBUILD cannot hold this instruction"},
      {"ONBUILD ONBUILD RUN x", "ONBUILD cannot hold this instruction"},
      {"ONBUILD COPY x", "the instruction takes a source and a destination"},
      {"MAKE x", "the instruction is not known"},
      {"RUN --mount=type=secret,id=x,colour=red y", "a mount option is not known"},
      {"ENV A=1 B", "a word of the list lacks its '='"},
      {"ENV A", "a name lacks its value"},
      {"CMD [\"a\", 1]", "a JSON array may hold strings only here"},
      {"COPY https://h/x /y", "COPY takes no URL: ADD does"},
      {"COPY --from=x http://h/x /y", "COPY takes no URL: ADD does"},
      {"COPY git@h.example:a/b.git /y", "COPY takes no URL: ADD does"},
      {"COPY [\"ssh://git@h/x\", \"/y\"]", "COPY takes no URL: ADD does"},
      {"ONBUILD COPY https://h/x /y", "COPY takes no URL: ADD does"},
      {"COPY node_modules/@a/b:c a@b $U/x https /y", ""},
      {"COPY a https://h/x", ""},
      {"ADD https://h/x /y", ""},
      {"COPY --from=$STAGE a b", "--from takes no variables"},
      {"COPY --from=$ a b", ""},
      {"COPY --chmod=8 a b", "--chmod is an octal number up to 07777, or letters as of chmod"},
      {"ADD --chmod=10000 a b", "--chmod is an octal number up to 07777, or letters as of chmod"},
      {"COPY --chmod=0o755 a b", "--chmod is an octal number up to 07777, or letters as of chmod"},
      {"COPY --chmod=u=rwz a b", "--chmod is an octal number up to 07777, or letters as of chmod"},
      {"COPY --chmod=rwx a b", "--chmod is an octal number up to 07777, or letters as of chmod"},
      {"COPY --chmod=00007777 a b", ""},
      {"COPY --chmod=u=rwX,go-w+x a b", ""},
      {"COPY --chmod=+x a b", ""},
      {"COPY --chmod=${MODE:-9} a b", ""},
      {"RUN --network=foo x", "--network is default, none or host"},
      {"RUN --network=$N x", "--network is default, none or host"},
      {"RUN --network=none x", ""},
      {"RUN --security=lax x", "--security is sandbox or insecure"},
      {"RUN --mount=type=ssh,source=x y", "an ssh mount takes no source="},
      {"RUN --mount=type=bind,target=/ y", "a mount cannot take the place of /"},
      {"FROM y AS scratch", ""},  // a warning of the linter
      {"FROM ${A", "a substitution has no end"},
      {"FROM --platform=${} y", "a substitution is malformed"},
      {"ARG A=${B", "a substitution has no end"},
      {"ARG A=${}", "a substitution is malformed"},
      {"ENV A=\"${:-x}\"", "a substitution is malformed"},
      {"ENV A=${{B}}", "a substitution is malformed"},
      {"ENV A ${B:#f}", "a substitution has an unsupported modifier"},
      {"ENV A=${B:=x}", "a substitution has an unsupported modifier"},
      {"ENV ${A=x", "a substitution has no end"},
      {"ENV A it's", "a single quote is not closed"},
      {"LABEL a=${}", "a substitution is malformed"},
      {"USER ${}", "a substitution is malformed"},
      {"WORKDIR \"/a", "a double quote is not closed"},
      {"EXPOSE ${P:=1}", "a substitution has an unsupported modifier"},
      {"VOLUME ${V", "a substitution has no end"},
      {"STOPSIGNAL ${S", "a substitution has no end"},
      {"COPY a ${}", "a substitution is malformed"},
      {"COPY --chown=${U a b", "a substitution has no end"},
      {"COPY <<E /x\n${}\nE", "a substitution is malformed"},
      {"COPY <<E /x\nit's $ {{a}}\nE", ""},
      {"COPY <<'E' /x\n${}\nE", ""},
      {"RUN echo ${} ${{x}} it's", ""},
      {"CMD echo ${}", ""},
      {"ENV A={{b}} C=@@d@@ E=$$F G=$(H) I=%J%", ""},
      {"ENV A='${}' B=\\${}", ""},
      {"ARG A=${B:?say} C=${D?}", ""},
      {"ONBUILD ENV A=${}", "a substitution is malformed"},
  };
  for (const Case& c : cases) {
    const std::string text = "FROM x\n" + std::string(c.line);
    const std::vector<std::string> errors = Errors(Parse(text));
    if (c.error.empty()) {
      EXPECT_THAT(errors, IsEmpty()) << c.line;
    } else {
      EXPECT_THAT(errors, ElementsAre(c.error)) << c.line;
    }
  }
}

TEST(DockerfileInstruction, ErrorsSayWhere) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"ENV A=x${B:=y}z", "${B:=y}"},
      {"ENV A=\"a${{b}}\"", "${{"},
      {"ARG A=1 B=c${D", "${D"},
      {"WORKDIR /a'b", "'b"},
      {"RUN --mount=type=ssh,source=x,id=y z", "source=x"},
      {"RUN --mount=type=cache,target=/ z", "target=/"},
      {"COPY a https://h/x /y", "https://h/x"},
      {"COPY --chmod=9 a /y", "--chmod=9"},
  };
  for (const auto& [line, where] : cases) {
    const std::string text = "FROM x\n" + std::string(line);
    const Dockerfile dockerfile = Parse(text);
    ASSERT_EQ(dockerfile.errors.size(), 1u) << line;
    const Span span = dockerfile.errors[0].span;
    EXPECT_EQ(text.substr(span.begin, span.size()), where) << line;
  }
}

struct HeredocCase {
  std::string_view text;
  std::vector<std::string> expected;  // name:flags:content; flags are e(xpand), c(homp) and the fd
};

std::vector<std::string> Heredocs(const DockerInstruction& instruction) {
  std::vector<std::string> out;
  for (const DockerHeredoc& h : instruction.heredocs) {
    out.push_back(h.name + ":" + (h.expand ? "e" : "") + (h.chomp ? "c" : "") +
                  std::to_string(h.fd) + ":" + std::string(h.content.text()));
  }
  return out;
}

TEST(DockerfileHeredoc, OpensWhereBuildkitSaysSo) {
  const HeredocCase cases[] = {
      {"RUN <<EOF\na\nEOF\n", {"EOF:e0:a\n"}},
      {"RUN <<EOF\r\na\r\nEOF\r\n", {"EOF:e0:a\r\n"}},
      {"RUN <<-EOF\n\ta\n\t\tEOF\n", {"EOF:ec0:\ta\n"}},
      {"RUN <<'EOF'\n$x\nEOF", {"EOF:0:$x\n"}},
      {"RUN <<E\"O\"F\n$x\nEOF", {"EOF:0:$x\n"}},
      {"RUN 3<< EOF cat\nEOF", {"EOF:e3:"}},
      {"RUN cat \\\n <<A \\\n  && b\none\nA", {"A:e0:one\n"}},
      {"COPY <<a.txt <<b.txt /d/\n1\na.txt\n2\nb.txt\n", {"a.txt:e0:1\n", "b.txt:e0:2\n"}},
      {"RUN (cat <<A; cat <<B)\nx\nA;\ny\nB)\n", {"A;:e0:x\n", "B):e0:y\n"}},
      {"RUN cat <<EOF>out\nx\nEOF>out\n", {"EOF>out:e0:x\n"}},
      {"ADD <<$X /d\n# kept\n\\\n$X", {"$X:e0:# kept\n\\\n"}},
      {"ONBUILD COPY <<EOF /d\nx\nEOF\n", {"EOF:e0:x\n"}},
      {"# escape=`\nRUN <<a\\'b\nx\na'b", {"a'b:e0:x\n"}},
      {"RUN cat<<EOF\n", {}},
      {"RUN cat <<<x\n", {}},
      {"RUN \"<<EOF\"\n", {}},
      {"RUN it's <<EOF\n", {}},
      {"RUN <<- EOF\n", {}},
      {"RUN [\"<<EOF\"]\n", {}},
      {"CMD <<EOF\n", {}},
      {"USER <<EOF\n", {}},
      {"RUN x${A:-b} <<EOF\nEOF", {"EOF:e0:"}},
  };
  for (const HeredocCase& c : cases) {
    const Dockerfile dockerfile = Parse(c.text);
    ASSERT_FALSE(dockerfile.instructions.empty()) << c.text;
    const DockerInstruction& first = dockerfile.instructions[0];
    EXPECT_EQ(dockerfile.instructions.size(), 1u) << c.text;
    EXPECT_EQ(Heredocs(first.trigger.empty() ? first : first.trigger[0]), c.expected) << c.text;
  }
}

TEST(DockerfileHeredoc, AMissingTerminatorCostsOneInstruction) {
  const Dockerfile dockerfile = Parse("FROM x\nRUN echo $(( 1 << 2 ))\nRUN y\n");
  EXPECT_THAT(Errors(dockerfile), ElementsAre("a heredoc has no terminator"));
  EXPECT_EQ(dockerfile.instructions.size(), 3u);
}

TEST(DockerfileHeredoc, ScriptIsWhatTheShellGets) {
  auto script = [](std::string_view text) {
    return std::string(Parse(text).instructions[0].Script().text());
  };
  EXPECT_EQ(script("RUN <<EOF\na\nb\nEOF"), "a\nb\n");
  EXPECT_EQ(script("RUN <<-EOF\n\ta\n\t\tb\n\tEOF"), "a\nb\n");
  EXPECT_EQ(script("RUN <<-EOF\n#!/bin/sh\n\ta\nEOF"), "#!/bin/sh\n\ta\n");
  EXPECT_EQ(script("RUN cat <<EOF > x && y\na\nEOF"), "cat <<EOF > x && y\na\nEOF");
  EXPECT_EQ(script("RUN cat <<A <<B\n1\nA\n2\nB"), "cat <<A <<B\n1\nA\n2\nB");
  EXPECT_EQ(script("CMD a b"), "a b");
  EXPECT_EQ(script("HEALTHCHECK CMD a b"), "a b");
  EXPECT_EQ(script("RUN [\"a\"]"), "");
}

TEST(DockerfileHeredoc, ManyLostTerminatorsStayLinear) {
  std::string text = "FROM x\n";
  for (int i = 0; i < 20000; ++i) text += "RUN <<X\n";
  EXPECT_EQ(Parse(text).instructions.size(), 20001u);
}

TEST(DockerfileInstruction, DeepNestingIsLimited) {
  std::string text = "FROM x\n";
  for (int i = 0; i < 9000; ++i) text += "ONBUILD ";
  EXPECT_EQ(Parse(text).instructions.size(), 2u);
  const std::string json = "RUN " + std::string(20000, '[') + std::string(20000, ']');
  EXPECT_FALSE(Parse(json).instructions[0].exec_form);
}

}  // namespace
}  // namespace oakum
