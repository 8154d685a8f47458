#include "analyzer/output/text.h"

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyzer/base/thread_pool.h"
#include "analyzer/engine/rule.h"
#include "analyzer/engine/shown.h"
#include "analyzer/engine/snippet.h"
#include "analyzer/output/plain.h"
#include "analyzer/output/position.h"

namespace oakum {

namespace {

// Columns of a quoted line; what is further away from the carets is cut off.
constexpr uint32_t kMaxLineWidth = 100;

// Select Graphic Rendition sequences, or nothing at all.
class Palette {
 public:
  explicit Palette(bool color) : color_(color) {}

  std::string Severe(Severity severity, std::string_view text) const {
    switch (severity) {
      case Severity::kNote:
        return In("1;36", text);
      case Severity::kWarning:
        return In("1;33", text);
      case Severity::kError:
        break;
    }
    return In("1;31", text);
  }
  std::string Bold(std::string_view text) const { return In("1", text); }
  std::string Frame(std::string_view text) const { return In("1;34", text); }
  std::string Help(std::string_view text) const { return In("1;32", text); }

 private:
  std::string In(std::string_view code, std::string_view text) const {
    return color_ && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text)
                                   : std::string(text);
  }

  bool color_;
};

// Something to underline, and what to say about it: a text a line.
struct Mark {
  Span span;
  uint32_t line = 0;  // zero-based
  bool primary = false;
  std::vector<std::string> texts;
};

// The marks of one finding in one file, by line.
struct Excerpt {
  const Source* source = nullptr;
  std::vector<Mark> marks;
};

class TextWriter {
 public:
  TextWriter(const ScanReport& report, const TextOptions& options)
      : report_(report), palette_(options.color) {
    for (const Finding& finding : report.findings) {
      for (const Location& secret : finding.secrets) {
        secrets_[secret.source].push_back(secret.span);
      }
    }
    MaskSources(options.jobs);
  }

  std::string Write() && {
    for (const Finding& finding : report_.findings) {
      if (!out_.empty()) out_ += '\n';
      Put(finding);
    }
    return std::move(out_);
  }

 private:
  // To search a file for what must be masked takes longer than all the rest of the report.
  void MaskSources(unsigned jobs) {
    const auto quote = [this](const Location& where) { snippets_.try_emplace(where.source); };
    for (const Finding& finding : report_.findings) {
      quote(finding.where);
      for (const Step& step : finding.steps) quote(step.where);
      for (const Step& related : finding.related) quote(related.where);
    }
    struct Quoted {
      const Source* source;
      const LineIndex* lines;
      std::span<const Span> secrets;
      std::unique_ptr<SnippetSource>* snippets;
    };
    std::vector<Quoted> quoted;
    for (auto& [source, snippets] : snippets_) {
      quoted.push_back({source, &locator_.Lines(*source), secrets_[source], &snippets});
    }
    ParallelFor(quoted.size(), jobs, {}, [&quoted](size_t i) {
      const Quoted& it = quoted[i];
      *it.snippets = std::make_unique<SnippetSource>(*it.source, *it.lines, it.secrets);
    });
  }

  void Put(const Finding& finding) {
    std::vector<Excerpt> excerpts = ExcerptsOf(finding);
    uint32_t last_line = 0;
    for (const Excerpt& excerpt : excerpts)
      last_line = std::max(last_line, excerpt.marks.back().line);
    margin_ = fmt::formatted_size("{}", last_line + 1);

    const std::string title = fmt::format("{}[{} {}]", SeverityName(finding.severity),
                                          finding.rule->code, finding.rule->name);
    out_ += fmt::format("{}{}\n", palette_.Severe(finding.severity, title),
                        palette_.Bold(": " + Plain(finding.message)));
    for (size_t i = 0; i < excerpts.size(); ++i) Put(excerpts[i], finding, i == 0);
    if (!finding.help.empty()) {
      PutGutter("");
      out_ += '\n';
      out_ += fmt::format("{:{}} {} {} {}\n", "", margin_, palette_.Frame("="),
                          palette_.Help("help:"), Plain(finding.help));
    }
  }

