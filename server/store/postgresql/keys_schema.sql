-- The keys' own database. Everything in a `sealed` column is sealed under a key derived from the
-- node's master key; the tags are keyed hashes. Without the master key it says how many keys,
-- accounts and devices there are, and nothing else. The same tables as in the SQLite adapter.

-- See schema.sql.
CREATE TABLE node (
  one smallint PRIMARY KEY CHECK (one = 1),
  format integer NOT NULL,
  settled bigint NOT NULL
);
INSERT INTO node (one, format, settled) VALUES (1, 1, 0);

-- Secrets of the node, and one row ("check") that says whether the master key is the right one.
CREATE TABLE secrets (
  name bytea PRIMARY KEY,
  sealed bytea NOT NULL
);

CREATE TABLE keys (
  id bytea PRIMARY KEY,
  owner bytea NOT NULL UNIQUE,
  sealed bytea NOT NULL
);

-- Persons whose keys were destroyed, replayed after a restore.
CREATE TABLE destroyed (
  owner bytea PRIMARY KEY,
  sealed bytea NOT NULL
);

CREATE TABLE credentials (
  account bytea PRIMARY KEY,
  sealed bytea NOT NULL
);

CREATE TABLE devices (
  token bytea PRIMARY KEY,
  sealed bytea NOT NULL
);
