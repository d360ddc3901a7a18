-- The statements of an append, each under its name. Arrays are columns of many rows: a group of
-- appends is a handful of statements, all sent before the first answer is awaited.

-- name: begin
BEGIN;

-- One append at a time among all programs: taken first, given back by the end of the transaction,
-- after the commit is on the standby and seen by others. recv_seq becomes visible in its order.
-- name: lock
SELECT pg_advisory_xact_lock(1179341824);

-- Read once the lock is held, so after every commit before ours.
-- name: head
SELECT h.size, h.subtrees, w.number
FROM log_head h LEFT JOIN writers w ON w.writer = $1
WHERE h.one = 1;

-- name: versions
SELECT subject, version FROM states WHERE subject = ANY ($1::bytea[]);

-- name: known_ids
SELECT id FROM ids WHERE id = ANY ($1::bytea[]) AND recv_seq IS NOT NULL;

-- Entries that were received and are not there any more.
-- name: gone_ids
SELECT i.id FROM ids i
WHERE i.id = ANY ($1::bytea[]) AND i.recv_seq IS NOT NULL
  AND NOT EXISTS (SELECT FROM entries e WHERE e.recv_seq = i.recv_seq);

-- name: login_owners
SELECT token, subject FROM tokens WHERE field = 'login' AND token = ANY ($1::bytea[]);

-- name: erase_entries
DELETE FROM entries WHERE subject = $1;

-- name: erase_state
DELETE FROM states WHERE subject = $1;

-- name: erase_tokens
DELETE FROM tokens WHERE subject = $1;

-- name: erase_quarantine
DELETE FROM quarantine WHERE subject = $1;

-- name: erase_blobs
DELETE FROM blobs WHERE owner = $1;

-- name: erase_facts
DELETE FROM facts WHERE person = $1;

-- name: erase_person
DELETE FROM persons WHERE person = $1;

-- The rows of `ids` stay: an id that was deleted can never be appended again.
-- name: forget
DELETE FROM entries WHERE recv_seq IN (SELECT recv_seq FROM ids WHERE id = ANY ($1::bytea[]));

-- name: insert_log
INSERT INTO log (recv_seq, leaf) SELECT * FROM unnest($1::bigint[], $2::bytea[]);

-- name: insert_entries
INSERT INTO entries (recv_seq, id, subject, organisation, author, device, device_sequence, hlc_ms,
  hlc_counter, received, key, salt, ciphertext)
SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[],
  $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bytea[], $12::bytea[],
  $13::bytea[]);

-- name: insert_ids
INSERT INTO ids (id, recv_seq, undone)
SELECT id, recv_seq, false FROM unnest($1::bytea[], $2::bigint[]) AS new (id, recv_seq)
ON CONFLICT (id) DO UPDATE SET recv_seq = excluded.recv_seq;

-- name: write_states
INSERT INTO states (subject, collection, organisation, team, version, key, sealed)
SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[],
  $6::bytea[], $7::bytea[])
ON CONFLICT (subject) DO UPDATE SET collection = excluded.collection,
  organisation = excluded.organisation, team = excluded.team, version = excluded.version,
  key = excluded.key, sealed = excluded.sealed;

-- name: mark_undone
INSERT INTO ids (id, undone) SELECT DISTINCT id, true FROM unnest($1::bytea[]) AS new (id)
ON CONFLICT (id) DO UPDATE SET undone = true;

-- name: remove_facts
DELETE FROM facts WHERE entry = ANY ($1::bytea[]);

-- Written again, a fact replaces what it was; that of an undone entry never comes back.
-- name: put_facts
INSERT INTO facts (entry, kind, day, organisation, team, project, commune, district, sex, age_band,
  detail, counts, outside, number, minutes, refusals, replies, conversations, person)
SELECT new.* FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[],
  $6::bytea[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::boolean[],
  $13::boolean[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[],
  $19::bytea[]) AS new (entry)
WHERE NOT EXISTS (SELECT FROM ids WHERE ids.id = new.entry AND ids.undone)
ON CONFLICT (entry) DO UPDATE SET kind = excluded.kind, day = excluded.day,
  organisation = excluded.organisation, team = excluded.team, project = excluded.project,
  commune = excluded.commune, district = excluded.district, sex = excluded.sex,
  age_band = excluded.age_band, detail = excluded.detail, counts = excluded.counts,
  outside = excluded.outside, number = excluded.number, minutes = excluded.minutes,
  refusals = excluded.refusals, replies = excluded.replies,
  conversations = excluded.conversations, person = excluded.person;

-- name: put_persons
INSERT INTO persons (person, sex, age_band, identified, erased, counts_as)
SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::boolean[], $5::boolean[],
  $6::bytea[])
ON CONFLICT (person) DO UPDATE SET sex = excluded.sex, age_band = excluded.age_band,
  identified = excluded.identified, erased = excluded.erased, counts_as = excluded.counts_as;

-- name: insert_tokens
INSERT INTO tokens (organisation, field, token, subject)
SELECT *, $4 FROM unnest($1::bytea[], $2::text[], $3::bytea[])
ON CONFLICT DO NOTHING;

-- The first receipt of an id stays: the phone may send it again before it has the answer.
-- name: insert_quarantine
INSERT INTO quarantine (id, received, organisation, author, device, kind, reason, sealed, key,
  resolved, subject)
SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::text[],
  $7::text[], $8::bytea[], $9::bytea[], $10::boolean[], $11::bytea[])
ON CONFLICT (id) DO NOTHING;

-- name: insert_ledger
WITH new AS (
  INSERT INTO ledger (at, account, organisation, action, purpose, subjects)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING sequence
)
INSERT INTO ledger_subjects (subject, sequence)
SELECT DISTINCT subject, new.sequence FROM new, unnest($6::bytea[]) AS of (subject);

-- name: write_head
UPDATE log_head SET size = $1, subtrees = $2 WHERE one = 1;

-- name: write_number
INSERT INTO writers (writer, number, at) VALUES ($1, $2, now())
ON CONFLICT (writer) DO UPDATE SET number = excluded.number, at = excluded.at;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- Programs that ended: none waits for the answer of a commit for a week.
-- name: forget_writers
DELETE FROM writers WHERE at < now() - interval '7 days';
