// Every limit on what comes from outside, in one place (architecture 7: each queue, batch, list,
// retry, depth and string has a named limit). Sizes are bytes unless the name says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace filrouge::limits {

inline constexpr std::size_t json_bytes_max = 1 << 20;
inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t json_values_max = 50'000;
inline constexpr std::size_t json_string_bytes_max = 256 << 10;

inline constexpr std::size_t http_header_bytes_max = 8 << 10;
inline constexpr std::size_t http_body_bytes_max = 512 << 10;
inline constexpr std::int64_t http_request_seconds_max = 30;
inline constexpr std::int64_t http_idle_seconds_max = 75;
inline constexpr std::size_t http_connections_max = 8'000;
inline constexpr std::size_t http_target_parts_max = 32;         // levels, and parameters
inline constexpr std::size_t http_bodies_bytes_max = 64 << 20;   // of all requests being read
inline constexpr std::int64_t http_stop_seconds_max = 10;        // to finish what is under way
inline constexpr std::size_t http_file_piece_bytes = 64 << 10;   // of a static file in memory
inline constexpr std::size_t control_line_bytes_max = 64 << 20;  // DIR/control: the owner only
inline constexpr std::size_t control_values_max = 8'000'000;
inline constexpr std::size_t worker_queue_max = 1'024;  // over it: 503 with Retry-After
inline constexpr std::size_t costly_queue_max = 256;    // sign-ins waiting for their turn

inline constexpr std::size_t sync_batch_entries_max = 200;
inline constexpr std::size_t sync_batch_bytes_max = 256 << 10;
inline constexpr std::size_t sealed_draft_bytes_max = 8 << 10;

inline constexpr std::size_t note_characters_max = 140;
inline constexpr std::size_t alias_characters_max = 60;
inline constexpr std::size_t label_characters_max = 120;
inline constexpr std::size_t observation_characters_max = 500;  // of a round, about the place
inline constexpr std::size_t text_characters_max = 4'000;       // the day's report
inline constexpr std::size_t login_characters_max = 40;
inline constexpr std::int64_t encounter_count_max = 500;
inline constexpr std::int64_t watch_minutes_max = 12 * 60;
inline constexpr std::int64_t watch_minutes_counted_min = 10;  // I02 counts from here
inline constexpr std::int64_t round_minutes_max = 24 * 60;
inline constexpr std::int64_t kilometres_max = 1'000;
inline constexpr std::int64_t small_number_max = 10'000;  // replies, conversations
inline constexpr std::size_t list_items_max = 200;        // members, stops, services in one entry
inline constexpr std::size_t page_rows = 50;
inline constexpr std::size_t duplicates_shown_max = 5;
inline constexpr std::size_t known_entries_max = 1'000;  // asked for at once by their author

inline constexpr std::size_t append_group_max = 256;    // appends joined in one commit
inline constexpr std::size_t append_queue_max = 4'096;  // waiting appends
inline constexpr int append_retries_max = 8;            // after a version conflict

inline constexpr std::int64_t clock_ahead_ms_max = 5 * 60 * 1000;  // more: flagged, clamped
// Two answers to one use given by two workers within so long count as concurrent (law 5).
inline constexpr std::int64_t consent_concurrent_ms_max = 12LL * 3600 * 1000;
// A relay's deadlines in open days (domain 6.2), and the days after which it is asked whether it
// held.
inline constexpr std::int32_t relay_acknowledged_open_days = 2;
inline constexpr std::int32_t relay_answered_open_days = 5;
inline constexpr std::int32_t relay_met_open_days = 10;
inline constexpr std::int32_t relay_said_open_days = 5;
inline constexpr std::int32_t relay_kept_days = 30;
inline constexpr std::int32_t interim_days = 14;  // of a référent par intérim
inline constexpr std::int32_t rupture_days = 45;  // without a contact, and no agreed pause (I20)
inline constexpr std::int32_t lost_days = 45;     // contact lost: so long, and so many tries
inline constexpr std::size_t lost_attempts = 3;
inline constexpr std::int32_t stable_days = 182;  // six months (I13), with gaps of at most
inline constexpr std::int32_t stable_gap_days = 15;
inline constexpr std::size_t first_barriers_max = 3;
inline constexpr std::size_t goals_max = 5;
inline constexpr std::int64_t encounter_detail_days = 30;      // then day and district
inline constexpr std::int64_t late_entry_days = 60;            // domain 5.7 (3)
inline constexpr std::int64_t backup_horizon_days = 14;        // sent rows are kept so long
inline constexpr std::int64_t day_starts_at_minutes = 5 * 60;  // a field day: 05:00 to 05:00
inline constexpr std::int64_t activation_hours = 72;
inline constexpr std::int64_t session_idle_minutes = 30;
inline constexpr std::int64_t session_hours_max = 12;
inline constexpr std::size_t sessions_max = 20'000;
inline constexpr std::int64_t own_page_minutes = 15;           // of a young person's own session
inline constexpr std::int64_t opened_records_a_day_max = 150;  // outside the own team's list
inline constexpr std::int64_t password_tries_an_hour_max = 10;
inline constexpr std::size_t password_characters_min = 12;

// A comparison of lists of several partners.
inline constexpr std::int32_t comparison_days_max = 90;
inline constexpr std::size_t comparison_words_characters_max = 200;
inline constexpr std::size_t comparison_lists_max = 6;
inline constexpr std::int64_t comparison_rows_max = 100'000;      // of all its lists
inline constexpr std::int64_t comparison_bytes_max = 48LL << 20;  // of all its files
inline constexpr std::size_t comparison_piece_bytes_max = 180'000;
inline constexpr std::size_t comparison_columns_max = 256;     // of a list
inline constexpr std::size_t comparison_verdicts_max = 3'000;  // words about pairs
inline constexpr std::size_t comparison_runs_max = 2;          // at once, on the node
inline constexpr std::size_t comparison_signals_max = 200;     // made at once

}  // namespace filrouge::limits
