#include "analyzer/syntax/shell.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

Value Script(std::string_view text) {
  return Value(MappedText::Verbatim(text, 0));
}

std::string Show(const Value& value) {
  std::string out;
  for (uint32_t i = 0; i < value.size(); ++i) {
    const Hole* hole = value.HoleAt(i);
    if (!hole) {
      out += value.text()[i];
      continue;
    }
    const bool command = hole->origin == HoleOrigin::kCommand;
    out += command ? "$(" : "${";
    out += hole->name;
    if (hole->fallback) out += ":-" + Show(*hole->fallback);
    out += command ? ")" : "}";
  }
  return out;
}

// A compact form: words in brackets, structure as s-expressions.
std::string Show(const ShellScript& script, uint32_t index) {
  const ShellNode& node = script[index];
  std::string out;
  if (node.negated) out += "! ";
  switch (node.kind) {
    case ShellNodeKind::kCommand:
      for (const ShellAssignment& a : node.assignments) {
        out += "{" + a.name + (a.append ? "+=" : "=") + Show(a.value) + "}";
      }
      for (const ShellWord& word : node.words) out += "[" + Show(word.value) + "]";
      break;
    case ShellNodeKind::kSequence:
      break;
    case ShellNodeKind::kPipeline:
      out += "pipe";
      break;
    case ShellNodeKind::kGroup:
      out += "group";
      break;
    case ShellNodeKind::kSubshell:
      out += "sub";
      break;
    case ShellNodeKind::kFunction:
      out += "fn " + node.name;
      break;
    case ShellNodeKind::kBranch:
      out += "branch";
      break;
    case ShellNodeKind::kLoop:
      out += "loop " + node.name;
      break;
  }
  for (const ShellWord& item : node.items) out += "<" + Show(item.value) + ">";
  if (node.kind != ShellNodeKind::kCommand) {
    out += "(";
    for (size_t i = 0; i < node.children.size(); ++i) {
      const ShellNode& child = script[node.children[i]];
      if (i > 0) {
        out += child.connector == ShellConnector::kAnd          ? " && "
               : child.connector == ShellConnector::kOr         ? " || "
               : child.connector == ShellConnector::kBackground ? " & "
                                                                : "; ";
      }
      out += Show(script, node.children[i]);
    }
    out += ")";
  }
  for (const ShellRedirection& r : node.redirections) {
    static constexpr const char* kNames[] = {"<", ">", ">>", "<<", "<<<", ">&"};
    out +=
        " " + std::to_string(r.fd) + kNames[static_cast<int>(r.kind)] + "[" + Show(r.target) + "]";
  }
  for (uint32_t substitution : node.substitutions) out += " $" + Show(script, substitution);
  return out;
}

std::string Parse(std::string_view text) {
  const ShellScript script = ParseShell(Script(text));
  return Show(script, script.root);
}

TEST(ShellTest, Words) {
  EXPECT_EQ(Parse("echo a 'b $x' \"c $x\" $x"), "([echo][a][b $x][c ${x}][${x}])");
  EXPECT_EQ(Parse(R"(echo a\ b \$x "\$x \"q\" \n" $'t\x41\n' x'y'"z")"),
            "([echo][a b][$x][$x \"q\" \\n][tA\n][xyz])");
  EXPECT_EQ(Parse("pip install -i https://${U:-me}:$P@h/x"),
            "([pip][install][-i][https://${U:-me}:${P}@h/x])");
  EXPECT_EQ(Parse("a \"${x:-\"b $c\"}\" ${y%/*} ${#z} ${v:+w} $((1 + $i)) $1 $@"),
            "([a][${x:-b ${c}}][${y}][${z}][w][${$((1 + $i))}][${1}][${@}])");
  EXPECT_EQ(Parse("ls ~ ~/x *.py {a,b} '' \"\""), "([ls][~][~/x][*.py][{a,b}][][])");
  EXPECT_EQ(Parse("a \\\n  b\\\nc"), "([a][bc])");
  EXPECT_EQ(Parse("a \\\r\n  b\r\nc"), "([a][b]; [c])");
  EXPECT_EQ(Parse("echo # no\n# also 'no\nx a#b"), "([echo]; [x][a#b])");
}

