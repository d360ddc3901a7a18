// What happens when a commit could not be flushed: nobody knows what is durable any more, so the
// program must not say another word about it (architecture 4; a later fsync may wrongly succeed).
// The default prints one line on standard error and ends at once with status 70, no destructor run;
// the supervisor starts it again and the WAL is recovered. A test gives its own handler.
#pragma once

#include <functional>
#include <string_view>

namespace filrouge {

// Gets one line without personal data.
using DiskFailureHandler = std::function<void(std::string_view line)>;

inline constexpr int exit_status_disk_failed = 70;  // EX_SOFTWARE of sysexits.h

[[noreturn]] void stop_on_disk_failure(std::string_view line);

}  // namespace filrouge
