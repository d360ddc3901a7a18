#include "core/linkage/encode.h"

#include <algorithm>
#include <bit>
#include <bitset>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "core/linkage/normalise.h"
#include "core/linkage/phonetic.h"
#include "core/linkage/value_table.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kWideBits = 2 * encoding_bits;
using Wide = std::array<std::uint64_t, kWideBits / 64>;
constexpr std::size_t kPositionsMax = 46;  // of one token
constexpr std::size_t kRowsPiece = 1 << 11;
constexpr std::size_t kCellBytesMax = 1 << 12;  // what is longer is no name: missing

// Bits that a field sets, shared out among its tokens, however many they are: a long name must not
// weigh more than a short one, and the number of bits must not tell how long it is.
constexpr std::size_t kGivenBits = 120;
constexpr std::size_t kSurnameBits = 130;
constexpr std::size_t kSoundBits = 20;
constexpr std::size_t kDateBits = 145;
constexpr std::size_t kPostcodeBits = 60;
constexpr std::size_t kPlaceBits = 24;
constexpr std::size_t kSexBits = 15;
constexpr std::size_t kPhoneBits = 44;
constexpr std::size_t kEmailBits = 44;

// Where a token sets its bits, the first ones first.
using Positions = std::array<std::uint16_t, kPositionsMax>;

// Numbers of at most 24 bits each, from a keyed hash and a counter.
class HashStream {
 public:
  static constexpr std::size_t kBits = 512;  // of a hash

  // `text` is borrowed, and gets a last letter that counts.
  HashStream(const KeyedHash& hash, std::string& text) : hash_(hash), text_(text) { text_ += '\0'; }
  std::uint32_t next(unsigned bits) {
    if (at_ + bits > kBits) refill();
    std::uint32_t four = 0;
    std::memcpy(&four, bytes_.data() + at_ / 8, sizeof four);
    const std::uint32_t out = four >> (at_ % 8) & ((1U << bits) - 1);
    at_ += bits;
    return out;
  }

 private:
  [[gnu::noinline]] void refill() {  // so that next() is a few instructions where it is used
    text_.back() = static_cast<char>(counter_++);
    const auto made = hash_(text_);
    std::memcpy(bytes_.data(), made.data(), made.size());
    at_ = 0;
  }
  const KeyedHash& hash_;
  std::string& text_;
  std::array<std::uint8_t, kBits / 8 + 4> bytes_{};  // the last number is read as four bytes
  std::size_t at_ = kBits;
  std::uint8_t counter_ = 0;
};
static_assert(std::endian::native == std::endian::little);

// `position` is below kWideBits: it comes from next(kPositionBits), and is not looked at again.
void set_bit(Wide& wide, std::size_t position) {
  wide.data()[position / 64] |= std::uint64_t{1} << (position % 64);
}
bool has_bit(const Wide& wide, std::size_t position) {
  return (wide.data()[position / 64] >> (position % 64) & 1) != 0;
}

// Sets `count` bits that `bits` does not have, and gives each of them to `use`.
template <class Use>
void set_token(Wide& bits, const KeyedHash& hash, std::string token, std::size_t count,
               const Use& use) {
  constexpr unsigned kPositionBits = std::bit_width(kWideBits - 1);
  static_assert(kPositionsMax * kPositionBits <= HashStream::kBits, "one hash a token");
  HashStream stream(hash, token);
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t position = stream.next(kPositionBits);
    while (has_bit(bits, position)) position = (position + 1) % kWideBits;
    set_bit(bits, position);
    use(i, position);
  }
}

Positions positions_of(const KeyedHash& hash, std::string token, std::size_t count) {
  Positions out;
  Wide taken{};
  set_token(taken, hash, std::move(token), count, [&](std::size_t i, std::size_t position) {
    out[i] = static_cast<std::uint16_t>(position);
  });
  return out;
}

// Tokens of the small alphabets, each worked out once before any row.
class TokenTable {
 public:
  static constexpr std::size_t kLetters = 37;  // blank, a-z, 0-9
  static constexpr std::size_t kPairs = kLetters * kLetters;
  static constexpr std::size_t kYears = 200;  // from 1900
  static constexpr std::size_t kDays = 100;   // two digits, whatever they are
  static constexpr std::size_t kMonthDays = 32;
  static constexpr std::size_t kPostcodePlaces = 8;

