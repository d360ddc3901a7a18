#include "server/store/postgresql/address.h"

#include <algorithm>
#include <libpq-fe.h>
#include <memory>

#include "server/store/postgresql/libpq.h"

namespace filrouge::postgresql {

Result<Address> Address::parse(const std::string& text) {
  const Error wrong{Code::invalid, "database", "database_address",
                    "an address is expected, as postgresql://HOST/DATABASE"};
  if (!text.starts_with("postgresql://") && !text.starts_with("postgres://")) return wrong;
  if (!libpq_is_there())
    return Error{Code::unsupported, "database", "libpq_missing",
                 "libpq.so.5 is not installed (Debian: libpq5)"};
  // libpq's own words may hold the password.
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(text.c_str(), nullptr), &PQconninfoFree);
  if (options == nullptr) return wrong;
  Address address;
  for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one)
    if (one->val != nullptr) address.words_.emplace_back(one->keyword, one->val);
  if (address.value("dbname").empty()) return wrong;
  return address;
}

std::string_view Address::value(std::string_view name) const {
  const auto found = std::find_if(words_.begin(), words_.end(),
                                  [&](const auto& word) { return word.first == name; });
  return found == words_.end() ? std::string_view() : std::string_view(found->second);
}

Address Address::with(std::string_view name, std::string_view value) const {
  Address other = *this;
  std::erase_if(other.words_, [&](const auto& word) { return word.first == name; });
  other.words_.emplace_back(name, value);
  return other;
}

Address Address::with_default(std::string_view name, std::string_view value) const {
  return this->value(name).empty() ? with(name, value) : *this;
}

std::vector<const char*> Address::names() const {
  std::vector<const char*> list;
  for (const auto& [name, value] : words_) list.push_back(name.c_str());
  list.push_back(nullptr);
  return list;
}

std::vector<const char*> Address::values() const {
  std::vector<const char*> list;
  for (const auto& [name, value] : words_) list.push_back(value.c_str());
  list.push_back(nullptr);
  return list;
}

}  // namespace filrouge::postgresql