TEST(ShellTest, Substitutions) {
  EXPECT_EQ(Parse("echo \"$(cat f | tr a b)\" `ls \\`x\\`` <(y)"),
            "([echo][$(cat f | tr a b)][$(ls `x`)][$(y)] $(pipe([cat][f]; [tr][a][b])) "
            "$([ls][$(x)] $([x])) $([y]))");
  EXPECT_EQ(Parse("T=$(case $a in x) echo 1;; esac) go"),
            "({T=$(case $a in x) echo 1;; esac)}[go] $(branch<${a}>(([echo][1]))))");
  EXPECT_EQ(Parse("a $(cat <<E\n) \"\nE\n) b"),
            "([a][$(cat <<E\n) \"\nE\n)][b] $([cat] 0<<[) \"\n]))");
}

TEST(ShellTest, Lists) {
  EXPECT_EQ(Parse("a && b || c; d & e\nf"), "([a] && [b] || [c]; [d] & [e]; [f])");
  EXPECT_EQ(Parse("a &&\n b |\n c | d"), "([a] && pipe([b]; [c]; [d]))");
  EXPECT_EQ(Parse("X=1 Y=2\nZ=3\na=(1 \"2 3\")\ncmd"), "({X=1}{Y=2}; {Z=3}; {a=1 2 3}; [cmd])");
  EXPECT_EQ(Parse("export A=\"$x\" B C+=d; local -r e=f"),
            "({A=${x}}{C+=d}[export][B]; {e=f}[local][-r])");
  EXPECT_EQ(Parse("! a && b"), "(! [a] && [b])");
}

TEST(ShellTest, Compounds) {
  EXPECT_EQ(Parse("(cd x; ls) && { a; b; }"), "(sub([cd][x]; [ls]) && group([a]; [b]))");
  EXPECT_EQ(Parse("if [ -n \"$x\" ]; then a; elif b; then c; else d; fi"),
            "(branch(([[][-n][${x}][]]); ([a]); ([b]); ([c]); ([d])))");
  EXPECT_EQ(Parse("for i in a \"$b\"; do pip $i; done > log"),
            "(loop i<a><${b}>(([pip][${i}])) 1>[log])");
  EXPECT_EQ(Parse("while read l; do x && y; done < f"), "(loop (([read][l]); ([x] && [y])) 0<[f])");
  EXPECT_EQ(Parse("for ((i=0;i<3;i++)); do a; done"), "(loop ((i=0;i<3;i++))(([a])))");
  EXPECT_EQ(Parse("case $x in a|b) c;; *) d; e;; esac"), "(branch<${x}>(([c]); ([d]; [e])))");
  EXPECT_EQ(Parse("f() { a \"$1\"; }\nfunction g { b; } >o\nf x"),
            "(fn f(group([a][${1}])); fn g(group([b])) 1>[o]; [f][x])");
  EXPECT_EQ(Parse("[[ -f x && $y =~ ^(a|b)$ ]] && z; ((i++)); w"),
            "([[[][-f][x][&&][${y}][=~][^(a|b)$][]]] && [z]; [((i++))]; [w])");
  EXPECT_EQ(Parse("if a; then (if b; then c; fi) fi; d"),
            "(branch(([a]); (sub(branch(([b]); ([c]))))); [d])");
  EXPECT_EQ(Parse("until (a) do b; done; { if c; then d; fi }"),
            "(loop ((sub([a])); ([b])); group(branch(([c]); ([d]))))");
  EXPECT_EQ(Parse("echo if then { } done"), "([echo][if][then][{][}][done])");
}

TEST(ShellTest, Redirections) {
  EXPECT_EQ(Parse("a >f 2>&1 <in b >>c &>d 3<e"),
            "([a][b] 1>[f] 2>&[1] 0<[in] 1>>[c] 1>[d] 3<[e])");
  EXPECT_EQ(Parse(">f echo x"), "([echo][x] 1>[f])");
  EXPECT_EQ(Parse("cat <<< \"$X\""), "([cat] 0<<<[${X}])");
  EXPECT_EQ(Parse("(a; b) > f; { c; } >> g"), "(sub([a]; [b]) 1>[f]; group([c]) 1>>[g])");
}

