// The node's master key outside the program (architecture 3): a file of 64 hexadecimal digits and a
// line end, mode 0600, never inside the data folder (but a demo's) and never in a backup.
// Where it is looked for, in this order: --key-file, the systemd credential "filrouge.key"
// ($CREDENTIALS_DIRECTORY), the demo's own key, the file beside the folder (DIR.key), and, on a
// terminal, what is typed: the 64 digits or the two recovery halves.
//
//   Result<Bytes32> master = find_master_key({.data = "/srv/filrouge"}, *crypto);
#pragma once

#include <optional>
#include <string>

#include "server/ports/crypto.h"

namespace filrouge {

// `invalid` "key_mode" when others may read the file, "key_text" when it is no key.
Result<Bytes32> read_key_file(const std::string& path);
// A new file, mode 0600, durable when it returns; `conflict` when it is there already.
Status write_key_file(const std::string& path, const Bytes32& key);

struct KeyPlace {
  std::string data;                     // the data folder
  std::optional<std::string> key_file;  // --key-file
  bool may_ask = true;                  // a terminal may be asked
};
Result<Bytes32> find_master_key(const KeyPlace& place, Crypto& crypto);

// "/srv/filrouge" -> "/srv/filrouge.key", also for "/srv/filrouge/".
std::string key_beside(const std::string& data);
// The same place beside a folder, with another ending.
std::string beside_of(const std::string& data, std::string_view ending);
std::string demo_key_path(const std::string& data);
// A key in the folder that it opens would be in every backup of it.
Status key_lies_outside(const std::optional<std::string>& key_file, const std::string& data);
// True when `path` lies inside `folder`, links followed.
bool lies_inside(const std::string& path, const std::string& folder);

}  // namespace filrouge
