#include "server/store/postgresql/parameters.h"

#include <utility>

namespace filrouge::postgresql {

namespace {

template <class Number>
void put_big_endian(std::string& out, Number number) {
  for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(number >> shift);
}

}  // namespace

void Parameters::put(std::string& out, std::int64_t value) {
  put_big_endian(out, static_cast<std::uint64_t>(value));
}

void Parameters::put_length(std::string& out, std::int32_t length) {
  put_big_endian(out, static_cast<std::uint32_t>(length));
}

// One dimension, counted from 1; whether there are NULLs is not looked at by the server.
std::string Parameters::array_head(std::size_t size, Oid element) {
  std::string head;
  put_length(head, size == 0 ? 0 : 1);
  put_length(head, 1);
  put_big_endian(head, std::uint32_t{element});
  if (size == 0) return head;
  put_length(head, static_cast<std::int32_t>(size));
  put_length(head, 1);
  return head;
}

void Parameters::push(Oid type, std::optional<std::string> value) {
  types_.push_back(type);
  values_.push_back(std::move(value));
}

std::vector<const char*> Parameters::values() const {
  std::vector<const char*> list;
  list.reserve(values_.size());
  for (const auto& value : values_) list.push_back(value ? value->data() : nullptr);
  return list;
}

std::vector<int> Parameters::lengths() const {
  std::vector<int> list;
  list.reserve(values_.size());
  for (const auto& value : values_) list.push_back(value ? static_cast<int>(value->size()) : 0);
  return list;
}

}  // namespace filrouge::postgresql
