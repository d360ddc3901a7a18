#include "core/linkage/value_table.h"

#include <algorithm>
#include <array>
#include <bit>

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
  RawColumn* column = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string letters;
  std::vector<Value> values;
  std::vector<ValueParts> parts;      // of names; else none
  std::vector<std::uint64_t> hashes;  // of the letters
  std::string_view text(std::size_t i) const {
    return {letters.data() + values[i].text, values[i].length};
  }
};

bool is_name(Field field) { return field == Field::surname || field == Field::given_name; }
bool is_heard(Field field) { return is_name(field) || field == Field::place; }

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

Value value_of(std::string_view folded, std::string& letters, std::string_view& main) {
  Value value{};
  value.text = static_cast<std::uint32_t>(letters.size());
  for (const char c : folded)
    if (c != ' ' && letters.size() - value.text < compared_bytes_max) letters += c;
  const std::string_view compact = std::string_view(letters).substr(value.text);
  value.length = static_cast<std::uint8_t>(compact.size());
  if (compact.size() <= value_bytes_inside)
    std::copy(compact.begin(), compact.end(), value.inside.begin());
  value.letters = letters_of(compact);
  value.different = static_cast<std::uint8_t>(std::popcount(value.letters));
  value.number = compact.find_first_not_of("0123456789") == std::string_view::npos;
  add_words(folded, value, main);
  return value;
}

// Its sound, and what keys take from a name. `main`: its first word that is no particle.
ValueParts hear(Value& value, std::string_view compact, std::string_view main) {
  ValueParts parts{};
  const std::size_t three = std::min<std::size_t>(compact.size(), 3);
  parts.start = three_letters(compact.data(), three);
  parts.end = three_letters(compact.data() + compact.size() - three, three);
  // A name with a digit in it is no word: it sounds like itself alone.
  if (compact.find_first_of("0123456789") != std::string_view::npos) {
    value.sound = parts.sound = parts.bones = short_hash(compact);
    return parts;
  }
  const std::string sound = sound_of(compact);
  value.sound = short_hash(sound);
  const std::string first = main.size() == compact.size() ? sound : sound_of(main);
  parts.sound = short_hash(first);
  parts.bones = short_hash(bones_of(first));
  return parts;
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
  const Field field = piece.column->field;
  std::string folded;
  piece.values.reserve(piece.end - piece.begin);
  if (is_name(field)) piece.parts.reserve(piece.end - piece.begin);
  piece.hashes.reserve(piece.end - piece.begin);
  for (std::size_t i = piece.begin; i < piece.end; ++i) {
    normalise(field, piece.column->distinct[i], folded);
    Value value{};
    ValueParts parts{};
    std::string_view text = "";
    if (!folded.empty()) {
      std::string_view main;
      value = value_of(folded, piece.letters, main);
      text = std::string_view(piece.letters).substr(value.text);
      if (is_heard(field)) parts = hear(value, text, main);
    }
    piece.values.push_back(value);
    if (is_name(field)) piece.parts.push_back(parts);
    piece.hashes.push_back(hash_text(text));
  }
}

// Whose Value an id has: of several that are written alike the first one with the most words.
struct Holder {
  const Piece* piece = nullptr;
  std::uint32_t at = 0;    // in the piece
  std::uint32_t text = 0;  // Value::text, where its bytes are not inside
  const Value& value() const { return piece->values[at]; }
};

constexpr std::size_t kHalves = 2;

// The columns of one group. Their values are numbered in two halves, told apart by their hashes, so
// that two threads share the work: ids are odd in one and even in the other.
struct Group {
  std::span<Piece> pieces;
  std::array<std::vector<Holder>, kHalves> holders;
  std::array<std::size_t, kHalves> letters{};

  static std::size_t half_of(std::uint64_t hash) { return hash >> 63; }

