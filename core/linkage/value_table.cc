#include "core/linkage/value_table.h"

#include <algorithm>

#include "core/linkage/normalise.h"
#include "core/linkage/phonetic.h"
#include "core/linkage/similarity.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kCellsTogether = 256;
constexpr std::size_t kPiece = 2048;            // distinct cells a task
constexpr std::size_t kCellBytesMax = 1 << 12;  // what is longer is no name: missing

// Values of a piece of the distinct cells; `letters` is the piece's own.
struct Piece {
  const RawColumn* column = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string letters;
  std::vector<Value> values;
  std::vector<ValueParts> parts;
  std::vector<std::uint64_t> hashes;  // of the letters
};

std::uint32_t short_hash(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::uint32_t>(hash_text(text) >> 32) | 1u;
}

void add_words(std::string_view folded, Value& value, std::string_view& main) {
  std::size_t compact = 0;
  std::string_view first;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    const std::string_view word = folded.substr(at, end - at);
    if (first.empty()) first = word;
    if (compact + word.size() <= compared_bytes_max && value.words < name_words_max &&
        !is_particle(word)) {
      if (main.empty()) main = word;
      value.word[value.words] = short_hash(word);
      value.word_begin[value.words] = static_cast<std::uint8_t>(compact);
      value.word_length[value.words] = static_cast<std::uint8_t>(word.size());
      ++value.words;
    }
    compact += word.size();
    at = end + 1;
  }
  if (main.empty()) main = first;  // a name that is all particles: "le", "ben"
}

std::uint32_t three_letters(const char* at, std::size_t letters) {
  return static_cast<std::uint32_t>(read_bytes(at, letters) << 8 | 1);
}

Value value_of(std::string_view folded, std::string& letters, ValueParts& parts) {
  Value value;
  value.text = static_cast<std::uint32_t>(letters.size());
  for (const char c : folded)
    if (c != ' ' && letters.size() - value.text < compared_bytes_max) letters += c;
  const std::string_view compact = std::string_view(letters).substr(value.text);
  value.length = static_cast<std::uint8_t>(compact.size());
  if (compact.size() <= value_bytes_inside)
    std::copy(compact.begin(), compact.end(), value.inside.begin());
  value.letters = letters_of(compact);
  value.number = compact.find_first_not_of("0123456789") == std::string_view::npos;
  const std::size_t three = std::min<std::size_t>(compact.size(), 3);
  parts.start = three_letters(compact.data(), three);
  parts.end = three_letters(compact.data() + compact.size() - three, three);
  std::string_view main;
  add_words(folded, value, main);
  // A name with a digit in it is no word: it sounds like itself alone.
  if (compact.find_first_of("0123456789") != std::string_view::npos) {
    value.sound = parts.sound = parts.bones = short_hash(compact);
    return value;
  }
  const std::string sound = sound_of(compact);
  value.sound = short_hash(sound);
  const std::string first = main.size() == compact.size() ? sound : sound_of(main);
  parts.sound = short_hash(first);
  parts.bones = short_hash(bones_of(first));
  return value;
}

void normalise(Field field, std::string_view raw, std::string& out) {
  out.clear();
  if (raw.size() > kCellBytesMax) return;
  switch (field) {
    case Field::surname:
    case Field::given_name:
      return normalise_name(raw, out);
    case Field::email:
      return normalise_email(raw, out);
    case Field::place:
      return normalise_place(raw, out);
    default:
      fold_words(raw, out);
      if (means_missing(out)) out.clear();
  }
}

void fill(Piece& piece) {
  std::string folded;
  piece.values.reserve(piece.end - piece.begin);
  piece.parts.reserve(piece.end - piece.begin);
  piece.hashes.reserve(piece.end - piece.begin);
  for (std::size_t i = piece.begin; i < piece.end; ++i) {
    normalise(piece.column->field, piece.column->distinct[i], folded);
    ValueParts parts;
    piece.values.push_back(folded.empty() ? Value{} : value_of(folded, piece.letters, parts));
    piece.parts.push_back(parts);
    const Value& value = piece.values.back();
    piece.hashes.push_back(
        hash_text(std::string_view(piece.letters.data() + value.text, value.length)));
  }
}

