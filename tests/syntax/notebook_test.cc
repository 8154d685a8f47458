#include "analyzer/syntax/notebook.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace oakum {
namespace {

Notebook Cell(std::string_view code) {
  Notebook notebook;
  Value::Builder python;
  SplitCell(Value(MappedText::Verbatim(code, 0)), notebook, python);
  notebook.python = std::move(python).Build();
  return notebook;
}

TEST(Notebook, JoinsTheCellsToOneProgram) {
  const std::string text =
      R"({"cells": [
        {"cell_type": "code", "source": ["a = 1\n", "b = \"x\""]},
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": "c = a\n"}]})";
  const Notebook notebook = ParseNotebook(Value(MappedText::Verbatim(text, 0)));
  EXPECT_EQ(notebook.python.text(), "a = 1\nb = \"x\"\nc = a\n\n");
  ASSERT_EQ(notebook.markdown.size(), 1u);
  EXPECT_EQ(notebook.markdown[0].text(), "# Title");
  const Span x = notebook.python.ToSource({11, 12});
  EXPECT_EQ(text.substr(x.begin, x.size()), "x");
}

TEST(Notebook, KeepsTheCellsApart) {
  const std::string text =
      R"({"cells": [
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "a = 1\n"]},
        {"cell_type": "raw", "source": "r"},
        {"cell_type": "code", "source": "%%writefile x\ny"},
        {"cell_type": "code", "source": "b = a"}]})";
  const Notebook notebook = ParseNotebook(Value(MappedText::Verbatim(text, 0)));
  ASSERT_EQ(notebook.cells.size(), 5u);
  EXPECT_EQ(notebook.cells[0].type, "markdown");
  EXPECT_EQ(notebook.cells[0].text.text(), "# Title");
  EXPECT_EQ(notebook.cells[1].python.text(), "pass\na = 1\n\n");
  EXPECT_EQ(notebook.cells[2].type, "raw");
  EXPECT_TRUE(notebook.cells[2].python.empty());
  EXPECT_TRUE(notebook.cells[3].python.empty());
  EXPECT_EQ(notebook.cells[4].python.text(), "b = a\n");
  const Span last = notebook.cells[4].text.ToSource();
  EXPECT_EQ(text.substr(last.begin, last.size()), "b = a");
  ASSERT_EQ(notebook.magics.size(), 2u);
  EXPECT_EQ(notebook.magics[0].text(), "%matplotlib inline");
  EXPECT_EQ(notebook.magics[1].text(), "%%writefile x");
}

TEST(Notebook, SplitsShellLinesOut) {
  const Notebook notebook =
      Cell("x = 1\n!pip install a \\\n  b\nif x:\n  !echo {x.y} ${H} {a,b}\nz = !ls\n");
  ASSERT_EQ(notebook.scripts.size(), 3u);
  EXPECT_EQ(notebook.scripts[0].text(), "pip install a \\\n  b");
  EXPECT_EQ(notebook.scripts[1].Describe(), "echo ${x.y} ${H} {a,b}");
  EXPECT_EQ(notebook.scripts[1].holes().size(), 1u);
  EXPECT_EQ(notebook.scripts[2].text(), "ls");
  EXPECT_EQ(notebook.python.text(), "x = 1\npass\nif x:\n  pass\npass\n\n");
}

TEST(Notebook, KnowsTheMagics) {
  EXPECT_EQ(Cell("%pip install -i u a").scripts.at(0).text(), "pip install -i u a");
  EXPECT_EQ(Cell("# c\n%%bash -e\nset -x\nls").scripts.at(0).text(), "set -x\nls");
  EXPECT_EQ(Cell("%%time\nx = 1").python.text(), "x = 1\n");
  EXPECT_EQ(Cell("%%writefile a.txt\nx = 1").python.text(), "");
  const Notebook env = Cell("%env A=b c\n%set_env D e");
  ASSERT_EQ(env.variables.size(), 2u);
  EXPECT_EQ(env.variables[0].name.text(), "A");
  EXPECT_EQ(env.variables[0].value.text(), "b c");
  EXPECT_EQ(env.variables[1].value.text(), "e");
}

TEST(Notebook, LeavesStringsAlone) {
  const std::string code = "x = '''\n!not a command\n%s\n'''\ny = a \\\n  % b\n";
  EXPECT_EQ(Cell(code).scripts.size(), 0u);
  EXPECT_EQ(Cell("y = a \\\n% b\n").python.text(), "y = a \\\n% b\n\n");
  EXPECT_EQ(Cell("y = ('%s'\n% b)\n").python.text(), "y = ('%s'\n% b)\n\n");
  const std::string quoted = "x = \"#'''\"\n!ls\n";
  EXPECT_EQ(Cell(quoted).scripts.size(), 1u);
}

}  // namespace
}  // namespace oakum
