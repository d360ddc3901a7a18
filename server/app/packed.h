// Numbers and texts packed one after another, as the pieces of a comparison keep them
// (comparison_data.h): numbers little-endian, of four or eight bytes; a text after its length.
//
//   PackedWriter out;                PackedReader in(bytes);
//   out.number(3), out.text("été");  in.number() == 3, in.text() == "été", !in.failed()
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace filrouge {

class PackedWriter {
 public:
  void number(std::uint32_t value) { bytes(value, 4); }
  void long_number(std::int64_t value) { bytes(static_cast<std::uint64_t>(value), 8); }
  void real(float value) { number(std::bit_cast<std::uint32_t>(value)); }
  void long_real(double value) { long_number(std::bit_cast<std::int64_t>(value)); }
  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    out_ += text;
  }
  std::string take() { return std::move(out_); }

 private:
  void bytes(std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) out_ += static_cast<char>(value >> (8 * i) & 255);
  }

  std::string out_;
};

// What is not there reads as zero or nothing, and `failed` says so from then on.
class PackedReader {
 public:
  explicit PackedReader(std::string_view bytes) : rest_(bytes) {}

  std::uint32_t number() { return static_cast<std::uint32_t>(bytes(4)); }
  std::int64_t long_number() { return static_cast<std::int64_t>(bytes(8)); }
  float real() { return std::bit_cast<float>(number()); }
  double long_real() { return std::bit_cast<double>(bytes(8)); }
  // So many bytes of what is read, as long as that lives.
  std::string_view letters(std::size_t count) {
    if (rest_.size() < count) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view found = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return found;
  }
  std::string_view text() { return letters(number()); }
  bool at_end() const { return rest_.empty(); }
  bool failed() const { return failed_; }

 private:
  std::uint64_t bytes(std::size_t count) {
    std::uint64_t value = 0;
    const std::string_view found = letters(count);
    for (std::size_t i = 0; i < found.size(); ++i)
      value |= std::uint64_t{static_cast<std::uint8_t>(found[i])} << (8 * i);
    return value;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace filrouge
