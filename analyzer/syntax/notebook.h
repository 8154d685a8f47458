// Jupyter notebooks: the cells as the texts they hold.
//
// A .ipynb file is JSON (nbformat 3 and 4); a cell's source is a string or a list of lines. Code
// cells are split as IPython does (IPython.core.inputtransformer2): `!cmd` and `x = !cmd` run in a
// shell, `%pip` and `%conda` are commands, `%env NAME=value` sets a variable, `%%bash` and `%%sh`
// make the whole cell a script, other magics are dropped. What is left of all code cells together
// is one Python program, since a name of one cell is used in the next.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/base/result.h"
#include "analyzer/base/value.h"

namespace oakum {

struct Notebook {
  Value python;                // the code cells, magics taken out
  std::vector<Value> scripts;  // shell text: a line or a cell; {name} is a hole of kExpression
  // %env NAME=value
  struct Variable {
    Value name;
    Value value;
  };
  std::vector<Variable> variables;
  std::vector<Value> markdown;
  std::vector<Value> magics;  // lines and first lines of cells that were dropped
  struct Cell {
    std::string type;  // "code", "markdown", "raw"
    Value text;
    Value python;  // its part of the program above
  };
  std::vector<Cell> cells;  // in the order of the file
  std::optional<Error> error;
};

Notebook ParseNotebook(const Value& text);

// Splits one program that may hold IPython lines (a code cell, a .py file exported from a
// notebook).
void SplitCell(const Value& cell, Notebook& notebook, Value::Builder& python);

}  // namespace oakum