  void Put(const Excerpt& excerpt, const Finding& finding, bool first) {
    const Mark& lead = first ? Primary(excerpt) : excerpt.marks.front();
    const Region region = locator_.RegionOf({excerpt.source, lead.span}, ColumnUnit::kCodePoints);
    if (!first) PutGutter("\n");
    out_ += fmt::format("{:{}}{} {}:{}:{}\n", "", margin_, palette_.Frame(first ? "-->" : ":::"),
                        Plain(ShownPath(excerpt.source->path())), region.start_line,
                        region.start_column);
    PutGutter("\n");
    const Mark* before = nullptr;
    for (const Mark& mark : excerpt.marks) {
      if (before && mark.line > before->line + 1) out_ += palette_.Frame("...") + "\n";
      Put(mark, *excerpt.source, finding.severity, before && before->line == mark.line);
      before = &mark;
    }
  }

  // A line and its underline; `repeated` when the line has just been printed for another mark.
  void Put(const Mark& mark, const Source& source, Severity severity, bool repeated) {
    const ShownLine line = snippets_[&source]->Line(mark.line, mark.span, kMaxLineWidth);
    if (!repeated || line.text != shown_) {
      shown_ = line.text;
      out_ += palette_.Frame(fmt::format("{:>{}} |", mark.line + 1, margin_));
      out_ += line.text.empty() ? "\n" : " " + line.text + "\n";
    }
    const ColumnRange columns = line.ColumnsOf(mark.span);
    const std::string under(columns.end - columns.begin, mark.primary ? '^' : '-');
    const auto paint = [&](std::string_view text) {
      return mark.primary ? palette_.Severe(severity, text) : palette_.Frame(text);
    };
    PutGutter(fmt::format(" {:{}}{}", "", columns.begin, paint(under)));
    for (size_t i = 0; i < mark.texts.size(); ++i) {
      if (i > 0) PutGutter(fmt::format(" {:{}}", "", columns.end));
      out_ += " " + paint(mark.texts[i]) + "\n";
    }
    if (mark.texts.empty()) out_ += '\n';
  }

  void PutGutter(std::string_view rest) {
    out_ += fmt::format("{:{}} {}{}", "", margin_, palette_.Frame("|"), rest);
  }

  // The file of the finding first, then others in the order they are mentioned.
  std::vector<Excerpt> ExcerptsOf(const Finding& finding) {
    std::vector<Excerpt> excerpts;
    Add(finding.where, finding.label, true, excerpts);
    for (size_t i = 0; i < finding.steps.size(); ++i) {
      const Step& step = finding.steps[i];
      Add(step.where, fmt::format("{}: {}", i + 1, step.text), false, excerpts);
    }
    for (const Step& related : finding.related) Add(related.where, related.text, false, excerpts);
    for (Excerpt& excerpt : excerpts) {
      std::stable_sort(excerpt.marks.begin(), excerpt.marks.end(),
                       [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
    }
    return excerpts;
  }

  void Add(const Location& where, const std::string& text, bool primary,
           std::vector<Excerpt>& excerpts) {
    auto excerpt = std::find_if(excerpts.begin(), excerpts.end(),
                                [&](const Excerpt& e) { return e.source == where.source; });
    if (excerpt == excerpts.end()) excerpt = excerpts.insert(excerpts.end(), {where.source, {}});
    auto mark = std::find_if(excerpt->marks.begin(), excerpt->marks.end(),
                             [&](const Mark& m) { return m.span == where.span; });
    if (mark == excerpt->marks.end()) {
      const uint32_t line = locator_.Lines(*where.source).LineOf(where.span.begin);
      mark = excerpt->marks.insert(excerpt->marks.end(), {where.span, line, false, {}});
    }
    mark->primary |= primary;
    if (!text.empty()) mark->texts.push_back(Plain(text));
  }

  static const Mark& Primary(const Excerpt& excerpt) {
    return *std::find_if(excerpt.marks.begin(), excerpt.marks.end(),
                         [](const Mark& mark) { return mark.primary; });
  }

  const ScanReport& report_;
  const Palette palette_;
  std::map<const Source*, std::vector<Span>> secrets_;
  std::map<const Source*, std::unique_ptr<SnippetSource>> snippets_;
  Locator locator_;
  std::string out_;
  size_t margin_ = 1;  // width of the line numbers of the current finding
  std::string shown_;  // the line printed last
};

}  // namespace

std::string FormatText(const ScanReport& report, const TextOptions& options) {
  return TextWriter(report, options).Write();
}

}  // namespace oakum
