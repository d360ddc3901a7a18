// libpq is loaded when an address of PostgreSQL is first read, not when the program starts: it
// brings twenty-one libraries (Kerberos, LDAP, TLS) that a node on SQLite and the
// commands that work on files have no use for.
#pragma once

namespace filrouge::postgresql {

// False where libpq.so.5 (Debian: libpq5) is not installed. Nothing of libpq-fe.h may be called
// before this was asked; Address::parse asks.
bool libpq_is_there();

}  // namespace filrouge::postgresql
