// `filrouge link --generate FOLDER`: invented lists with their truth, to try and to measure with.
#include <charconv>
#include <filesystem>

#include "core/linkage/generate.h"
#include "server/cli/linkage/link_command.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

Status write_list(const std::string& path, const std::vector<linkage::GeneratedRow>& rows,
                  char letter) {
  SafeFile file(path);
  std::string line = "id,personne";
  for (const char* title : linkage::generated_titles) line += std::string(",") + title;
  file.add(line + "\n");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    line = letter + std::to_string(i + 1) + "," + std::to_string(rows[i].person);
    for (const std::string& cell : rows[i].cell) {
      line += ',';
      add_cell(line, cell);
    }
    file.add(line + "\n");
  }
  return file.finish();
}

}  // namespace

Result<int> generate_lists(const Arguments& arguments) {
  linkage::GenerateOptions options;
  FILROUGE_TRY(rows, arguments.number("rows", 1000, 1, 10'000'000));
  FILROUGE_TRY(seed, arguments.number("seed", 1, 0, 1'000'000'000));
  FILROUGE_TRY(noise, arguments.number("noise", 100, 0, 1000));
  FILROUGE_TRY(duplicates, arguments.number("duplicates", 10, 0, 90));
  FILROUGE_TRY(folder, arguments.needed("generate"));
  options.rows = static_cast<std::size_t>(rows);
  options.seed = static_cast<std::uint64_t>(seed);
  options.noise = static_cast<double>(noise) / 100;
  options.duplicates = static_cast<double>(duplicates) / 100;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const linkage::Generated two = linkage::generate_lists(options);
  FILROUGE_CHECK(write_list(folder + "/a.csv", two.rows[0], 'A'));
  FILROUGE_CHECK(write_list(folder + "/b.csv", two.rows[1], 'B'));
  options.lists = 1;
  const linkage::Generated one = linkage::generate_lists(options);
  FILROUGE_CHECK(write_list(folder + "/messy.csv", one.rows[0], 'M'));
  say_line(folder + " : a.csv, b.csv, messy.csv");
  return 0;
}

}  // namespace filrouge