  TokenTable(const KeyedHash& hash, const ParallelFor& run) {
    std::vector<std::string> tokens;
    const auto begin = [&](std::size_t& at) { at = tokens.size(); };
    const auto number = [&](std::string_view kind, std::size_t n) {
      tokens.push_back(std::string(kind) + std::to_string(n));
    };
    begin(pairs_);
    for (std::size_t i = 0; i < kPairs; ++i) number("n|", i);
    begin(years_);
    for (std::size_t i = 0; i < kYears; ++i) number("y|", i);
    begin(months_);
    for (std::size_t i = 0; i < kDays; ++i) number("m|", i);
    begin(days_);
    for (std::size_t i = 0; i < kDays; ++i) number("d|", i);
    begin(both_);
    for (std::size_t i = 0; i < kMonthDays * kMonthDays; ++i)
      if (i / kMonthDays <= i % kMonthDays) number("b|", i);
    begin(digits_);
    for (std::size_t i = 0; i < 8 * 10; ++i) number("t|", i);
    begin(postcodes_);
    for (std::size_t i = 0; i < kPostcodePlaces * kLetters; ++i) number("p|", i);
    begin(sexes_);
    for (std::size_t i = 0; i < 4; ++i) number("s|", i);
    positions_.resize(tokens.size());
    constexpr std::size_t kPiece = 256;
    run((tokens.size() + kPiece - 1) / kPiece, [&](std::size_t piece) {
      for (std::size_t i = piece * kPiece; i < std::min(tokens.size(), (piece + 1) * kPiece); ++i)
        positions_[i] = positions_of(hash, std::move(tokens[i]), kPositionsMax);
    });
  }
  const Positions& pair(std::size_t n) const { return positions_[pairs_ + n]; }
  const Positions& year(std::size_t n) const { return positions_[years_ + n]; }
  const Positions& month(std::size_t n) const { return positions_[months_ + n]; }
  const Positions& day(std::size_t n) const { return positions_[days_ + n]; }
  const Positions& both(std::size_t a, std::size_t b) const {
    const auto [less, more] = std::minmax({a % kMonthDays, b % kMonthDays});
    return positions_[both_ + less * kMonthDays - less * (less + 1) / 2 + more];
  }
  const Positions& digit(std::size_t place, std::size_t n) const {
    return positions_[digits_ + place * 10 + n];
  }
  const Positions& postcode(std::size_t place, std::size_t letter) const {
    return positions_[postcodes_ + place * kLetters + letter];
  }
  const Positions& sex(std::size_t n) const { return positions_[sexes_ + n]; }

 private:
  std::vector<Positions> positions_;
  std::size_t pairs_ = 0, years_ = 0, months_ = 0, days_ = 0, both_ = 0, digits_ = 0,
              postcodes_ = 0, sexes_ = 0;
};

std::size_t letter_number(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::size_t>(c - 'a') + 1;
  if (c >= 'A' && c <= 'Z') return static_cast<std::size_t>(c - 'A') + 1;
  if (c >= '0' && c <= '9') return static_cast<std::size_t>(c - '0') + 27;
  return 0;
}

// A distinct cell: what its field sets, and the text that stands for it where flips are drawn.
struct CellBits {
  std::string text;  // normalised; empty for missing
  Wide bits{};
};

void add_positions(CellBits& cell, const Positions& positions, std::size_t count) {
  const std::uint16_t* const first = positions.data();
  for (const std::uint16_t* at = first; at != first + count; ++at) set_bit(cell.bits, *at);
}

