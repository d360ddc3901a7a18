// `filrouge import communes|outlines|organisations|constraints FILE`: reads the file whole, says why
// each line, item or feature is refused, then writes what is left in one step, through the server
// that owns the folder when there is one. Nothing usable: nothing written, exit status 1.
#include <cstdio>
#include <fstream>
#include <memory>

#include "server/app/use_cases.h"
#include "server/cli/command.h"
#include "server/cli/control_commands.h"
#include "server/cli/progress.h"
#include "server/cli/reference_import.h"
#include "server/interop/constraint_file.h"
#include "server/interop/outline_file.h"

namespace filrouge {

namespace {

constexpr std::size_t kPieceBytes = 64 << 10;
constexpr std::size_t kRefusalsShown = 20;

// What `--format json` prints.
struct ImportAnswer {
  std::string file;
  std::int64_t read = 0;
  std::int64_t written = 0;
  std::int64_t refused = 0;
  std::vector<Refusal> refusals;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (), (file, read, written, refused, refusals))

Result<ChunkSource> open_file(const std::string& path) {
  const auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
  // A folder opens as well, but gives nothing.
  if (!*in || in->peek() == std::ifstream::traits_type::eof())
    return refusal_of(
        "no_file", path + " : " + std::string(tell("introuvable, ou vide", "not found, or empty")));
  const auto progress = std::make_shared<Progress>();
  return ChunkSource([in, progress](std::string& chunk) {
    chunk.resize(kPieceBytes);
    in->read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    chunk.resize(static_cast<std::size_t>(in->gcount()));
    progress->at([&] {
      return std::to_string(static_cast<std::int64_t>(in->tellg()) >> 20) +
             std::string(tell(" Mo lus", " MB read"));
    });
    return !chunk.empty();
  });
}

Result<OutlineOptions> read_options(const Arguments& arguments) {
  OutlineOptions options;
  if (const auto kind = arguments.value("kind")) {
    options.kind = json::enum_value<OutlineKind>(*kind);
    if (!options.kind)
      return usage_of(
          std::string(tell("--kind : commune ou district", "--kind: commune or district")));
  }
  for (const auto& [name, day] :
       {std::pair("valid-from", &options.valid_from), std::pair("valid-to", &options.valid_to)}) {
    const auto text = arguments.value(name);
    if (!text) continue;
    auto date = CivilDate::parse(*text);
    if (!date.ok())
      return usage_of("--" + std::string(name) + " : " +
                      std::string(tell("une date AAAA-MM-JJ", "a date YYYY-MM-DD")));
    *day = *date;
  }
  if (options.valid_to && !options.valid_from)
    return usage_of(
        std::string(tell("--valid-to va avec --valid-from", "--valid-to goes with --valid-from")));
  return options;
}

// Through the server, or in the folder itself when none runs. `direct` gives what the server would
// answer.
template <class Direct>
Result<json::Value> write_through(const Arguments& arguments, std::string_view command,
                                  const json::Value& order, const Direct& direct) {
  FILROUGE_TRY(data, arguments.needed("data"));
  const DatabaseChoice database = database_of(arguments);
  FILROUGE_CHECK(is_node(data, database));
  auto answer = http::call_control(data, command, order);
  if (answer.ok() || !no_server(answer.error())) return answer;
  FILROUGE_TRY(
      node,
      open_node({.data = data, .database = database, .key_file = arguments.value("key-file")}));
  return direct(*node.app);
}

template <class Direct>
Result<std::int64_t> write_rows(const Arguments& arguments, std::string_view command,
                                const json::Value& order, const Direct& direct) {
  FILROUGE_TRY(answer,
               write_through(arguments, command, order, [&](App& app) -> Result<json::Value> {
                 FILROUGE_TRY(count, direct(app));
                 return std::move(json::Value::object().append("written", json::Value(count)));
               }));
  const json::Value* written = answer.find("written");
  verify(written != nullptr);
  return written->integer();
}

template <class Rows>
json::Value order_of(std::string_view name, const Rows& rows) {
  std::string text = "{\"" + std::string(name) + "\":";
  json::Codec<Rows>::write(text, rows);
  text += "}";
  return json::parse(text, {limits::control_line_bytes_max, limits::json_depth_max,
                            limits::control_values_max, false})
      .value();
}

void tell_refusals(const ImportReport& report) {
  for (std::size_t i = 0; i < report.refusals.size() && i < kRefusalsShown; ++i) {
    const Refusal& one = report.refusals[i];
    say_line(one.where + (one.field.empty() ? "" : ", " + one.field) + " : " + one.rule + ", " +
             one.detail);
  }
  if (report.refused > static_cast<std::int64_t>(kRefusalsShown))
    say_line(std::string(tell("… la suite avec --format json", "... the rest with --format json")));
}

int finish(const std::string& file, const std::string& format, ImportReport report,
           std::int64_t written) {
  if (format == "json") {
    print_text(json::encode(ImportAnswer{file, report.read, written, report.refused,
                                         std::move(report.refusals)}) +
               "\n");
    return 0;
  }
  tell_refusals(report);
  print_text(file + " : " + std::to_string(report.read) + std::string(tell(" lus, ", " read, ")) +
             std::to_string(written) + std::string(tell(" écrits, ", " written, ")) +
             std::to_string(report.refused) + std::string(tell(" refusés\n", " refused\n")));
  return 0;
}

Error nothing_usable(const std::string& file, const std::string& format,
                     const ImportReport& report) {
  if (format == "json") {
    finish(file, format, report, 0);
  } else {
    tell_refusals(report);
  }
  return refusal_of("nothing_usable", file + " : " +
                                          std::string(tell("rien d'utilisable, rien n'est écrit",
                                                           "nothing usable, nothing is written")));
}

// The error of a whole file, with its name.
Error in_file(const std::string& file, const Error& error) {
  return refusal_of(error.rule, file + " : " + (error.field.empty() ? "" : error.field + ", ") +
                                    error.rule + ", " + error.detail);
}

Result<int> import_communes(const Arguments& arguments, const std::string& file,
                            const std::string& format) {
  FILROUGE_TRY(source, open_file(file));
  auto read = read_communes(source);
  if (!read.ok()) return in_file(file, read.error());
  if (read->communes.empty()) return nothing_usable(file, format, read->report);
  FILROUGE_TRY(written,
               write_rows(arguments, "import.communes", order_of("communes", read->communes),
                          [&](App& app) { return write_communes(app, read->communes); }));
  return finish(file, format, std::move(read->report), written);
}

Result<int> import_outlines(const Arguments& arguments, const std::string& file,
                            const std::string& format) {
  FILROUGE_TRY(options, read_options(arguments));
  FILROUGE_TRY(source, open_file(file));
  auto read = read_outlines(source, options);
  if (!read.ok()) return in_file(file, read.error());
  if (read->outlines.empty()) return nothing_usable(file, format, read->report);
  FILROUGE_TRY(written,
               write_rows(arguments, "import.outlines", order_of("outlines", read->outlines),
                          [&](App& app) -> Result<std::int64_t> {
                            FILROUGE_TRY(count, write_outlines(app, read->outlines));
                            FILROUGE_CHECK(refresh_facts(app));
                            return count;
                          }));
  return finish(file, format, std::move(read->report), written);
}

constexpr json::ParseLimits kAnswerLimits{limits::control_line_bytes_max, limits::json_depth_max,
                                          limits::control_values_max, false};

Result<int> import_organisations(const Arguments& arguments, const std::string& file,
                                 const std::string& format) {
  FILROUGE_TRY(source, open_file(file));
  auto read = read_organisations(source);
  if (!read.ok()) return in_file(file, read.error());
  if (read->organisations.empty()) return nothing_usable(file, format, read->report);
  FILROUGE_TRY(answer, write_through(arguments, "import.organisations",
                                     order_of("organisations", read->organisations),
                                     [&](App& app) -> Result<json::Value> {
                                       FILROUGE_TRY(done,
                                                    write_organisations(app, read->organisations));
                                       return json::parse(json::encode(done), kAnswerLimits);
                                     }));
  FILROUGE_TRY(done, json::read<OrganisationsWritten>(answer));
  for (Refusal& one : done.refusals)
    read->report.refuse(std::move(one.where), std::move(one.field), std::move(one.rule),
                        std::move(one.detail));
  return finish(file, format, std::move(read->report), done.written);
}

Result<int> import_constraints(const Arguments& arguments, const std::string& file,
                               const std::string& format) {
  FILROUGE_TRY(source, open_file(file));
  auto read = read_constraints(source);
  if (!read.ok()) return in_file(file, read.error());
  if (read->constraints.empty()) return nothing_usable(file, format, read->report);
  FILROUGE_TRY(written, write_rows(arguments, "import.constraints",
                                   order_of("constraints", read->constraints), [&](App& app) {
                                     return write_constraints(app, read->constraints);
                                   }));
  return finish(file, format, std::move(read->report), written);
}

}  // namespace

Result<int> run_import(const Arguments& arguments) {
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  FILROUGE_CHECK(arguments.needed("data"));
  const auto& words = arguments.words();
  if (words.size() == 2 && words[0] == "communes")
    return import_communes(arguments, words[1], format);
  if (words.size() == 2 && words[0] == "outlines")
    return import_outlines(arguments, words[1], format);
  if (words.size() == 2 && words[0] == "organisations")
    return import_organisations(arguments, words[1], format);
  if (words.size() == 2 && words[0] == "constraints")
    return import_constraints(arguments, words[1], format);
  return usage_of(std::string(
      tell("attendu : import communes, outlines, organisations ou constraints, puis FICHIER",
           "expected: import communes, outlines, organisations or constraints, then FILE")));
}

}  // namespace filrouge
