-- journal.db: the log, the entries, and everything that can be rebuilt from them. docs/what-a-thief-
-- reads.md lists each column and whether it can be read without the node's key; a test compares.
--
-- Ids are 16 bytes, hashes 32. Days are days since 1970-01-01, instants milliseconds since 1970.
-- Kinds, age bands and sexes are the numbers of their C++ enumerators (a test pins them).
-- Rows that hold a sealed text are ordinary tables (WITHOUT ROWID would put the text in inner nodes).

-- The version that this file needs, as `format` has it for the folder.
PRAGMA user_version = 3;

-- One leaf a recv_seq, for ever: an entry can be deleted for good and the log still verifies.
CREATE TABLE log (
  recv_seq INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL
) STRICT;

-- The Merkle frontier after the last commit: core/journal/merkle.h. One row.
CREATE TABLE log_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  subtrees BLOB NOT NULL
) STRICT;
INSERT INTO log_head (one, size, subtrees) VALUES (1, 0, x'');

CREATE TABLE entries (
  recv_seq INTEGER PRIMARY KEY REFERENCES log (recv_seq),
  id BLOB NOT NULL,
  subject BLOB NOT NULL,
  organisation BLOB NOT NULL,
  author BLOB NOT NULL,
  device BLOB NOT NULL,
  device_sequence INTEGER NOT NULL,
  hlc_ms INTEGER NOT NULL,
  hlc_counter INTEGER NOT NULL,
  received INTEGER NOT NULL,
  key BLOB NOT NULL,
  salt BLOB NOT NULL,
  ciphertext BLOB NOT NULL
) STRICT;
CREATE INDEX entries_by_subject ON entries (subject);

-- All that is known of an entry's id, in the one row that has to be found among random ones: where
-- it stands in the log (also once it was deleted: a phone that sends it again is told that it is
-- known), where its fact is, and whether it was undone (also before it arrived).
CREATE TABLE ids (
  id BLOB PRIMARY KEY,
  recv_seq INTEGER,
  fact_kind INTEGER,
  fact_day INTEGER,
  fact_place INTEGER,
  undone INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The folded state of each subject.
CREATE TABLE states (
  number INTEGER PRIMARY KEY,
  subject BLOB NOT NULL,
  collection INTEGER NOT NULL,
  organisation BLOB NOT NULL,
  team BLOB NOT NULL,
  version INTEGER NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX states_by_subject ON states (subject);
CREATE INDEX states_by_organisation ON states (collection, organisation, subject, team);
CREATE INDEX states_by_team ON states (collection, team, subject, organisation);

-- Search tokens: 16 bits of a keyed hash, so that one token fits many names. `login` tokens are
-- whole and belong to one subject of the node.
CREATE TABLE tokens (
  organisation BLOB NOT NULL,
  field TEXT NOT NULL,
  token BLOB NOT NULL,
  subject BLOB NOT NULL,
  PRIMARY KEY (organisation, field, token, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_subject ON tokens (subject);
CREATE UNIQUE INDEX tokens_login ON tokens (token) WHERE field = 'login';

-- In the order that figures read: a kind, then the days of a period. `place` counts within a day, so
-- that the facts of today lie side by side. `ids` finds the row of an entry, the index those of a
-- person.
CREATE TABLE facts (
  kind INTEGER NOT NULL,
  day INTEGER NOT NULL,
  place INTEGER NOT NULL,
  entry BLOB NOT NULL,
  organisation BLOB NOT NULL,
  team BLOB NOT NULL,
  project BLOB,
  commune TEXT,
  district TEXT,
  sex INTEGER,
  age_band INTEGER,
  detail TEXT,
  counts INTEGER NOT NULL,
  outside INTEGER NOT NULL,
  number INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  refusals INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  person BLOB,
  PRIMARY KEY (kind, day, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX facts_by_person ON facts (person) WHERE person IS NOT NULL;

-- What is known of the person behind a pseudonym, for figures.
CREATE TABLE persons (
  person BLOB PRIMARY KEY,
  sex INTEGER,
  age_band INTEGER,
  identified INTEGER NOT NULL,
  erased INTEGER NOT NULL,
  counts_as BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX persons_linked ON persons (counts_as, person) WHERE counts_as IS NOT NULL;

-- Sealed pieces of a subject that are no entries: the rows of lists that are compared.
CREATE TABLE blobs (
  number INTEGER PRIMARY KEY,
  owner BLOB NOT NULL,
  name TEXT NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX blobs_by_name ON blobs (owner, name);

CREATE TABLE quarantine (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  received INTEGER NOT NULL,
  organisation BLOB NOT NULL,
  author BLOB NOT NULL,
  device BLOB NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  sealed BLOB NOT NULL,
  key BLOB NOT NULL,
  resolved INTEGER NOT NULL,
  subject BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX quarantine_by_id ON quarantine (id);
CREATE INDEX quarantine_by_organisation ON quarantine (organisation, received);
CREATE INDEX quarantine_by_subject ON quarantine (subject);

-- The access ledger (law 8). `subjects` holds 16 bytes a subject, in the order they were shown.
CREATE TABLE ledger (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  account BLOB NOT NULL,
  organisation BLOB NOT NULL,
  action TEXT NOT NULL,
  purpose TEXT NOT NULL,
  subjects BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_by_account ON ledger (account, at);
CREATE INDEX ledger_by_organisation ON ledger (organisation);
CREATE TABLE ledger_subjects (
  subject BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (subject, sequence)
) STRICT, WITHOUT ROWID;

-- Reference data, imported.
CREATE TABLE communes (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  postcodes TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX communes_by_name ON communes (folded, code);

CREATE TABLE outlines (
  kind INTEGER NOT NULL,
  code TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_to INTEGER,
  name TEXT NOT NULL,
  department TEXT NOT NULL,
  fictitious INTEGER NOT NULL,
  rings BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX outlines_by_code ON outlines (kind, code, valid_from);
