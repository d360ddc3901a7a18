#include "server/interop/csv_reader.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace filrouge {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The separator that stands most often outside quotes; a comma when none does.
char most_frequent_separator(std::string_view line) {
  constexpr std::string_view kCandidates = ",;\t";
  std::size_t counts[3] = {};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const std::size_t which = kCandidates.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  return kCandidates[static_cast<std::size_t>(std::max_element(counts, counts + 3) - counts)];
}

}  // namespace

CsvReader::CsvReader(OnRow on_row, char separator)
    : on_row_(std::move(on_row)), separator_(separator) {
  row_.line = 1;
}

void CsvReader::feed(std::string_view chunk) {
  if (started_) {
    for (const char c : chunk) take(c);
    return;
  }
  head_ += chunk;
  if (head_.find('\n') != std::string::npos || head_.size() > csv_row_bytes_max) choose_separator();
}

void CsvReader::finish() {
  if (!started_) choose_separator();
  if (at_ == At::quoted) fail("quote", "a quote is opened and never closed");
  end_row();
}

void CsvReader::choose_separator() {
  started_ = true;
  std::string_view text = head_;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (separator_ == 0) separator_ = most_frequent_separator(text.substr(0, text.find('\n')));
  const std::string held(text);
  head_.clear();
  for (const char c : held) take(c);
}

void CsvReader::take(char c) {
  if (c == '\n') ++line_;
  if (at_ == At::skipping) {
    if (c == '\n') end_row();
    return;
  }
  if (++row_bytes_ > csv_row_bytes_max) {
    fail("too_long", "a row has at most 65536 bytes");
    if (c == '\n') end_row();
    return;
  }
  if (at_ == At::quoted) return take_quoted(c);
  if (c == '\n') return end_row();
  any_byte_ = any_byte_ || c != '\r';
  if (c == separator_) return end_field();
  if (at_ == At::field_start) return take_field_start(c);
  if (at_ == At::quote_seen) {
    if (c == '"') {
      field_ += '"';
      at_ = At::quoted;
    } else if (c != '\r') {
      fail("quote", "text after a closing quote");
    }
    return;
  }
  if (c == '"') return fail("quote", "a quote in the middle of a field");
  field_ += c;
}

void CsvReader::take_field_start(char c) {
  if (c == '"') {
    at_ = At::quoted;
    return;
  }
  field_ += c;
  at_ = At::plain;
}

void CsvReader::take_quoted(char c) {
  if (c == '"') {
    at_ = At::quote_seen;
  } else {
    field_ += c;
  }
}

void CsvReader::end_field() {
  if (row_.fields.size() >= csv_fields_max) return fail("too_many", "a row has at most 256 fields");
  row_.fields.push_back(std::move(field_));
  field_.clear();
  at_ = At::field_start;
}

void CsvReader::end_row() {
  // The carriage return of CRLF belongs to no field, unless it was quoted.
  if (at_ == At::plain && field_.ends_with('\r')) field_.pop_back();
  const bool something = any_byte_ || row_.error;
  if (something && !row_.error) end_field();
  if (something && !row_.error) {
    for (const std::string& field : row_.fields)
      if (!is_utf8(field)) fail("utf8", "the text is not UTF-8");
  }
  if (row_.error) row_.fields.clear();
  if (something) on_row_(std::move(row_));
  row_ = CsvRow{};
  row_.line = line_;
  field_.clear();
  row_bytes_ = 0;
  any_byte_ = false;
  at_ = At::field_start;
}

// What is left of the line is passed over; a row keeps its first reason.
void CsvReader::fail(std::string_view rule, std::string_view detail) {
  if (!row_.error)
    row_.error = Error{Code::malformed, "line " + std::to_string(row_.line), std::string(rule),
                       std::string(detail)};
  at_ = At::skipping;
}

}  // namespace filrouge
