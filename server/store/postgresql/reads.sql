-- Reading the journal and the read model. One statement, so one moment, a question.

-- name: find_entry
SELECT recv_seq FROM ids WHERE id = $1 AND recv_seq IS NOT NULL;

-- name: is_undone
SELECT undone FROM ids WHERE id = $1;

-- name: entries_of
SELECT l.recv_seq, l.leaf, e.id, e.subject, e.organisation, e.author, e.device, e.device_sequence,
  e.hlc_ms, e.hlc_counter, e.received, e.key, e.salt, e.ciphertext
FROM entries e JOIN log l USING (recv_seq) WHERE e.subject = $1 ORDER BY e.recv_seq;

-- name: entries
SELECT l.recv_seq, l.leaf, e.id, e.subject, e.organisation, e.author, e.device, e.device_sequence,
  e.hlc_ms, e.hlc_counter, e.received, e.key, e.salt, e.ciphertext
FROM ids i JOIN entries e USING (recv_seq) JOIN log l USING (recv_seq)
WHERE i.id = ANY ($1::bytea[]) ORDER BY l.recv_seq;

-- name: count_entries
SELECT e.author,
  (SELECT count(*) FROM entries WHERE subject = e.subject AND id = $1),
  (SELECT count(*) FROM facts WHERE entry = $1)
FROM ids i JOIN entries e USING (recv_seq) WHERE i.id = $1;

-- name: log_after
SELECT l.recv_seq, l.leaf, e.id, e.subject, e.organisation, e.author, e.device, e.device_sequence,
  e.hlc_ms, e.hlc_counter, e.received, e.key, e.salt, e.ciphertext
FROM log l LEFT JOIN entries e USING (recv_seq)
WHERE l.recv_seq > $1 ORDER BY l.recv_seq LIMIT $2;

-- name: log_head
SELECT size, subtrees FROM log_head WHERE one = 1;

-- name: state
SELECT subject, collection, organisation, team, version, key, sealed FROM states WHERE subject = $1;

-- name: states
SELECT subject, collection, organisation, team, version, key, sealed FROM states
WHERE collection = $1 AND ($2::bytea IS NULL OR organisation = $2)
  AND (cardinality($3::bytea[]) = 0 OR team = ANY ($3)) AND ($4::bytea IS NULL OR subject > $4)
ORDER BY subject LIMIT $5;

-- name: find_tokens
SELECT subject FROM tokens WHERE organisation = $1 AND field = $2 AND token = $3 ORDER BY subject;

-- name: quarantine
SELECT id, received, organisation, author, device, kind, reason, sealed, key, resolved, subject
FROM quarantine WHERE ($1::bytea IS NULL OR organisation = $1) AND NOT ($2 AND resolved)
ORDER BY received, number;

-- name: quarantined
SELECT id, received, organisation, author, device, kind, reason, sealed, key, resolved, subject
FROM quarantine WHERE id = $1;

-- name: resolve_quarantine
UPDATE quarantine SET resolved = true, sealed = CASE WHEN $2 THEN sealed ELSE '' END WHERE id = $1;

-- name: ledger
SELECT sequence, at, account, organisation, action, purpose, subjects FROM ledger
WHERE $1::bytea IS NULL OR organisation = $1 ORDER BY sequence DESC LIMIT $2;

-- name: ledger_of_subject
SELECT l.sequence, l.at, l.account, l.organisation, l.action, l.purpose, l.subjects
FROM ledger_subjects s JOIN ledger l USING (sequence)
WHERE s.subject = $1 AND ($2::bytea IS NULL OR l.organisation = $2)
ORDER BY s.sequence DESC LIMIT $3;

-- name: opened_since
SELECT count(DISTINCT subject) FROM ledger, unnest(subjects) AS of (subject)
WHERE account = $1 AND at >= $2 AND purpose = 'card';

-- name: put_communes
INSERT INTO communes (code, name, folded, postcodes)
SELECT code, name, folded, string_to_array(postcodes, ' ')
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS new (code, name, folded, postcodes)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, folded = excluded.folded,
  postcodes = excluded.postcodes;

-- name: commune
SELECT code, name, array_to_string(postcodes, ' ') FROM communes WHERE code = $1;

-- name: find_communes
SELECT code, name, array_to_string(postcodes, ' ') FROM communes
WHERE starts_with(folded, $1) ORDER BY folded, code LIMIT $2;

-- name: put_outlines
INSERT INTO outlines (kind, code, valid_from, valid_to, name, department, fictitious, rings)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[],
  $7::boolean[], $8::bytea[])
ON CONFLICT (kind, code, valid_from) DO UPDATE SET valid_to = excluded.valid_to,
  name = excluded.name, department = excluded.department, fictitious = excluded.fictitious,
  rings = excluded.rings;

-- name: outlines
SELECT kind, code, valid_from, valid_to, name, department, fictitious, rings FROM outlines
ORDER BY kind, code, valid_from;

-- The lock on the owner's state holds an erasure back until the piece is there to be erased too.
-- name: put_blob
INSERT INTO blobs (owner, name, key, sealed)
SELECT $1, $2, $3, $4 FROM (SELECT FROM states WHERE subject = $1 FOR SHARE) AS owner
ON CONFLICT (owner, name) DO UPDATE SET key = excluded.key, sealed = excluded.sealed;

-- name: blob
SELECT key, sealed FROM blobs WHERE owner = $1 AND name = $2;

-- name: blob_names
SELECT name FROM blobs WHERE owner = $1 AND starts_with(name, $2) ORDER BY name;

-- name: drop_blobs
DELETE FROM blobs WHERE owner = $1 AND starts_with(name, $2);
