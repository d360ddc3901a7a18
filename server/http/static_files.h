// The web app from its folder (build/web), interface.md section 6: the .br or .gz beside a file by
// Accept-Encoding; /assets/* immutable for a year, all else no-cache with an ETag; index.html for
// a navigation only (GET, Accept: text/html, last part without a dot, not under /api), or NAME.html
// for /NAME where there is one, a page that stands alone; a missing asset is 404, never index.html,
// which would poison the phone's cache.
// Files are opened at each request and sent in pieces: nothing stays in memory, and a folder
// swapped by a new build is served at once. No hidden file, no ".." and no link is followed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace filrouge::http {

// nullopt: nothing here, a 404.
std::optional<Response> static_answer(const std::string& folder, const Request& request,
                                      const std::vector<std::string>& segments);

// By extension; "application/octet-stream" for what we do not know.
std::string_view media_type(std::string_view file_name);
// Does an Accept-Encoding header take this coding (q=0 says no; "*" any)?
bool takes_encoding(std::string_view accept_encoding, std::string_view coding);

}  // namespace filrouge::http
