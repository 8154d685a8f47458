# Writes OUTPUT, a C++ source with one entry a page in PAGES: its file name without ".md" and its text.
set(body "")
foreach(page IN LISTS PAGES)
  get_filename_component(name ${page} NAME_WE)
  file(READ ${page} text)
  string(APPEND body "    {\"${name}\", R\"__page__(${text})__page__\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"rules/pages.h\"

#include <string_view>

namespace oakum {
namespace {

struct Page {
  std::string_view name;
  std::string_view text;
};

constexpr Page kPages[] = {
${body}};

}  // namespace

std::string_view RulePage(std::string_view name) {
  for (const Page& page : kPages) {
    if (page.name == name) return page.text;
  }
  return {};
}

}  // namespace oakum
")
