#include "server/app/states.h"

#include <array>

#include "server/app/sealing.h"

namespace filrouge {

namespace {

constexpr std::size_t cache_sealed_bytes_max =
    3 << 20;  // opened, a state takes about four times this
constexpr std::size_t page_states = 500;

// A long list of persons or rounds must not push out what every request needs.
bool is_kept_from_lists(Collection collection) {
  return collection != Collection::person && collection != Collection::round;
}

Result<KnownPtr> open_known(App& app, StoredState row, bool keep) {
  if (KnownPtr known = app.states->find(row.subject, row.version)) return known;
  FILROUGE_TRY(state, open_state(app, row));
  auto known = std::make_shared<Known>();
  const std::size_t bytes = row.sealed.size();
  row.sealed.clear();
  row.sealed.shrink_to_fit();
  known->row = std::move(row);
  known->state = std::move(state);
  if (keep) app.states->put(known, bytes);
  return KnownPtr(known);
}

}  // namespace

KnownPtr StateCache::find(SubjectId subject, std::int64_t version) {
  const std::lock_guard lock(mutex_);
  ++uses_;
  const auto slot = slots_.find(subject);
  if (slot == slots_.end() || slot->second.known->row.version != version) return nullptr;
  order_.splice(order_.end(), order_, slot->second.used);
  return slot->second.known;
}

void StateCache::put(KnownPtr known, std::size_t sealed_bytes) {
  const std::lock_guard lock(mutex_);
  const SubjectId subject = known->row.subject;
  if (const auto old = slots_.find(subject); old != slots_.end()) {
    if (old->second.known->row.version > known->row.version) return;
    remove(old);
  }
  if (sealed_bytes > cache_sealed_bytes_max) return;
  const auto used = order_.insert(order_.end(), subject);
  slots_.emplace(subject, Slot{std::move(known), sealed_bytes, used});
  bytes_ += sealed_bytes;
  while (bytes_ > cache_sealed_bytes_max) remove(slots_.find(order_.front()));
}

void StateCache::drop(SubjectId subject) {
  const std::lock_guard lock(mutex_);
  if (const auto slot = slots_.find(subject); slot != slots_.end()) remove(slot);
}

void StateCache::clear() {
  const std::lock_guard lock(mutex_);
  slots_.clear();
  order_.clear();
  bytes_ = 0;
}

std::uint64_t StateCache::uses() {
  const std::lock_guard lock(mutex_);
  return uses_;
}

void StateCache::remove(std::map<SubjectId, Slot>::iterator slot) {
  bytes_ -= slot->second.bytes;
  order_.erase(slot->second.used);
  slots_.erase(slot);
}

void advance_version(App& app, StoredState& row) {
  std::array<std::uint8_t, 4> some{};
  app.random.fill(some);
  std::int64_t step = 0;
  for (const std::uint8_t byte : some) step = step * 256 + byte;
  row.replaces = row.version;
  row.version += 1 + step;  // two thousand million writes of one subject fit
}

Result<KnownPtr> find_known(App& app, SubjectId subject) {
  if (subject.is_nil()) return KnownPtr{};
  FILROUGE_TRY(row, app.store.state(subject));
  if (!row) return KnownPtr{};
  return open_known(app, std::move(*row), true);
}

Result<std::vector<KnownPtr>> all_known(App& app, StateFilter filter) {
  std::vector<KnownPtr> all;
  filter.limit = page_states;
  while (true) {
    FILROUGE_TRY(page, app.store.states(filter));
    for (StoredState& row : page) {
      const bool keep = is_kept_from_lists(row.collection);
      filter.after = row.subject;
      auto known = open_known(app, std::move(row), keep);
      if (known.ok()) {
        all.push_back(std::move(*known));
      } else if (known.error().code != Code::not_found) {  // a person whose key is just gone
        return std::move(known.error());
      }
    }
    if (page.size() < filter.limit) return all;
  }
}

Result<std::string> name_of(App& app, SubjectId subject) {
  FILROUGE_TRY(known, find_known(app, subject));
  if (known == nullptr) return std::string();
  return std::visit(
      [](const auto& state) -> std::string {
        using S = std::decay_t<decltype(state)>;
        if constexpr (std::is_same_v<S, AccountState>) {
          return state.display_name;
        } else if constexpr (requires { state.set.name; }) {
          return state.set.name;
        } else {
          return {};
        }
      },
      known->state);
}

}  // namespace filrouge
