// Requests and answers about signing in, the own account and the own phones. Every struct here is
// described: the codec, the OpenAPI document and the TypeScript types come from these lines alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/journal/receipt.h"
#include "core/network/state.h"
#include "core/sync/sync.h"

namespace filrouge::api {

// The body of an answer that has nothing to say but that it was done.
struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

struct Named {
  SubjectId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name))

// GET /api/v1/node, to anyone: what a phone needs to seal a note.
struct NodeInfo {
  std::string sealing_key;  // X25519 public key, 64 hexadecimal digits
  std::string version;
  bool demo = false;  // every page shows Démonstration
};
BOOST_DESCRIBE_STRUCT(NodeInfo, (), (sealing_key, version, demo))

// POST /api/v1/session. Wrong login and wrong password are not to be told apart.
struct SignIn {
  std::string login;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password))

// GET and POST /api/v1/session. `csrf` goes back in the header X-Filrouge-Csrf of every request
// that changes something; `day_salt` (hex) derives the key of the day's list on the phone.
struct SessionInfo {
  SubjectId account;
  std::string login;
  std::string display_name;
  Role role = Role::volunteer;
  Named organisation;
  std::vector<Named> teams;
  PersonWord person_word = PersonWord::jeune;
  std::optional<std::string> crip;
  std::optional<std::string> stop_contact;
  std::string csrf;
  std::string day_salt;
  Instant expires;
  std::vector<std::string> rules;  // policy rules open to the role: hides entries, decides nothing
  std::string epoch;               // of the log: another one after a restore, see core/sync
};
BOOST_DESCRIBE_STRUCT(SessionInfo, (),
                      (account, login, display_name, role, organisation, teams, person_word, crip,
                       stop_contact, csrf, day_salt, expires, rules, epoch))

// POST /api/v1/activation: the one-time code (72 h) and a password of one's own.
struct Activate {
  std::string login;
  std::string code;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(Activate, (), (login, code, password))

// POST /api/v1/password
struct ChangePassword {
  std::string current;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current, password))

// POST /api/v1/devices: enrols this phone; `token` is shown once and can only write.
struct EnrolDevice {
  std::string label;
};
BOOST_DESCRIBE_STRUCT(EnrolDevice, (), (label))
struct EnrolledDevice {
  SubjectId device;
  std::string token;
};
BOOST_DESCRIBE_STRUCT(EnrolledDevice, (), (device, token))

// GET /api/v1/devices/mine, GET /api/v1/devices (administrators)
struct DeviceRow {
  SubjectId device;
  SubjectId account;
  std::string account_name;
  std::string label;
  std::optional<CivilDate> enrolled;
  bool lost = false;
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (device, account, account_name, label, enrolled, lost))
struct DeviceList {
  std::vector<DeviceRow> rows;
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (rows))

// POST /api/v1/devices/{device}/lost
struct DeclareLost {
  SubjectId device;
};
BOOST_DESCRIBE_STRUCT(DeclareLost, (), (device))

// GET /api/v1/log: the log as it is now, signed. GET /api/v1/log/since?from=: that it begins with
// the log of that size. GET /api/v1/entries/{entry}/receipt: that an own entry stands in it.
struct LogProofQuery {
  std::int64_t from = 0;
};
BOOST_DESCRIBE_STRUCT(LogProofQuery, (), (from))

// POST /api/v1/sync, header "Authorization: Device TOKEN". At most 200 entries or 256 KiB; each
// gets its own answer; `sealed` is base64 of a sealed box holding a Draft.
struct SealedDraft {
  EntryId id;
  std::int64_t sequence = 0;
  std::string sealed;
};
BOOST_DESCRIBE_STRUCT(SealedDraft, (), (id, sequence, sealed))
struct SyncRequest {
  std::vector<SealedDraft> entries;
  std::optional<bool> database_vanished;  // the phone's own store was evicted: say so in the log
};
BOOST_DESCRIBE_STRUCT(SyncRequest, (), (entries, database_vanished))
struct SyncAnswer {
  std::vector<SyncResult> results;
  Instant server_time;  // "l'heure de votre téléphone est fausse" beyond five minutes
  Checkpoint log;       // signed: what was accepted stands in it
};
BOOST_DESCRIBE_STRUCT(SyncAnswer, (), (results, server_time, log))

}  // namespace filrouge::api