  void number(std::size_t half) {
    constexpr std::size_t kAhead = 12;
    std::size_t count = 0;
    for (const Piece& piece : pieces) count += piece.values.size();
    Dictionary known;
    known.reserve(count / kHalves);
    std::vector<Holder> own;  // not in place: the other half lies beside it
    own.reserve(count / kHalves);
    std::size_t bytes = 0;
    for (Piece& piece : pieces)
      for (std::size_t i = 0; i < piece.values.size(); ++i) {
        known.fetch(piece.hashes[std::min(i + kAhead, piece.hashes.size() - 1)]);
        const std::uint64_t hash = piece.hashes[i];
        if (half_of(hash) != half) continue;
        std::uint32_t& id = piece.column->id[piece.begin + i];
        const Value& value = piece.values[i];
        if (value.length == 0) {
          id = 0;
          continue;
        }
        const std::uint32_t number = known.id_of(piece.text(i), hash);
        id = static_cast<std::uint32_t>(number * kHalves + half + 1);
        const auto at = static_cast<std::uint32_t>(i);
        if (number == own.size()) {
          own.push_back({&piece, at, static_cast<std::uint32_t>(bytes)});
          if (value.length > value_bytes_inside) bytes += value.length;
        } else if (own[number].value().words < value.words) {
          own[number] = {&piece, at, own[number].text};
        }
      }
    holders[half] = std::move(own);
    letters[half] = bytes;
  }

  std::size_t ids() const { return 1 + kHalves * std::max(holders[0].size(), holders[1].size()); }

  Values room() const {
    Values out;
    out.of.resize(ids());
    if (!pieces.empty() && is_name(pieces[0].column->field)) out.parts.resize(ids());
    out.letters.resize(letters[0] + letters[1]);
    return out;
  }

  void fill(std::size_t begin, std::size_t end, Values& out) const {
    for (std::size_t id = begin; id < end; ++id) {
      const std::size_t half = (id + 1) % kHalves;
      const std::size_t number = (id - 1) / kHalves;
      out.of[id] = Value{};
      if (!out.parts.empty()) out.parts[id] = ValueParts{};
      if (id == 0 || number >= holders[half].size()) continue;  // one half is larger
      constexpr std::size_t kAhead = 12;
      const std::vector<Holder>& own = holders[half];
      __builtin_prefetch(&own[std::min(number + kAhead, own.size() - 1)].value());
      const Holder& holder = own[number];
      Value& value = out.of[id] = holder.value();
      value.text = static_cast<std::uint32_t>(holder.text + half * letters[0]);
      if (value.length > value_bytes_inside) {
        const std::string_view text = holder.piece->text(holder.at);
        std::copy(text.begin(), text.end(), out.letters.begin() + value.text);
      }
      if (!out.parts.empty()) out.parts[id] = holder.piece->parts[holder.at];
    }
  }
};

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
    for (RawColumn* column : columns)
      for (std::size_t at = 0; at < column->distinct.size(); at += kPiece)
        pieces.push_back(
            {column, at, std::min(at + kPiece, column->distinct.size()), {}, {}, {}, {}});
    begin.push_back(pieces.size());
  }
  run(pieces.size(), [&](std::size_t i) { fill(pieces[i]); });
  std::vector<Group> merged(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    merged[i].pieces = std::span(pieces).subspan(begin[i], begin[i + 1] - begin[i]);
    for (RawColumn* column : groups[i]) column->id.resize(column->distinct.size());
  }
  run(groups.size() * kHalves, [&](std::size_t i) { merged[i / kHalves].number(i % kHalves); });
  std::vector<Values> out;
  for (const Group& group : merged) {
    Values& values = out.emplace_back(group.room());
    run((group.ids() + kPiece - 1) / kPiece, [&](std::size_t piece) {
      group.fill(piece * kPiece, std::min(group.ids(), (piece + 1) * kPiece), values);
    });
  }
  return out;
}

}  // namespace filrouge::linkage
