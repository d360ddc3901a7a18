// What a writer notes, before anybody has received it: the content of the sealed box that a phone
// keeps and sends (architecture 3: kind, version, domain and date are inside the seal).
//
// Its JSON, with short words because it is sealed, padded and kept by the thousand:
//   {"id":"<32 hex>","subject":"<32 hex>","kind":"encounter","version":1,
//    "occurred":{"instant":1795312800000,"date":"2026-11-21","minute":1320,"offset":60},
//    "hlc":"1795312800000.0","author":"<32 hex>","locked":false,"body":{...}}
//
// `subject` is the thing the entry is about: the person for a contact, the round for a round and
// for the encounters noted during it, the team for encounters and watch sessions outside a round.
// `author` is the account that was signed in, or signed in last when `locked` (noted on a locked
// phone; its author confirms it in one tap at the next sign-in).
#pragma once

#include <string>

#include "core/base/hlc.h"
#include "core/base/ids.h"
#include "core/base/json.h"
#include "core/base/time.h"

namespace filrouge {

struct Draft {
  EntryId id;
  SubjectId subject;
  std::string kind;
  std::int32_t version = 1;
  LocalStamp occurred;
  Hlc hlc;
  SubjectId author;
  bool locked = false;
  json::Value body;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (id, subject, kind, version, occurred, hlc, author, locked, body))

// Size of the padded text of a draft or payload: the next of 256, 512, 1024, 2048, ... bytes.
std::size_t padded_size(std::size_t bytes);
// The JSON of the draft followed by blanks up to padded_size().
std::string pad_text(std::string text);

}  // namespace filrouge
