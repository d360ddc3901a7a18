#include "server/crypto/recovery.h"

#include <algorithm>
#include <array>
#include <optional>

namespace filrouge {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kTagBytes = 4;
constexpr std::size_t kHalfBytes = 1 + 1 + kTagBytes + sizeof(Bytes32) + kTagBytes;
constexpr std::size_t kHalfCharacters = (kHalfBytes * 8 + 4) / 5;
constexpr std::size_t kGroupCharacters = 4;

using Tag = std::array<std::uint8_t, kTagBytes>;

struct Half {
  std::uint8_t number = 0;  // 1 or 2
  Tag key_tag{};
  Bytes32 share{};
};

std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// 32 bits of a hash over 256 random bits: enough to recognise, nothing to search with.
Tag tag_of(std::string_view purpose, std::string_view bytes, Crypto& crypto) {
  std::string text(purpose);
  text += bytes;
  const Bytes32 hash = crypto.hash(text);
  Tag tag{};
  std::copy_n(hash.begin(), tag.size(), tag.begin());
  return tag;
}

std::string to_groups(std::string_view bytes) {
  std::string text;
  unsigned held = 0;
  unsigned bits = 0;
  std::size_t written = 0;
  const auto put = [&](unsigned value) {
    if (written != 0 && written % kGroupCharacters == 0) text += '-';
    text += kAlphabet[value & 31U];
    ++written;
  };
  for (const char c : bytes) {
    held = (held << 8U) | static_cast<std::uint8_t>(c);
    for (bits += 8; bits >= 5; bits -= 5) put(held >> (bits - 5));
  }
  if (bits > 0) put(held << (5 - bits));
  return text;
}

std::optional<unsigned> digit_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = kAlphabet.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

Result<std::string> from_groups(std::string_view text) {
  std::string bytes;
  unsigned held = 0;
  unsigned bits = 0;
  std::size_t read = 0;
  for (const char c : text) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const auto digit = digit_of(c);
    if (!digit) return Error{Code::malformed, "half", "half_text", "a sign that no half has"};
    ++read;
    held = ((held << 5U) | *digit) & 0xFFFFU;
    bits += 5;
    if (bits >= 8) {
      bytes += static_cast<char>((held >> (bits - 8)) & 0xFFU);
      bits -= 8;
    }
  }
  if (read != kHalfCharacters)
    return Error{Code::malformed, "half", "half_text", "68 letters and digits expected"};
  // The last sign carries one bit; the other four are nought or a slip.
  if ((held & ((1U << bits) - 1)) != 0)
    return Error{Code::malformed, "half", "half_checksum", "a letter or digit is wrong"};
  return bytes;
}

std::string write_half(const Half& half, Crypto& crypto) {
  std::string bytes;
  bytes += static_cast<char>(kVersion);
  bytes += static_cast<char>(half.number);
  bytes += text_of(half.key_tag.data(), half.key_tag.size());
  bytes += text_of(half.share.data(), half.share.size());
  const Tag check = tag_of("filrouge half", bytes, crypto);
  bytes += text_of(check.data(), check.size());
  return to_groups(bytes);
}

Result<Half> read_half(std::string_view text, Crypto& crypto) {
  FILROUGE_TRY(bytes, from_groups(text));
  verify(bytes.size() == kHalfBytes);
  const std::string_view content = std::string_view(bytes).substr(0, kHalfBytes - kTagBytes);
  const Tag check = tag_of("filrouge half", content, crypto);
  if (std::string_view(bytes).substr(content.size()) != text_of(check.data(), check.size()))
    return Error{Code::malformed, "half", "half_checksum", "a letter or digit is wrong"};
  Half half;
  half.number = static_cast<std::uint8_t>(content[1]);
  if (content[0] != static_cast<char>(kVersion) || half.number < 1 || half.number > 2)
    return Error{Code::malformed, "half", "half_text", "made by another version"};
  std::copy_n(content.begin() + 2, half.key_tag.size(), half.key_tag.begin());
  std::copy_n(content.begin() + 2 + kTagBytes, half.share.size(), half.share.begin());
  return half;
}

}  // namespace

RecoveryHalves split_master_key(const Bytes32& master, Random& random, Crypto& crypto) {
  const Tag key_tag = tag_of("filrouge key", text_of(master.data(), master.size()), crypto);
  Half first{1, key_tag, {}};
  Half second{2, key_tag, {}};
  random.fill(first.share);
  for (std::size_t i = 0; i < master.size(); ++i)
    second.share[i] = static_cast<std::uint8_t>(master[i] ^ first.share[i]);
  return {write_half(first, crypto), write_half(second, crypto)};
}

Result<Bytes32> join_master_key(std::string_view one, std::string_view other, Crypto& crypto) {
  FILROUGE_TRY(first, read_half(one, crypto));
  FILROUGE_TRY(second, read_half(other, crypto));
  if (first.number == second.number)
    return Error{Code::invalid, "half", "same_half", "the same half was given twice"};
  Bytes32 master{};
  for (std::size_t i = 0; i < master.size(); ++i)
    master[i] = static_cast<std::uint8_t>(first.share[i] ^ second.share[i]);
  const Tag key_tag = tag_of("filrouge key", text_of(master.data(), master.size()), crypto);
  if (key_tag != first.key_tag || key_tag != second.key_tag)
    return Error{Code::invalid, "half", "other_key", "these halves belong to two different keys"};
  return master;
}

}  // namespace filrouge