TEST(ShellTest, Heredocs) {
  EXPECT_EQ(Parse("cat <<EOF > ~/.netrc && chmod 600 f\nmachine $H \"${P:-x}\" \\$y\nEOF\nnext"),
            "([cat] 0<<[machine ${H} \"${P:-x}\" $y\n] 1>[~/.netrc] && [chmod][600][f]; [next])");
  EXPECT_EQ(Parse("cat <<-'EOT' | tee x\n\ta $b\n\tEOT\nz"),
            "(pipe([cat] 0<<[a $b\n]; [tee][x]); [z])");
  EXPECT_EQ(Parse("cat <<A <<\"B\"; y\na $x\nA\nb $x\nB\nz"),
            "([cat] 0<<[a ${x}\n] 0<<[b $x\n]; [y]; [z])");
  EXPECT_EQ(Parse("{ cat <<EOF; ls; } > y\nw $(q)\nEOF\n"),
            "(group([cat] 0<<[w $(q)\n] $([q]); [ls]) 1>[y])");
  EXPECT_EQ(Parse("cat <<EOF\nno end"), "([cat] 0<<[no end])");
}

TEST(ShellTest, BrokenTextKeepsItsCommands) {
  EXPECT_EQ(Parse("a b ) ; pip x\nfoo"), "([a][b]; [pip][x]; [foo])");
  EXPECT_EQ(Parse("echo it's\npip install x"), "([echo][it's]; [pip][install][x])");
  EXPECT_EQ(Parse("if a; then pip x; b"), "(branch(([a]); ([pip][x]; [b])))");
  EXPECT_EQ(Parse("echo \"$(x"), "([echo][\"$]; [x])");
  EXPECT_EQ(Parse(""), "()");
  EXPECT_EQ(Parse("\n;;\n"), "()");
}

TEST(ShellTest, SpansAreExact) {
  const std::string text = "A=1 pip install \\\n  -i 'https://u:p'@h/x > out";
  const ShellScript script = ParseShell(Script(text));
  const ShellNode& node = script[script[script.root].children[0]];
  auto at = [&](Span span) { return text.substr(span.begin, span.size()); };
  EXPECT_EQ(at(node.span), text);
  EXPECT_EQ(at(node.assignments[0].span), "A=1");
  EXPECT_EQ(at(node.assignments[0].name_span), "A");
  EXPECT_EQ(at(node.words[3].value.ToSource()), "https://u:p'@h/x");
  EXPECT_EQ(at(node.words[3].value.ToSource({8, 11})), "u:p");
  EXPECT_EQ(at(node.words[3].span), "'https://u:p'@h/x");
  EXPECT_TRUE(node.words[3].quoted);
  EXPECT_FALSE(node.words[2].quoted);
  EXPECT_EQ(at(node.redirections[0].span), "> out");
}

TEST(ShellTest, HolesOfTheScriptStayHoles) {
  Value::Builder builder;
  const std::string text = "pip install -i https://u:${{ secrets.T }}@h";
  builder.AppendVerbatim(text.substr(0, 25), 0);
  Hole hole;
  hole.name = "secrets.T";
  hole.origin = HoleOrigin::kCiSecret;
  hole.span = {25, 41};
  builder.Append(hole);
  builder.AppendVerbatim(text.substr(41), 41);
  const ShellScript script = ParseShell(std::move(builder).Build());
  const ShellNode& node = script[script[script.root].children[0]];
  ASSERT_EQ(node.words.size(), 4u);
  ASSERT_EQ(node.words[3].value.holes().size(), 1u);
  EXPECT_EQ(node.words[3].value.holes()[0].hole.origin, HoleOrigin::kCiSecret);
  EXPECT_EQ(node.words[3].value.ToSource(), (Span{15, 43}));
}

TEST(ShellTest, HostileTextIsBounded) {
  auto repeat = [](std::string_view piece, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += piece;
    return text;
  };
  const std::string texts[] = {
      repeat("(", 100000),
      repeat(")", 20000),
      repeat("<<", 14000),
      repeat("$(", 10000),
      repeat("\"$(", 10000),
      repeat("`", 19999),
      repeat("'", 19999),
      repeat("${", 10000),
      repeat("if ", 10000),
      repeat("a && ", 10000),
      repeat("{ ", 10000),
      repeat("(", 4000) + repeat(")", 4000),
      repeat("a <<E\n", 4000),
      repeat("[[ ", 10000),
      repeat("case x in ", 4000),
      repeat("$(", 1000) + repeat(")", 1000),
      repeat("${x:-", 1000) + repeat("}", 1000),
      repeat("a=(", 10000),
      repeat("x\\\n", 10000),
      repeat("f() { ", 4000),
  };
  for (const std::string& text : texts) {
    const ShellScript script = ParseShell(Script(text));
    EXPECT_LE(script.nodes.size(), text.size() + 1) << text.substr(0, 12);
  }
}

}  // namespace
}  // namespace oakum
