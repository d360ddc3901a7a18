#include "core/journal/envelope.h"

namespace filrouge {

namespace {

void append_bytes(std::string& out, const Bytes16& bytes) {
  out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void append_big_endian(std::string& out, std::uint64_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i) & 255);
}

}  // namespace

std::string associated_data(const Envelope& envelope) {
  std::string out = "fr1";
  append_bytes(out, envelope.id.bytes);
  append_bytes(out, envelope.subject.bytes);
  append_bytes(out, envelope.organisation.bytes);
  append_bytes(out, envelope.author.bytes);
  append_bytes(out, envelope.device.bytes);
  append_big_endian(out, static_cast<std::uint64_t>(envelope.device_sequence), 8);
  append_big_endian(out, static_cast<std::uint64_t>(envelope.hlc.ms), 8);
  append_big_endian(out, envelope.hlc.counter, 4);
  append_big_endian(out, static_cast<std::uint64_t>(envelope.received.ms), 8);
  append_bytes(out, envelope.key.bytes);
  return out;
}

}  // namespace filrouge
