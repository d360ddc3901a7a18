// SQLite's secure_delete overwrites a row that is deleted, but not the copies of it that balancing
// a tree leaves in the free middle of a page (rebuildPage of btree.c): a person who was erased
// could stay there, sealed, for years. This VFS stands over another one and writes every page of a
// tree into the database file with its free middle zeroed. Pages come to that file by a checkpoint
// alone; what the WAL still holds goes when it is emptied, which follows every erasure (writer.h).
// A page that does not look like a page of a tree is written as it is.
//
//   sqlite3_open_v2(path, &handle, flags, clean_vfs("").c_str());
#pragma once

#include <cstddef>
#include <string>

namespace filrouge::sqlite {

// Registered at its first use, over the VFS of that name (empty: the system's). Its own name.
std::string clean_vfs(const std::string& base);

// The free middle of a page, [from, to); empty where there is none or the bytes are no page.
struct FreeMiddle {
  std::size_t from = 0;
  std::size_t to = 0;
};
FreeMiddle free_middle(const unsigned char* page, std::size_t size, bool is_first_page);

}  // namespace filrouge::sqlite
