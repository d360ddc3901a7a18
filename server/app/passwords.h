// What a password must be: limits::password_characters_min characters or more, not one that
// everybody tries (server/app/common_passwords.txt), not the login, not one character repeated.
// No rule on kinds of characters, no expiry (safety.md T11). One-time codes: four groups of four
// letters and digits that cannot be mistaken, 78 bits.
#pragma once

#include <string>
#include <string_view>

#include "server/app/app.h"

namespace filrouge {

// `invalid` on field "password": "too_short", "too_long", "common".
Status check_new_password(std::string_view password, std::string_view login);

std::string new_activation_code(App& app);
// As it is compared: capitals, no blank, no dash.
std::string folded_code(std::string_view code);

// One Argon2 at a time takes 64 MiB: both wait for a turn.
Result<std::string> hash_secret(App& app, std::string_view secret);
// Costs the same when `hashed` is empty.
Result<bool> check_secret(App& app, std::string_view hashed, std::string_view secret);

}  // namespace filrouge