// Words that are no particles, each with a blank before and behind, two letters at a time.
void add_name(CellBits& cell, const TokenTable& table, const KeyedHash& hash, std::size_t bits) {
  std::bitset<TokenTable::kPairs> known;
  std::vector<std::uint16_t> pairs;
  pairs.reserve(cell.text.size() + 4);
  std::string compact;
  const auto add_pair = [&](std::size_t before, std::size_t letter) {
    const std::size_t pair = before * TokenTable::kLetters + letter;
    if (known[pair]) return;
    known[pair] = true;
    pairs.push_back(static_cast<std::uint16_t>(pair));
  };
  const auto add_word = [&](std::string_view word) {
    std::size_t before = 0;
    for (const char c : word) {
      const std::size_t letter = letter_number(c);
      add_pair(before, letter);
      before = letter;
    }
    add_pair(before, 0);
    compact += word;
  };
  for (const bool particles : {false, true}) {
    if (!pairs.empty()) break;  // a name that is all particles: "le", "ben"
    for (std::size_t at = 0; at < cell.text.size();) {
      const std::size_t end = std::min(cell.text.find(' ', at), cell.text.size());
      const std::string_view word = std::string_view(cell.text).substr(at, end - at);
      if (is_particle(word) == particles) add_word(word);
      at = end + 1;
    }
  }
  const std::size_t each = std::min(kPositionsMax, (bits + pairs.size() / 2) / pairs.size());
  for (const std::size_t pair : pairs)
    add_positions(cell, table.pair(pair), std::max<std::size_t>(each, 2));
  add_positions(cell, positions_of(hash, "sound|" + sound_of(compact), kSoundBits), kSoundBits);
}

// Hardly two rows share one: not worth a dictionary.
bool is_own(Field field) { return field == Field::phone || field == Field::email; }

struct Column {
  Field field = Field::text;
  std::string_view text;         // of the list
  std::span<const Slice> given;  // by row
  RawColumn raw;                 // where cells can come again; else nothing
  std::vector<CellBits> cells;   // by distinct cell, where they do come again and again; else none
  ColumnReport report;

  std::string_view cell(std::size_t row) const {
    if (!is_own(field)) return raw.distinct[raw.cell[row]];
    return trimmed(text.substr(given[row].start, given[row].length));
  }
};

void add_date(CellBits& cell, const TokenTable& table, std::uint32_t packed) {
  const auto two = [&](unsigned shift) {
    return std::size_t{(packed >> (shift + 4) & 15) * 10 + (packed >> shift & 15)};
  };
  const std::size_t year = two(24) * 100 + two(16);
  const std::size_t month = two(8);
  const std::size_t day = two(0);
  constexpr std::size_t kEach = kDateBits / 10;
  add_positions(cell, table.year(year >= 1900 && year < 2100 ? year - 1900 : 0), 2 * kEach);
  if (month == 0) return;
  add_positions(cell, table.month(month), kEach);
  if (day == 0) return;
  add_positions(cell, table.day(day), kEach);
  add_positions(cell, table.both(month, day), 2 * kEach);
  for (std::size_t place = 3; place < 8; ++place)
    add_positions(cell, table.digit(place, packed >> (4 * (7 - place)) & 15), kEach);
}

void add_postcode(CellBits& cell, const TokenTable& table, std::uint64_t packed) {
  std::string letters;
  for (unsigned shift = 64; shift > 0;) {
    shift -= 8;
    const char c = static_cast<char>(packed >> shift & 0xFF);
    if (c != 0) letters += c;
  }
  const std::size_t each = std::min(kPositionsMax, kPostcodeBits / letters.size());
  for (std::size_t i = 0; i < letters.size(); ++i)
    add_positions(cell, table.postcode(i, letter_number(letters[i])), each);
}

void fill_cell(CellBits& cell, Field field, std::string_view raw, const TokenTable& table,
               const KeyedHash& hash) {
  if (raw.size() > kCellBytesMax) return;
  const auto whole = [&](std::string_view kind, std::size_t bits) {
    if (!cell.text.empty())
      set_token(cell.bits, hash, std::string(kind) + cell.text, bits, [](auto, auto) {});
  };
  switch (field) {
    case Field::surname:
    case Field::given_name:
      normalise_name(raw, cell.text);
      if (!cell.text.empty())
        add_name(cell, table, hash, field == Field::surname ? kSurnameBits : kGivenBits);
      return;
    case Field::date_of_birth: {
      const ReadDate date = read_date(raw);
      if (date.digits == date_missing) return;
      cell.text = std::to_string(date.digits);
      return add_date(cell, table, date.digits);
    }
    case Field::sex: {
      const Sex sex = parse_sex(raw);
      if (sex == Sex::missing) return;
      cell.text = std::to_string(static_cast<int>(sex));
      return add_positions(cell, table.sex(static_cast<std::size_t>(sex)), kSexBits);
    }
    case Field::postcode: {
      const std::uint64_t postcode = parse_postcode(raw);
      if (postcode == 0) return;
      cell.text = std::to_string(postcode);
      return add_postcode(cell, table, postcode);
    }
    case Field::place:
      normalise_place(raw, cell.text);
      return whole("place|", kPlaceBits);
    case Field::phone: {
      const std::uint64_t phone = parse_phone(raw);
      if (phone != 0) cell.text = std::to_string(phone);
      return whole("phone|", kPhoneBits);
    }
    case Field::email:
      normalise_email(raw, cell.text);
      return whole("email|", kEmailBits);
    case Field::address:
    case Field::text:
      return;
  }
}

