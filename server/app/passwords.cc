#include "server/app/passwords.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "server/app/search_tokens.h"
#include "server/app/throttle.h"
#include "server/ports/embedded.h"

namespace filrouge {

namespace {

constexpr std::size_t password_characters_max = 256;
constexpr std::string_view code_letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
constexpr std::size_t code_groups = 4;
constexpr std::size_t code_group_letters = 4;

// What an account without a password is compared with, so that it takes the same time: a hash of
// 64 MiB and 3 passes that nothing opens.
constexpr std::string_view nobody_hash =
    "$argon2id$v=19$m=65536,t=3,p=1$ZmlsIHJvdWdlIG5vYm9keQ$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

Error refused_password(std::string_view rule, std::string_view detail) {
  return {Code::invalid, "password", std::string(rule), std::string(detail)};
}

bool is_common(std::string_view folded) {
  std::string_view list = server_file("server/app/common_passwords.txt");
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\n'), list.size());
    if (list.substr(0, end) == folded) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

}  // namespace

Status check_new_password(std::string_view password, std::string_view login) {
  if (!is_utf8(password)) return refused_password("utf8", "not valid text");
  const std::size_t characters = count_characters(password);
  if (characters < limits::password_characters_min)
    return refused_password("too_short", "twelve characters or more");
  if (characters > password_characters_max) return refused_password("too_long", "256 at most");
  const std::string folded = folded_login(password);
  const bool repeats =
      std::all_of(folded.begin(), folded.end(), [&](char c) { return c == folded.front(); });
  const std::string name = folded_login(login);
  const bool is_name = !name.empty() && folded.find(name) != std::string::npos &&
                       folded.size() < name.size() + limits::password_characters_min / 2;
  if (repeats || is_name || is_common(folded))
    return refused_password("common", "too easy to guess");
  return Done{};
}

std::string new_activation_code(App& app) {
  std::string code;
  // Bytes over the last whole multiple are drawn again: every letter is as likely.
  constexpr std::size_t fair = 256 - 256 % code_letters.size();
  while (code.size() < code_groups * (code_group_letters + 1) - 1) {
    if (code.size() % (code_group_letters + 1) == code_group_letters) {
      code += '-';
      continue;
    }
    std::array<std::uint8_t, 1> byte{};
    app.random.fill(byte);
    if (byte[0] < fair) code += code_letters[byte[0] % code_letters.size()];
  }
  return code;
}

std::string folded_code(std::string_view code) {
  std::string folded;
  for (const char c : code) {
    if (c == ' ' || c == '-') continue;
    folded += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return folded;
}

Result<std::string> hash_secret(App& app, std::string_view secret) {
  FILROUGE_TRY(turn, app.throttle->take_turn());
  (void)turn;
  return app.crypto.hash_password(secret);
}

Result<bool> check_secret(App& app, std::string_view hashed, std::string_view secret) {
  FILROUGE_TRY(turn, app.throttle->take_turn());
  (void)turn;
  const bool known = !hashed.empty();
  const bool right = app.crypto.check_password(known ? hashed : nobody_hash, secret);
  return known && right;
}

}  // namespace filrouge
