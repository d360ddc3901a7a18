// Where a database is: a libpq URL taken apart, so that another database of the same servers can be
// named and defaults be given. It may hold a password: never shown, never logged.
//
//   FILROUGE_TRY(address, Address::parse("postgresql:///filrouge?host=db1,db2"));
//   address.with_database(address.database() + "_keys");
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace filrouge::postgresql {

class Address {
 public:
  // `invalid` "database_address" when libpq cannot read it or it names no database, `unsupported`
  // "libpq_missing" when it is not installed.
  static Result<Address> parse(const std::string& text);

  // Empty when it is not given.
  std::string_view value(std::string_view name) const;
  std::string database() const { return std::string(value("dbname")); }
  Address with(std::string_view name, std::string_view value) const;
  Address with_default(std::string_view name, std::string_view value) const;
  Address with_database(std::string_view name) const { return with("dbname", name); }
  // What libpq takes: names and values, each ended by a null pointer; valid as long as this.
  std::vector<const char*> names() const;
  std::vector<const char*> values() const;

 private:
  std::vector<std::pair<std::string, std::string>> words_;
};

}  // namespace filrouge::postgresql