bool comes_again(const Column& column) {
  constexpr double kAgain = 1.25;  // rows a distinct cell, on average
  if (is_own(column.field)) return false;
  return static_cast<double>(column.raw.distinct.size()) * kAgain <=
         static_cast<double>(column.raw.cell.size());
}

void fill_column(Column& column, const TokenTable& table, const KeyedHash& hash,
                 const ParallelFor& run) {
  if (!comes_again(column)) return;
  column.cells.resize(column.raw.distinct.size());
  constexpr std::size_t kPiece = 1 << 10;
  run((column.cells.size() + kPiece - 1) / kPiece, [&](std::size_t piece) {
    const std::size_t end = std::min(column.cells.size(), (piece + 1) * kPiece);
    for (std::size_t i = piece * kPiece; i < end; ++i)
      fill_cell(column.cells[i], column.field, column.raw.distinct[i], table, hash);
  });
}

bool may_be_unreadable(Field field) {
  return field == Field::date_of_birth || field == Field::sex || field == Field::phone ||
         field == Field::postcode;
}

// Flips each bit with half the share that is replaced: the distances between flips are drawn, each
// from ten bits of chance, so that one hash is enough for 51 of them.
class Flips {
 public:
  explicit Flips(double replaced) : any_(replaced > 0) {
    const double stays = std::log1p(-replaced / 2);
    for (std::size_t i = 0; any_ && i < distance_.size(); ++i) {
      const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(distance_.size());
      distance_[i] = static_cast<std::uint16_t>(std::log(share) / stays);
    }
  }
  bool any() const { return any_; }
  void flip(Encoding& row, HashStream& stream) const {
    const std::uint16_t* const distance = distance_.data();  // next(kBits) is within it
    for (std::size_t at = distance[stream.next(kBits)]; at < encoding_bits;
         at += 1 + distance[stream.next(kBits)])
      row.data()[at / 64] ^= std::uint64_t{1} << (at % 64);
  }

 private:
  static constexpr unsigned kBits = 10;
  std::array<std::uint16_t, std::size_t{1} << kBits> distance_{};
  bool any_;
};

Encoding folded(const Wide& wide, Hardening hardening) {
  Encoding out{};
  for (std::size_t w = 0; w < out.size(); ++w)
    out[w] = hardening == Hardening::none ? wide[w] | wide[w + out.size()]
                                          : wide[w] ^ wide[w + out.size()];
  return out;
}

// The rows of a list, piece by piece; what its cells set is known for columns that repeat.
class RowEncoder {
 public:
  RowEncoder(const std::vector<Column>& columns, const TokenTable& table,
             const EncodeOptions& options, const KeyedHash& hash, const Flips& flips)
      : columns_(columns),
        table_(table),
        hash_(hash),
        flips_(flips),
        hardening_(options.hardening),
        owner_("flips|" + options.owner),
        missing_(columns.size()),
        unreadable_(columns.size()) {}

  // What was nothing to encode so far, by column, and in how many rows in all of them.
  const std::vector<std::uint64_t>& missing() const { return missing_; }
  const std::vector<std::uint64_t>& unreadable() const { return unreadable_; }
  std::uint64_t empty_rows() const { return empty_rows_; }

  // Cells lie all over the memory: those of a row that comes soon are fetched meanwhile.
  void fetch(std::size_t row) const {
    constexpr std::size_t kLineBytes = 64;
    for (const Column& column : columns_) {
      if (column.cells.empty()) continue;
      const auto* at = reinterpret_cast<const char*>(&column.cells[column.raw.cell[row]]);
      for (std::size_t byte = 0; byte < sizeof(CellBits); byte += kLineBytes)
        __builtin_prefetch(at + byte);
    }
  }

