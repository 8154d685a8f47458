#include "analyzer/model/written_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/syntax/jq_object.h"

namespace oakum {

namespace {

Value Range(const Value& text, size_t begin, size_t end) {
  return text.Slice({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

std::string_view Escape(char letter) {
  switch (letter) {
    case 'n':
      return "\n";
    case 'r':
      return "\r";
    case 't':
      return "\t";
    case '\\':
      return "\\";
    case '"':
      return "\"";
    default:
      return {};
  }
}

// Appends text[begin, end) with the escapes of echo -e and printf decoded.
void AppendUnescaped(const Value& text, size_t begin, size_t end, Value::Builder& out) {
  size_t copied = begin;
  for (size_t at = text.text().find('\\', begin); at != std::string_view::npos && at + 1 < end;
       at = text.text().find('\\', at + 2)) {
    const std::string_view decoded = Escape(text.text()[at + 1]);
    if (decoded.empty()) continue;
    out.Append(Range(text, copied, at));
    out.AppendDecoded(decoded,
                      text.ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(at + 2)}));
    copied = at + 2;
  }
  out.Append(Range(text, copied, end));
}

// dash and busybox decode escapes without -e, bash only with it; both are taken for granted, since
// what is looked for in the text has no backslashes of its own.
Value EchoText(const Command& command) {
  Value::Builder out;
  bool options = true;
  bool first = true;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const Value& word = command.argv[i];
    options &=
        word.text() == "-e" || word.text() == "-n" || word.text() == "-ne" || word.text() == "-en";
    if (options) continue;
    const uint32_t begin = word.ToSource().begin;
    if (!std::exchange(first, false)) out.AppendDecoded(" ", {begin, begin});
    AppendUnescaped(word, 0, word.size(), out);
  }
  return std::move(out).Build();
}

// One pass over the format; `next` is the argument the first directive takes.
void FormatOnce(const Command& command, const Value& format, size_t& next, Value::Builder& out) {
  const std::string_view text = format.text();
  size_t copied = 0;
  for (size_t at = text.find('%'); at != std::string_view::npos && at + 1 < text.size();) {
    size_t end = text.find_first_not_of("0123456789-+ #.", at + 1);
    if (end == std::string_view::npos) break;
    AppendUnescaped(format, copied, at, out);
    if (text[end] == '%') {
      out.AppendDecoded(
          "%", format.ToSource({static_cast<uint32_t>(at), static_cast<uint32_t>(end + 1)}));
    } else if (next < command.argv.size()) {
      const Value& argument = command.argv[next++];
      if (text[end] == 'b') {
        AppendUnescaped(argument, 0, argument.size(), out);
      } else {
        out.Append(argument);
      }
    }
    copied = end + 1;
    at = text.find('%', copied);
  }
  AppendUnescaped(format, copied, text.size(), out);
}

// The format is used again until the arguments are used up.
Value PrintfText(const Command& command) {
  size_t at = 1;
  if (at < command.argv.size() && command.argv[at].text() == "--") ++at;
  if (at >= command.argv.size()) return {};
  const Value& format = command.argv[at];
  Value::Builder out;
  size_t next = at + 1;
  while (true) {
    const size_t before = next;
    FormatOnce(command, format, next, out);
    if (next == before || next >= command.argv.size()) break;
  }
  return std::move(out).Build();
}

// The object that `jq -n --arg NAME VALUE ... '{...}'` builds.
std::optional<Value> JqText(const Command& command) {
  std::vector<JqVariable> variables;
  for (size_t i = 1; i < command.argv.size(); ++i) {
    const std::string_view word = command.argv[i].text();
    if ((word == "--arg" || word == "--argjson") && i + 2 < command.argv.size()) {
      variables.push_back(
          {std::string(command.argv[i + 1].text()), command.argv[i + 2], word == "--argjson"});
      i += 2;
    } else if (word == "--rawfile" || word == "--slurpfile" || word == "--indent") {
      i += word == "--indent" ? 1 : 2;
    }
  }
  for (size_t i = 1; i < command.argv.size(); ++i) {
    if (!command.argv[i].Trimmed().text().starts_with('{')) continue;
    return JqObject(command.argv[i], variables);
  }
  return std::nullopt;
}

const Redirection* InputText(const Command& command) {
  for (const Redirection& redirection : command.redirections) {
    if (redirection.kind == Redirection::Kind::kHeredoc ||
        redirection.kind == Redirection::Kind::kHereString) {
      return &redirection;
    }
  }
  return nullptr;
}

// What reaches the command's standard input.
std::optional<Value> Input(const Command& command, const std::vector<Command>& all) {
  if (const Redirection* input = InputText(command)) return input->target;
  if (command.stdin_from < 0 || static_cast<size_t>(command.stdin_from) >= all.size()) return {};
  return PrintedText(all[static_cast<size_t>(command.stdin_from)]);
}

}  // namespace

std::optional<Value> PrintedText(const Command& command) {
  const std::string_view program = command.Program();
  if (program == "echo") return EchoText(command);
  if (program == "printf") {
    const bool sets_variable = command.argv.size() > 1 && command.argv[1].text() == "-v";
    return sets_variable ? std::nullopt : std::optional<Value>(PrintfText(command));
  }
  if (program == "jq") return JqText(command);
  if (program == "cat" && (command.argv.size() < 2 || command.argv[1].text() == "-")) {
    if (const Redirection* input = InputText(command)) return input->target;
  }
  return std::nullopt;
}

Value JoinedLines(const Value& before, const Value& added) {
  Value::Builder text;
  text.Append(before);
  const uint32_t at = added.ToSource().begin;
  text.AppendDecoded("\n", {at, at});
  text.Append(added);
  return std::move(text).Build();
}

std::vector<FileWrite> WritesOf(const Command& command, const std::vector<Command>& all) {
  std::vector<FileWrite> writes;
  const std::string_view program = command.Program();
  const bool copies = program == "install" || program == "cp";
  if (command.redirections.empty() && program != "tee" && !copies) return writes;
  std::optional<Value> text = PrintedText(command);
  if (!text && (program == "tee" || program == "cat" || copies)) {
    text = Input(command, all);
  }
  if (!text) return writes;
  for (const Redirection& redirection : command.redirections) {
    const bool append = redirection.kind == Redirection::Kind::kAppend;
    if ((append || redirection.kind == Redirection::Kind::kWrite) && redirection.fd == 1) {
      writes.push_back({redirection.target, *text, append, redirection.span});
    }
  }
  if (program == "tee") {
    const bool append = std::any_of(
        command.argv.begin(), command.argv.end(),
        [](const Value& word) { return word.text() == "-a" || word.text() == "--append"; });
    for (size_t i = 1; i < command.argv.size(); ++i) {
      const Value& word = command.argv[i];
      if (!word.text().starts_with('-')) writes.push_back({word, *text, append, word.ToSource()});
    }
  }
  if (copies && command.argv.size() > 2 &&
      command.argv[command.argv.size() - 2].text() == "/dev/stdin") {
    writes.push_back({command.argv.back(), *text, false, command.argv.back().ToSource()});
  }
  return writes;
}

}  // namespace oakum
