// The parts of the shell front end that shell.cc and shell_structure.cc share.
//
// Private to them. Thread-safety: a ShellParser is used by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/syntax/shell.h"
#include "analyzer/syntax/shell_lexer.h"
#include "analyzer/syntax/shell_word.h"
#include "analyzer/syntax/syntax_tree.h"

namespace oakum {

// Reads scripts, one inside the other, into one ShellScript.
class ShellParser {
 public:
  ShellParser(const ShellLimits& limits, ShellScript& out) : limits_(limits), out_(out) {}

  // The index of the script's sequence.
  uint32_t Parse(const Value& script, uint32_t depth);

  const ShellLimits& limits() const { return limits_; }
  ShellNode& node(uint32_t index) { return out_.nodes[index]; }  // until the next Add
  uint32_t Add(ShellNode node);
  void Say(std::string message, Span span);

 private:
  const ShellLimits& limits_;
  ShellScript& out_;
};

// One script: its tokens, and the commands made of ranges of them.
class ShellReader {
 public:
  ShellReader(ShellParser& parser, const Value& script, uint32_t depth);

  ShellParser& parser() { return parser_; }
  uint32_t depth() const { return depth_; }
  std::string_view text() const { return script_.text(); }
  const std::vector<ShellToken>& tokens() const { return lexed_.tokens; }
  std::string_view TextOf(size_t token) const;
  bool Is(size_t token, ShellToken::Kind kind) const { return lexed_.tokens[token].kind == kind; }
  Span SourceOf(size_t first, size_t last) const;

  // A simple command made of tokens [first, last).
  uint32_t Command(size_t first, size_t last);
  // The redirections among tokens [first, last), into `node`.
  void Redirections(size_t first, size_t last, ShellNode& node);
  // The word at a token; its substitutions go into `node`.
  ShellWord Word(size_t token, ShellNode& node);
  // Tokens [first, last) split into commands and pipelines at operators and reserved words.
  void Flat(size_t first, size_t last, ShellNode& sequence);
  // How what starts at `token` follows what stands before it.
  ShellConnector ConnectorBefore(size_t token) const;

  // The whole script.
  uint32_t Run();

 private:
  bool IsFlat() const;
  ShellWord WordAt(Span span, Value value) const;
  std::vector<ShellWord> Items(Span array) const;
  Value Expand(ShellExpansion expansion, ShellNode& node);
  size_t Redirect(size_t at, size_t last, ShellNode& node);
  bool Assign(size_t token, ShellNode& node);

  ShellParser& parser_;
  const Value script_;
  const uint32_t depth_;
  const ShellTokens lexed_;
};

// The script's structure, by tree-sitter-bash, into `sequence`. False, with nothing done, if a
// budget ran out.
bool ReadShellStructure(ShellReader& reader, ShellNode& sequence);

}  // namespace oakum
