// DumpBuildkit(): the format of the `result` files in BuildKit's parser tests.

#include <string>

#include "analyzer/syntax/dockerfile.h"
#include "analyzer/syntax/go_text.h"

namespace oakum {
namespace {

void Append(const DockerInstruction& instruction, std::string& out) {
  out += '(' + ToLowerAscii(instruction.word.text());
  for (size_t i = 0; i < instruction.flags.size(); ++i) {
    out += (i == 0 ? " [" : " ") + QuoteGo(instruction.flags[i].text.text());
  }
  if (!instruction.flags.empty()) out += ']';
  if (instruction.keyword == DockerKeyword::kUnknown) out += " \"\"";
  for (const MappedText& argument : instruction.arguments) out += ' ' + QuoteGo(argument.text());
  for (const DockerPair& pair : instruction.pairs) {
    if (instruction.keyword == DockerKeyword::kArg) {
      out += ' ' + QuoteGo(pair.text.text());
    } else {
      out += ' ' + QuoteGo(pair.name.text()) + ' ' + QuoteGo(pair.value.text());
      out += pair.legacy ? " \"\"" : " \"=\"";
    }
  }
  for (const DockerInstruction& trigger : instruction.trigger) {
    out += ' ';
    Append(trigger, out);
  }
  // An instruction without arguments ends at its keyword; Go trims what it prints.
  out += ')';
}

}  // namespace

std::string DumpBuildkit(const Dockerfile& dockerfile) {
  std::string out;
  for (const DockerInstruction& instruction : dockerfile.instructions) {
    Append(instruction, out);
    out += '\n';
  }
  return out;
}

}  // namespace oakum
