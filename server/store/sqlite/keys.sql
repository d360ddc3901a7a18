-- keys.db: its own file, its own backups. Everything in a `sealed` column is sealed under a key
-- derived from the node's master key; the tags are keyed hashes. Without the master key this file
-- says how many keys, accounts and devices there are, and nothing else.

-- Secrets of the node, and one row ("check") that says whether the master key is the right one.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  id BLOB PRIMARY KEY,
  owner BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX keys_by_owner ON keys (owner);

-- Persons whose keys were destroyed, replayed after a restore.
CREATE TABLE destroyed (
  owner BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE credentials (
  account BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  token BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
