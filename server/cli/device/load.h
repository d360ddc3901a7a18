// `filrouge device load`: several phones of one account that send contacts as fast as the node
// takes them. Signing in, enrolling the phones, making 200 aliases and sealing every note happen
// before the clock starts, as on phones that come back to the network with a full outbox.
//
//   auto result = run_load({.address = *parse_url(url), .login = l, .password = p});
#pragma once

#include <string>

#include <boost/describe/class.hpp>

#include "server/cli/device/http_client.h"

namespace filrouge {

struct LoadOptions {
  HttpAddress address;
  std::string login;
  std::string password;
  std::int64_t clients = 8;
  std::int64_t contacts = 5'000;  // of all clients together
  std::int64_t batch = 1;         // contacts in one request
  std::int64_t patience_seconds = 30;
  std::string acked = "acknowledged.txt";
};

inline constexpr std::int64_t load_aliases = 200;

// Times from send to durable answer, one for each contact, in milliseconds with three decimals.
struct LoadResult {
  std::int64_t contacts = 0;
  std::int64_t clients = 0;
  std::int64_t batch = 0;
  std::int64_t acknowledged = 0;  // accepted only
  std::int64_t duplicates = 0;    // known already: an answer that was lost
  std::int64_t quarantined = 0;
  std::int64_t failed = 0;  // never answered
  std::int64_t wall_microseconds = 0;
  std::int64_t p50_microseconds = 0;
  std::int64_t p99_microseconds = 0;
  std::string stopped;  // why a client gave up
};

Result<LoadResult> run_load(const LoadOptions& options);

// "3.214" of 3214 µs.
std::string milliseconds_text(std::int64_t microseconds);
// Thousandths: "2480.125" a second.
std::string per_second_text(std::int64_t count, std::int64_t microseconds);

}  // namespace filrouge
