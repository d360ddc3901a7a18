-- The journal's database: the log, the entries, and everything that can be rebuilt from them. The
-- same tables as server/store/sqlite/schema.sql; docs/what-a-thief-reads.md holds for both.
--
-- Ids are 16 bytes, hashes 32. Days are days since 1970-01-01, instants milliseconds since 1970.
-- Collections, kinds, age bands and sexes are the numbers of their C++ enumerators.
-- What an erasure deletes is vacuumed at the next look (autovacuum_naptime, a minute), not once a
-- fifth of the table is dead.

-- The version of the program's tables. `settled` is counted up by every new connection: its commit
-- comes back once the synchronous standby has all that was visible before it.
CREATE TABLE node (
  one smallint PRIMARY KEY CHECK (one = 1),
  format integer NOT NULL,
  settled bigint NOT NULL
);
INSERT INTO node (one, format, settled) VALUES (1, 3, 0);

-- One leaf a recv_seq, for ever: an entry can be deleted for good and the log still verifies.
CREATE TABLE log (
  recv_seq bigint PRIMARY KEY,
  leaf bytea NOT NULL
);

-- The Merkle frontier after the last commit: core/journal/merkle.h. One row.
CREATE TABLE log_head (
  one smallint PRIMARY KEY CHECK (one = 1),
  size bigint NOT NULL,
  subtrees bytea NOT NULL
);
INSERT INTO log_head (one, size, subtrees) VALUES (1, 0, '');

-- The last commit of each running program, written by that commit itself: a program that lost the
-- answer of a commit finds here whether it took place.
CREATE TABLE writers (
  writer bytea PRIMARY KEY,
  number bigint NOT NULL,
  at timestamptz NOT NULL
);

CREATE TABLE entries (
  recv_seq bigint PRIMARY KEY REFERENCES log (recv_seq),
  id bytea NOT NULL,
  subject bytea NOT NULL,
  organisation bytea NOT NULL,
  author bytea NOT NULL,
  device bytea NOT NULL,
  device_sequence bigint NOT NULL,
  hlc_ms bigint NOT NULL,
  hlc_counter bigint NOT NULL,
  received bigint NOT NULL,
  key bytea NOT NULL,
  salt bytea NOT NULL,
  ciphertext bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
-- Sealed bytes do not get smaller: no time is lost on trying.
ALTER TABLE entries ALTER COLUMN ciphertext SET STORAGE EXTERNAL;
CREATE INDEX entries_by_subject ON entries (subject, recv_seq);

-- All that is known of an entry's id: where it stands in the log (also once it was deleted: a phone
-- that sends it again is told that it is known), and whether it was undone (also before it arrived).
CREATE TABLE ids (
  id bytea PRIMARY KEY,
  recv_seq bigint,
  undone boolean NOT NULL
);

-- The folded state of each subject.
CREATE TABLE states (
  subject bytea PRIMARY KEY,
  collection smallint NOT NULL,
  organisation bytea NOT NULL,
  team bytea NOT NULL,
  version bigint NOT NULL,
  key bytea NOT NULL,
  sealed bytea NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100);
ALTER TABLE states ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX states_by_organisation ON states (collection, organisation, subject, team);
CREATE INDEX states_by_team ON states (collection, team, subject, organisation);

-- Search tokens: 16 bits of a keyed hash, so that one token fits many names. `login` tokens are
-- whole and belong to one subject of the node.
CREATE TABLE tokens (
  organisation bytea NOT NULL,
  field text NOT NULL,
  token bytea NOT NULL,
  subject bytea NOT NULL,
  PRIMARY KEY (organisation, field, token, subject)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
CREATE INDEX tokens_by_subject ON tokens (subject);
CREATE UNIQUE INDEX tokens_login ON tokens (token) WHERE field = 'login';

CREATE TABLE facts (
  entry bytea PRIMARY KEY,
  kind smallint NOT NULL,
  day integer NOT NULL,
  organisation bytea NOT NULL,
  team bytea NOT NULL,
  project bytea,
  commune text,
  district text,
  sex smallint,
  age_band smallint,
  detail text,
  counts boolean NOT NULL,
  outside boolean NOT NULL,
  number bigint NOT NULL,
  minutes bigint NOT NULL,
  refusals bigint NOT NULL,
  replies bigint NOT NULL,
  conversations bigint NOT NULL,
  person bytea
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100);
CREATE INDEX facts_by_day ON facts (kind, day);
CREATE INDEX facts_by_person ON facts (person) WHERE person IS NOT NULL;

-- What is known of the person behind a pseudonym, for figures.
CREATE TABLE persons (
  person bytea PRIMARY KEY,
  sex smallint,
  age_band smallint,
  identified boolean NOT NULL,
  erased boolean NOT NULL,
  counts_as bytea
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100);
CREATE INDEX persons_linked ON persons (counts_as, person) WHERE counts_as IS NOT NULL;

-- Sealed pieces of a subject that are no entries: the rows of lists that are compared.
CREATE TABLE blobs (
  owner bytea NOT NULL,
  name text COLLATE "C" NOT NULL,
  key bytea NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (owner, name)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
ALTER TABLE blobs ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE quarantine (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id bytea NOT NULL UNIQUE,
  received bigint NOT NULL,
  organisation bytea NOT NULL,
  author bytea NOT NULL,
  device bytea NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  sealed bytea NOT NULL,
  key bytea NOT NULL,
  resolved boolean NOT NULL,
  subject bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
CREATE INDEX quarantine_by_organisation ON quarantine (organisation, received);
CREATE INDEX quarantine_by_subject ON quarantine (subject);

-- The access ledger (law 8). `subjects` in the order they were shown. Rows are written under the
-- lock of the append, so that `sequence` is the order of commits.
CREATE TABLE ledger (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  account bytea NOT NULL,
  organisation bytea NOT NULL,
  action text NOT NULL,
  purpose text NOT NULL,
  subjects bytea[] NOT NULL
);
CREATE INDEX ledger_by_account ON ledger (account, at);
CREATE INDEX ledger_by_organisation ON ledger (organisation, sequence);
CREATE TABLE ledger_subjects (
  subject bytea NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (subject, sequence)
);

-- Reference data, imported. Bytewise order, as everywhere in the program.
CREATE TABLE communes (
  code text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  folded text COLLATE "C" NOT NULL,
  postcodes text[] NOT NULL
);
CREATE INDEX communes_by_name ON communes (folded, code);

CREATE TABLE outlines (
  kind smallint NOT NULL,
  code text COLLATE "C" NOT NULL,
  valid_from integer NOT NULL,
  valid_to integer,
  name text NOT NULL,
  department text NOT NULL,
  fictitious boolean NOT NULL,
  rings bytea NOT NULL,
  PRIMARY KEY (kind, code, valid_from)
);
