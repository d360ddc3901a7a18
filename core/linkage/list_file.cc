#include "core/linkage/list_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "core/base/text.h"

namespace filrouge::linkage {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_ascii(std::string_view text) {
  std::uint64_t all = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    all |= word;
  }
  for (; at < text.size(); ++at) all |= static_cast<unsigned char>(text[at]) & 0x80U;
  return (all & 0x8080808080808080ULL) == 0;
}

// Windows-1252, which is what is called Latin-1: the letters of 0x80-0x9F that names have.
void add_latin1(std::string& out, unsigned char byte) {
  std::uint32_t letter = byte;
  if (byte == 0x8C) letter = 0x152;
  if (byte == 0x9C) letter = 0x153;
  if (byte == 0x8A) letter = 0x160;
  if (byte == 0x9A) letter = 0x161;
  if (byte == 0x8E) letter = 0x17D;
  if (byte == 0x9E) letter = 0x17E;
  if (byte == 0x9F) letter = 0x178;
  if (byte == 0x92 || byte == 0x91) letter = '\'';
  if (letter < 0x80) {
    out += static_cast<char>(letter);
  } else {
    out += static_cast<char>(0xC0 | letter >> 6);
    out += static_cast<char>(0x80 | (letter & 0x3F));
  }
}

// Line by line, for lists are pasted together from several sources.
std::string made_utf8(std::string_view text, std::uint64_t& lines) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (is_utf8(line)) {
      out += line;
    } else {
      ++lines;
      for (const char c : line) add_latin1(out, static_cast<unsigned char>(c));
    }
    if (line.size() < text.size()) out += '\n';
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return out;
}

char most_frequent_separator(std::string_view line) {
  constexpr std::string_view kCandidates = ",;\t";
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const std::size_t which = kCandidates.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  return kCandidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                              counts.begin())];
}

constexpr std::uint64_t repeated(char c) {
  return 0x0101010101010101ULL * static_cast<unsigned char>(c);
}

// The high bit of every byte that is zero, and perhaps of those above it.
std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - 0x0101010101010101ULL) & ~word & 0x8080808080808080ULL;
}

// Where the first separator or line end at or after `at` stands; `end` when none does.
std::size_t find_end(const char* text, std::size_t at, std::size_t end, char separator) {
  const std::uint64_t separators = repeated(separator);
  const std::uint64_t lines = repeated('\n');
  for (; at + 8 <= end; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text + at, 8);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    const std::uint64_t found = zero_bytes(word ^ separators) | zero_bytes(word ^ lines);
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  while (at < end && text[at] != separator && text[at] != '\n') ++at;
  return at;
}

// Reads one row after the other from the text of a list, unquoting in place.
class RowReader {
 public:
  explicit RowReader(ListFile& list, std::size_t begin)
      : list_(list), text_(list.text.data()), end_(list.text.size()), at_(begin) {}

  bool done() const { return at_ >= end_; }
  std::size_t at() const { return at_; }

  // Calls use(column, cell) for each cell, up to the end of the line. False for a line of nothing.
  template <class Use>
  bool row(const Use& use) {
    begin_ = at_;
    broken_ = false;
    std::size_t column = 0;
    for (;; ++column) {
      while (at_ < end_ && text_[at_] == ' ') ++at_;
      Slice cell;
      if (at_ < end_ && text_[at_] == '"' && quoted(cell)) {
        // what stands between the closing quote and the separator is passed over
        at_ = find_end(text_, at_, end_, list_.separator);
      } else {
        const std::size_t from = at_;
        at_ = find_end(text_, at_, end_, list_.separator);
        cell = {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(at_ - from)};
      }
      const bool last = at_ >= end_ || text_[at_] == '\n';
      if (last) trim_end(cell);
      if (last && column == 0 && cell.length == 0) {
        ++at_;
        return false;
      }
      use(column, cell);
      ++at_;
      if (last) break;
    }
    cells_ = column + 1;
    return true;
  }
  std::size_t cells() const { return cells_; }
  bool broken() const { return broken_ || at_ - begin_ > list_row_bytes_max; }

 private:
  void trim_end(Slice& cell) const {
    while (cell.length > 0 && (text_[cell.start + cell.length - 1] == '\r' ||
                               text_[cell.start + cell.length - 1] == ' '))
      --cell.length;
  }

