// The opened keys used last, at most `most` of them, found by their id or by whom they belong to.
// What falls out, or is dropped because it was destroyed, is overwritten. Not locked: its owner is.
//
//   cache.put(data_key, KeyOwner{SealScope::person, person});
//   const DataKey* key = cache.find(KeyOwner{SealScope::person, person});
#pragma once

#include <cstring>
#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

#include "server/ports/keys.h"

namespace filrouge {

struct KeyOwner {
  SealScope scope = SealScope::person;
  SubjectId owner;
  friend bool operator==(const KeyOwner&, const KeyOwner&) = default;
};

class KeyCache {
 public:
  explicit KeyCache(std::size_t most) : most_(most == 0 ? 1 : most) {}
  ~KeyCache() { clear(); }
  KeyCache(const KeyCache&) = delete;
  KeyCache& operator=(const KeyCache&) = delete;

  // Valid until the next put or drop.
  const DataKey* find(KeyId id) { return touch(by_id_, id); }
  const DataKey* find(const KeyOwner& owner) { return touch(by_owner_, owner); }

  void put(const DataKey& key, const std::optional<KeyOwner>& owner) {
    const auto known = by_id_.find(key.id);
    if (known != by_id_.end()) drop(known->second);
    used_.push_front({key, owner});
    by_id_[key.id] = used_.begin();
    if (owner) by_owner_[*owner] = used_.begin();
    if (used_.size() > most_) drop(std::prev(used_.end()));
  }

  void drop(KeyId id) {
    const auto known = by_id_.find(id);
    if (known != by_id_.end()) drop(known->second);
  }
  void clear() {
    while (!used_.empty()) drop(used_.begin());
  }

  std::size_t size() const { return used_.size(); }

 private:
  struct Cached {
    DataKey key;
    std::optional<KeyOwner> owner;
  };
  using Place = std::list<Cached>::iterator;

  // Ids are random: any eight bytes of one are a good hash.
  template <class Tag>
  static std::size_t hash_of(const Id<Tag>& id) {
    std::size_t hash = 0;
    std::memcpy(&hash, id.bytes.data(), sizeof hash);
    return hash;
  }
  struct IdHash {
    std::size_t operator()(const KeyId& id) const { return hash_of(id); }
  };
  struct OwnerHash {
    std::size_t operator()(const KeyOwner& o) const {
      return hash_of(o.owner) + static_cast<std::size_t>(o.scope);
    }
  };

  template <class Map, class Wanted>
  const DataKey* touch(Map& map, const Wanted& wanted) {
    const auto known = map.find(wanted);
    if (known == map.end()) return nullptr;
    used_.splice(used_.begin(), used_, known->second);
    return &known->second->key;
  }

  void drop(Place place) {
    by_id_.erase(place->key.id);
    if (place->owner) by_owner_.erase(*place->owner);
    explicit_bzero(place->key.key.data(), place->key.key.size());
    used_.erase(place);
  }

  std::size_t most_;
  std::list<Cached> used_;  // newest first
  std::unordered_map<KeyId, Place, IdHash> by_id_;
  std::unordered_map<KeyOwner, Place, OwnerHash> by_owner_;
};

}  // namespace filrouge
