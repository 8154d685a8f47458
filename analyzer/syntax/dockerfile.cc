#include "analyzer/syntax/dockerfile.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/syntax/dockerfile_heredoc.h"
#include "analyzer/syntax/dockerfile_instruction.h"
#include "analyzer/syntax/dockerfile_lines.h"

namespace oakum {
namespace {

// A heredoc whose terminator is missing makes the reader go back; after so many it no longer looks.
constexpr int kMaxLostTerminators = 32;

// The instruction that heredocs belong to, or null: RUN, COPY or ADD, also under one ONBUILD.
DockerInstruction* HeredocOwner(DockerInstruction& instruction) {
  DockerInstruction* owner = &instruction;
  if (owner->keyword == DockerKeyword::kOnbuild && !owner->trigger.empty()) {
    owner = &owner->trigger.front();
  }
  const bool takes = owner->keyword == DockerKeyword::kRun ||
                     owner->keyword == DockerKeyword::kCopy ||
                     owner->keyword == DockerKeyword::kAdd;
  return takes && !owner->exec_form ? owner : nullptr;
}

class Parser {
 public:
  explicit Parser(const MappedText& text) : text_(text), reader_(text_, out_) {}

  Dockerfile Run() && {
    while (std::optional<LogicalLine> line = reader_.Next()) {
      DockerInstruction instruction = ParseDockerInstruction(line->text, out_.escape, out_.errors);
      instruction.span = text_.ToSource(line->range);
      instruction.comments = std::move(line->comments);
      ReadHeredocs(*line, instruction);
      CheckPlace(instruction);
      CheckDockerInstruction(instruction, out_.escape, out_.errors);
      out_.instructions.push_back(std::move(instruction));
    }
    if (out_.instructions.empty()) {
      out_.errors.push_back({"the file has no instructions", text_.ToSource({0, 0}), true});
    }
    return std::move(out_);
  }

 private:
  void ReadHeredocs(const LogicalLine& line, DockerInstruction& instruction) {
    DockerInstruction* owner = HeredocOwner(instruction);
    if (!owner) return;
    Result<std::vector<DockerHeredoc>> heredocs = DockerHeredocsOf(line.text);
    if (!heredocs) {
      out_.errors.push_back({heredocs.error().message, instruction.span, true});
      return;
    }
    const uint32_t start = reader_.position();
    for (DockerHeredoc& heredoc : *heredocs) {
      if (ReadBody(heredoc)) continue;
      ++lost_terminators_;
      out_.errors.push_back({"a heredoc has no terminator", heredoc.marker.ToSource(), true});
      reader_.Rewind(start);
      return;
    }
    if (heredocs->empty()) return;
    instruction.span.end = heredocs->back().terminator.end;
    owner->span.end = instruction.span.end;
    owner->heredocs = *std::move(heredocs);
  }

  bool ReadBody(DockerHeredoc& heredoc) {
    if (lost_terminators_ >= kMaxLostTerminators) return false;
    const std::string_view text = text_.text();
    const uint32_t begin = reader_.position();
    while (std::optional<Span> line = reader_.NextPhysical()) {
      Span content = TrimLineEnd(text, *line);
      while (heredoc.chomp && !content.empty() && text[content.begin] == '\t') ++content.begin;
      if (text.substr(content.begin, content.size()) != heredoc.name) continue;
      heredoc.content = text_.Slice({begin, line->begin});
      heredoc.terminator = text_.ToSource(content);
      return true;
    }
    return false;
  }

  void CheckPlace(const DockerInstruction& instruction) {
    if (instruction.keyword == DockerKeyword::kFrom) has_stage_ = true;
    if (has_stage_ || instruction.keyword == DockerKeyword::kArg ||
        instruction.keyword == DockerKeyword::kUnknown) {
      return;
    }
    out_.errors.push_back({"only ARG may stand before the first FROM", instruction.span, false});
    has_stage_ = true;  // once is enough
  }

  const MappedText text_;
  Dockerfile out_;
  DockerLineReader reader_;
  int lost_terminators_ = 0;
  bool has_stage_ = false;
};

}  // namespace

Dockerfile ParseDockerfile(const MappedText& text) {
  return Parser(text).Run();
}

MappedText DockerInstruction::Script() const {
  if (exec_form || arguments.empty()) return {};
  const MappedText& line = arguments.back();
  if (heredocs.empty()) return line;
  const Result<std::optional<DockerHeredoc>> lone = ParseDockerHeredoc(line);
  if (lone && *lone) {
    return heredocs[0].content.text().starts_with("#!") ? heredocs[0].content : heredocs[0].Body();
  }
  MappedText::Builder script;
  script.Append(line);
  for (const DockerHeredoc& heredoc : heredocs) {
    const Span end{heredoc.marker.ToSource().end, heredoc.marker.ToSource().end};
    script.AppendDecoded("\n", end);
    script.Append(heredoc.content);
    script.AppendDecoded(heredoc.name, heredoc.terminator);
  }
  return std::move(script).Build();
}

}  // namespace oakum
