// Helpers of core's tests: drafts of every kind, ids from small numbers, a splitmix generator.
#pragma once

#include <string>
#include <string_view>

#include "core/journal/fold.h"

namespace filrouge::testing {

template <class SomeId = SubjectId>
SomeId id_of(std::uint64_t n) {
  SomeId id;
  id.bytes[0] = 0xA5;
  for (std::size_t i = 0; i < 8; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
  return id;
}

inline constexpr std::int64_t kNoon = 1'795'262'400'000;  // 2026-11-21T12:00Z

// Noted `minutes` after 12:00 UTC on 21 November 2026, in Paris (UTC+1).
inline LocalStamp stamp(std::int64_t minutes = 0, std::int32_t offset = 60) {
  return LocalStamp::at(Instant{kNoon + minutes * 60'000}, offset);
}

inline json::Value object(std::string_view text) {
  auto value = json::parse(text);
  verify(value.ok());
  return std::move(value).value();
}

template <class Body>
Draft draft_of(std::uint64_t id, const SubjectId& subject, std::string_view kind, const Body& body,
               std::int64_t minutes = 0) {
  Draft draft;
  draft.id = id_of<EntryId>(id);
  draft.subject = subject;
  draft.kind = std::string(kind);
  draft.occurred = stamp(minutes);
  draft.hlc = Hlc{draft.occurred.instant.ms, 0};
  draft.author = id_of(900);
  draft.body = object(json::encode(body));
  return draft;
}

// A published generator (splitmix64): the same numbers on every machine.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
  }
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  bool chance(std::uint64_t in) { return below(in) == 0; }

 private:
  std::uint64_t state_;
};

// `count` well formed drafts about one subject of the collection, with clashing stamps, late
// starts, undone and confirmed entries, some of entries that do not exist.
std::vector<Draft> random_drafts(Collection collection, std::uint64_t seed, std::size_t count);

}  // namespace filrouge::testing
