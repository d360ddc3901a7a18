// Where a request truly comes from: who is believed about HTTPS and the client's address, whether
// it comes from our own pages, and the session's cookie.
// Only a proxy on loopback is believed (X-Forwarded-For: its last element, the one that our proxy
// wrote; X-Forwarded-Proto). A request straight from loopback counts as secure: browsers take
// Secure cookies there. Cross-site: a request that changes something and says Origin or
// Sec-Fetch-Site must name our own host (safety.md 2.4); programs that say neither are judged by
// their token alone.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.h"

namespace filrouge::http {

bool is_loopback(std::string_view address);
std::string client_address(const Request& request);
bool is_secure(const Request& request);
bool is_same_origin(const Request& request);

// Set only where is_secure(): "__Host-" binds it to this very host, over HTTPS (or loopback).
inline constexpr std::string_view kSessionCookie = "__Host-filrouge";
std::string session_cookie(std::string_view token);  // empty: takes it back
std::string cookie_token(std::string_view cookie_header);

// The token of "Device TOKEN", empty for any other scheme.
std::string device_token(std::string_view authorization);

}  // namespace filrouge::http