  Encoding encode(std::size_t row) {
    Wide wide{};
    content_ = owner_;
    bool any = false;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const CellBits& cell = cell_of(columns_[c], row);
      any = any || !cell.text.empty();
      if (cell.text.empty()) count_nothing(c, row);
      content_ += '\0';
      content_ += cell.text;
      for (std::size_t w = 0; w < wide.size(); ++w) wide[w] |= cell.bits[w];
    }
    empty_rows_ += !any;
    Encoding out = folded(wide, hardening_);
    if (!flips_.any()) return out;
    HashStream stream(hash_, content_);
    flips_.flip(out, stream);
    return out;
  }

 private:
  const CellBits& cell_of(const Column& column, std::size_t row) {
    if (!column.cells.empty()) return column.cells[column.raw.cell[row]];
    once_.text.clear();
    once_.bits.fill(0);
    fill_cell(once_, column.field, column.cell(row), table_, hash_);
    return once_;
  }
  void count_nothing(std::size_t c, std::size_t row) {
    const bool said = !columns_[c].cell(row).empty();
    ++(said && may_be_unreadable(columns_[c].field) ? unreadable_ : missing_)[c];
  }

  const std::vector<Column>& columns_;
  const TokenTable& table_;
  const KeyedHash& hash_;
  const Flips& flips_;
  Hardening hardening_;
  std::string owner_;
  std::string content_;
  CellBits once_;

  std::vector<std::uint64_t> missing_;
  std::vector<std::uint64_t> unreadable_;
  std::uint64_t empty_rows_ = 0;
};

}  // namespace

double replaced_bits(Hardening hardening) {
  constexpr double kShares[] = {0, 0, 0.05, 0.10};
  return kShares[static_cast<std::size_t>(hardening)];
}

bool is_encoded(Field field) { return field != Field::address && field != Field::text; }

Result<EncodedList> encode_list(const InputList& list, const EncodeOptions& options,
                                const KeyedHash& hash, const ParallelFor& run) {
  if (list.rows == 0) return Error{Code::invalid, "lists", "empty", "a list has no row"};
  const TokenTable table(hash, run);
  std::vector<Column> columns;
  for (const InputColumn& given : list.columns) {
    if (!is_encoded(given.field)) continue;
    Column column;
    column.field = column.report.field = given.field;
    column.text = list.text;
    column.given = given.cells;
    if (!is_own(given.field)) column.raw = number_cells(given.field, {list}, {&given}, list.rows);
    columns.push_back(std::move(column));
  }
  if (columns.empty())
    return Error{Code::invalid, "columns", "no_column", "nothing that can be encoded"};
  // The same columns give the same bits in any order of the file.
  std::sort(columns.begin(), columns.end(),
            [](const Column& a, const Column& b) { return a.field < b.field; });
  for (Column& column : columns) fill_column(column, table, hash, run);
  EncodedList out;
  out.rows.resize(list.rows);
  const Flips flips(replaced_bits(options.hardening));
  const std::size_t pieces = (list.rows + kRowsPiece - 1) / kRowsPiece;
  std::vector<std::optional<RowEncoder>> encoders(pieces);
  run(pieces, [&](std::size_t piece) {
    RowEncoder& encoder = encoders[piece].emplace(columns, table, options, hash, flips);
    const std::size_t end = std::min(list.rows, (piece + 1) * kRowsPiece);
    for (std::size_t i = piece * kRowsPiece; i < end; ++i) {
      constexpr std::size_t kAhead = 4;
      if (i + kAhead < end) encoder.fetch(i + kAhead);
      out.rows[i] = encoder.encode(i);
    }
  });
  for (const auto& encoder : encoders) {
    out.empty_rows += encoder->empty_rows();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      columns[c].report.missing += encoder->missing()[c];
      columns[c].report.unreadable += encoder->unreadable()[c];
    }
  }
  for (Column& column : columns) out.columns.push_back(column.report);
  return out;
}

std::uint32_t count_bits(const Encoding& row) { return shared_bits(row, row); }

std::uint32_t shared_bits(const Encoding& a, const Encoding& b) {
  int sum = 0;
  for (std::size_t w = 0; w < a.size(); ++w) sum += std::popcount(a[w] & b[w]);
  return static_cast<std::uint32_t>(sum);
}

}  // namespace filrouge::linkage