Values merge(std::span<RawColumn* const> columns, std::span<Piece> pieces) {
  Values out;
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (const Piece& piece : pieces) {
    bytes += piece.letters.size();
    count += piece.values.size();
  }
  // The dictionary looks into `letters`, which must not move.
  out.letters.reserve(bytes);
  constexpr std::size_t kAhead = 12;
  out.of.reserve(count / 2);
  out.of.emplace_back();
  out.parts.reserve(count / 2);
  out.parts.emplace_back();
  Dictionary known;
  known.reserve(count);
  known.id_of("");
  auto piece = pieces.begin();
  for (RawColumn* column : columns) {
    column->id.reserve(column->distinct.size());
    for (; piece != pieces.end() && piece->column == column; ++piece) {
      for (std::size_t i = 0; i < piece->values.size(); ++i) {
        known.fetch(piece->hashes[std::min(i + kAhead, piece->hashes.size() - 1)]);
        Value& value = piece->values[i];
        const std::string_view text(piece->letters.data() + value.text, value.length);
        const std::size_t before = known.size();
        const std::size_t begin = out.letters.size();
        out.letters += text;
        const std::uint32_t id = known.id_of(
            std::string_view(out.letters.data() + begin, text.size()), piece->hashes[i]);
        column->id.push_back(id);
        if (known.size() == before) {
          out.letters.resize(begin);
          if (value.words <= out.of[id].words) continue;
          value.text = out.of[id].text;
          out.of[id] = value;
          out.parts[id] = piece->parts[i];
        } else {
          value.text = static_cast<std::uint32_t>(begin);
          out.of.push_back(value);
          out.parts.push_back(piece->parts[i]);
        }
      }
      piece->values = {};
      piece->parts = {};
      piece->hashes = {};
    }
  }
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

RawColumn number_cells(Field field, const std::vector<InputList>& lists,
                       const std::vector<const InputColumn*>& columns, std::size_t rows) {
  RawColumn out;
  out.field = field;
  out.distinct.id_of("");
  out.cell.reserve(rows);
  for (std::size_t l = 0; l < lists.size(); ++l) {
    const InputColumn* column = columns[l];
    if (column == nullptr) {
      out.cell.resize(out.cell.size() + lists[l].rows);
      continue;
    }
    const char* const text = lists[l].text.data();
    std::array<std::string_view, kCellsTogether> cells;
    for (std::size_t at = 0; at < column->cells.size(); at += cells.size()) {
      const std::size_t count = std::min(cells.size(), column->cells.size() - at);
      for (std::size_t i = 0; i < count; ++i) {
        const Slice slice = column->cells[at + i];
        cells[i] = trimmed(std::string_view(text + slice.start, slice.length));
      }
      const std::size_t before = out.cell.size();
      out.cell.resize(before + count);
      out.distinct.ids_of(std::span(cells).first(count), out.cell.data() + before);
    }
  }
  return out;
}

std::vector<Values> merge_values(const std::vector<std::vector<RawColumn*>>& groups,
                                 const ParallelFor& run) {
  std::vector<Piece> pieces;
  std::vector<std::size_t> begin{0};
  for (const auto& columns : groups) {
    for (const RawColumn* column : columns)
      for (std::size_t at = 0; at < column->distinct.size(); at += kPiece)
        pieces.push_back(
            {column, at, std::min(at + kPiece, column->distinct.size()), {}, {}, {}, {}});
    begin.push_back(pieces.size());
  }
  run(pieces.size(), [&](std::size_t i) { fill(pieces[i]); });
  std::vector<Values> out(groups.size());
  run(groups.size(), [&](std::size_t i) {
    out[i] = merge(groups[i], std::span(pieces).subspan(begin[i], begin[i + 1] - begin[i]));
  });
  return out;
}

}  // namespace filrouge::linkage