  // A quoted cell: the text between the quotes, doubled quotes made one. False, with nothing taken,
  // where it does not close within the size of a row: the quote is then a letter like others.
  bool quoted(Slice& cell) {
    const std::size_t limit = std::min(end_, at_ + list_row_bytes_max);
    std::size_t close = at_ + 1;
    bool doubled = false;
    for (; close < limit; ++close) {
      if (text_[close] != '"') continue;
      if (close + 1 >= limit || text_[close + 1] != '"') break;
      doubled = true;
      ++close;
    }
    if (close >= limit) {
      broken_ = true;
      return false;
    }
    std::size_t length = close - at_ - 1;
    cell.start = static_cast<std::uint32_t>(at_ + 1);
    if (doubled) {
      char* const from = text_ + at_ + 1;
      std::size_t out = 0;
      for (std::size_t i = 0; i < length; ++i) {
        from[out++] = from[i];
        i += from[i] == '"';
      }
      std::fill(from + out, from + length, ' ');  // no line end is counted twice
      length = out;
    }
    cell.length = static_cast<std::uint32_t>(length);
    at_ = close + 1;
    return true;
  }

  ListFile& list_;
  char* text_ = nullptr;
  std::size_t end_ = 0;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::size_t cells_ = 0;
  bool broken_ = false;
};

// The numbers of lines at ascending places.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::int64_t line_at(std::size_t place) {
    line_ += std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                        text_.begin() + static_cast<std::ptrdiff_t>(place), '\n');
    at_ = place;
    return line_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

}  // namespace

Result<ListFile> open_list(std::string bytes) {
  if (bytes.size() > list_bytes_max)
    return Error{Code::too_large, "", "too_large", "more than 3 GB"};
  const std::string_view head_bytes = bytes;
  for (const std::string_view other : {"\xFF\xFE", "\xFE\xFF", "PK\x03\x04"})
    if (head_bytes.starts_with(other))
      return Error{Code::unsupported, "", "not_csv", "UTF-16, or a workbook"};
  ListFile list;
  if (is_ascii(bytes) || is_utf8(bytes)) {
    list.text = std::move(bytes);
  } else {
    list.text = made_utf8(bytes, list.latin1_lines);
    bytes = {};
    if (list.text.size() > list_bytes_max)
      return Error{Code::too_large, "", "too_large", "more than 3 GB"};
  }
  if (list.text.starts_with(kByteOrderMark)) list.text.replace(0, 3, "   ");
  const std::size_t first = list.text.find_first_not_of(" \r\n\t");
  if (first == std::string::npos) return Error{Code::invalid, "", "empty", "nothing in the file"};
  const std::string_view head = std::string_view(list.text).substr(first);
  list.separator = most_frequent_separator(head.substr(0, head.find('\n')));
  RowReader reader(list, first);
  reader.row([&](std::size_t, Slice cell) {
    if (list.titles.size() < list_columns_max)
      list.titles.emplace_back(list.text, cell.start, cell.length);
  });
  list.columns.resize(list.titles.size());
  return list;
}

std::vector<MappedColumn> columns_by_title(const std::vector<std::string>& titles) {
  std::vector<MappedColumn> mapped;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const auto field = field_of_title(titles[i]);
    const bool taken = std::any_of(mapped.begin(), mapped.end(), [&](const MappedColumn& one) {
      return one.field == field && field != Field::text;
    });
    if (field && !taken) mapped.push_back({*field, i});
  }
  return mapped;
}

void read_rows(ListFile& list, const std::vector<bool>& wanted, std::vector<ListLine>* lines) {
  const std::size_t columns = list.titles.size();
  RowReader reader(list, list.text.find_first_not_of(" \r\n\t"));
  reader.row([](std::size_t, Slice) {});
  std::vector<std::vector<Slice>*> into(columns, nullptr);
  for (std::size_t i = 0; i < columns; ++i)
    if (wanted[i]) into[i] = &list.columns[i];
  // As many rows as the mean length of the first ones promises.
  constexpr std::size_t kFirst = 256;
  const std::size_t head = reader.at();
  const auto reserve = [&] {
    const std::size_t mean = std::max(sizeof(Slice), (reader.at() - head) / list.rows);
    const std::size_t expected = (list.text.size() - head) / mean;
    for (std::vector<Slice>* column : into)
      if (column != nullptr) column->reserve(expected + expected / 16);
  };
  LineCounter counter(list.text);
  while (!reader.done()) {
    const std::size_t begin = reader.at();
    const bool something = reader.row([&](std::size_t column, Slice cell) {
      if (column < columns && into[column] != nullptr) into[column]->push_back(cell);
    });
    if (!something) continue;
    if (++list.rows == kFirst) reserve();
    list.short_rows += reader.cells() < columns;
    list.long_rows += reader.cells() > columns;
    const bool broken = reader.broken();
    list.broken_rows += broken;
    if (lines != nullptr) {
      const LineFault fault = broken                     ? LineFault::broken
                              : reader.cells() < columns ? LineFault::too_few_cells
                              : reader.cells() > columns ? LineFault::too_many_cells
                                                         : LineFault::none;
      lines->push_back({counter.line_at(begin), fault});
    }
    for (std::vector<Slice>* column : into) {
      if (column == nullptr) continue;
      column->resize(list.rows);
      if (broken) column->back() = {};
    }
  }
}

}  // namespace filrouge::linkage
