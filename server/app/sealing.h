// How entries and states are closed and opened (architecture 3). An entry's ciphertext is the
// padded JSON of its draft, bound to its envelope; a state is bound to its subject and version, so
// that no old state can be put back. The draft inside keeps the clock its writer had; what is
// folded is the envelope's, clamped at receipt. Errors: `malformed` bytes that do not open,
// `not_found` "destroyed" a key that is gone for good.
//
//   FILROUGE_TRY(key, app.keys.current(SealScope::person, person));
//   SealedEntry entry = seal_entry(app, envelope, key, text);
//   FILROUGE_TRY(draft, open_entry(app, entry));
#pragma once

#include <string>
#include <string_view>

#include "server/app/app.h"

namespace filrouge {

// The envelope's clock for a draft's: one that runs more than limits::clock_ahead_ms_max ahead is
// taken back to the receipt.
Hlc clamped(Hlc hlc, Instant received);

// `text` is the draft's JSON without padding; envelope.key is set from `key`.
SealedEntry seal_entry(App& app, Envelope envelope, const DataKey& key, std::string text);
// salt ‖ associated_data ‖ hash(ciphertext), hashed as a leaf.
Bytes32 leaf_of(App& app, const SealedEntry& entry);
// The draft as it is folded: newest version of its kind, the envelope's clock.
Result<Draft> open_entry(App& app, const SealedEntry& entry);

// The key that closes something new: of the person, of the organisation, or of the node (also where
// no organisation is known). `not_found` "destroyed" for a person who was erased.
Result<DataKey> sealing_key(App& app, SealScope scope, SubjectId subject, SubjectId organisation);
SealScope state_scope(Collection collection);

// Sets row.key and row.sealed; subject, collection and version must be there.
void seal_state(App& app, StoredState& row, const DataKey& key, const State& state);
Result<State> open_state(App& app, const StoredState& row);

// What facts hold instead of a person.
Pseudonym pseudonym_of(App& app, SubjectId person);

// A draft that waits in the quarantine.
std::string seal_quarantined(App& app, const DataKey& key, EntryId id, std::string_view text);
Result<std::string> open_quarantined(App& app, const QuarantineRow& row);

// The JSON of a sealed text: without the blanks that pad it.
std::string_view without_padding(std::string_view text);

}  // namespace filrouge
