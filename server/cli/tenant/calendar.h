// The clock on the wall of a demonstration: the two zones that the tenants use, by their rule, so
// that a demo needs no zone files of the machine. Core and the application never convert time; the
// host that notes does, and here the host is this program.
//
//   LocalStamp s = stamp_at("Europe/Paris", *CivilDate::parse("2026-07-14"), 17 * 60 + 30);
//   s.offset == 120
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace filrouge {

bool is_known_zone(std::string_view zone);
// Minutes ahead of UTC when the wall shows that day and minute. Paris: 120 from the last Sunday of
// March 02:00 to the last Sunday of October 03:00, else 60. La Réunion: 240.
std::int32_t offset_of(std::string_view zone, CivilDate date, std::int32_t minute);
// `minute` may go past midnight: 1500 is one o'clock of the next day.
LocalStamp stamp_at(std::string_view zone, CivilDate date, std::int32_t minute);
// What the wall shows at that instant.
LocalStamp wall_of(std::string_view zone, Instant instant);

// "01-01 05-01" as its words, and whether a day is one of them.
std::vector<std::string> closed_days(std::string_view text);
bool is_closed(const std::vector<std::string>& closed, CivilDate date);

}  // namespace filrouge
