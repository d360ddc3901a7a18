# cmake -DROOT= -DLISTING= -DOUTPUT= -DFUNCTION= -DHEADER= -P embed_files.cmake
# Each file becomes one literal of \x escapes: any byte, any length, no quoting rule.

file(STRINGS ${LISTING} files)
set(data "")
set(rows "")
set(index 0)
foreach(file IN LISTS files)
  file(READ ${ROOT}/${file} hex HEX)
  file(SIZE ${ROOT}/${file} size)
  string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${hex}")
  string(APPEND data "constexpr char file_${index}[] = \"${escaped}\";\n")
  string(APPEND rows "    {\"${file}\", {file_${index}, ${size}}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT} "// Written by cmake/embed_files.cmake.
#include \"${HEADER}\"

#include <string_view>

namespace filrouge {
namespace {

struct EmbeddedRow {
  std::string_view path;
  std::string_view content;
};

${data}
constexpr EmbeddedRow rows[] = {
${rows}    {{}, {}},
};

}  // namespace

std::string_view ${FUNCTION}(std::string_view path) {
  for (const EmbeddedRow& row : rows) {
    if (row.path == path) return row.content;
  }
  return {};
}

}  // namespace filrouge
")
