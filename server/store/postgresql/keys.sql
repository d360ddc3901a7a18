-- The statements of the keys' database. Each can be done a second time without harm.

-- name: find_secret
SELECT sealed FROM secrets WHERE name = $1;

-- name: put_secret
INSERT INTO secrets (name, sealed) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed;

-- name: find_credential
SELECT sealed FROM credentials WHERE account = $1;

-- name: put_credential
INSERT INTO credentials (account, sealed) VALUES ($1, $2)
ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed;

-- name: find_device
SELECT sealed FROM devices WHERE token = $1;

-- name: put_device
INSERT INTO devices (token, sealed) VALUES ($1, $2)
ON CONFLICT (token) DO UPDATE SET sealed = excluded.sealed;

-- name: key_of
SELECT id, sealed FROM keys WHERE owner = $1;

-- name: key
SELECT sealed FROM keys WHERE id = $1;

-- Adding and destroying take turns: no key comes after a destruction.
-- name: lock_keys
SELECT pg_advisory_xact_lock(1179341825);

-- name: add_key
INSERT INTO keys (id, owner, sealed)
SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM destroyed WHERE owner = $2)
ON CONFLICT (owner) DO NOTHING;

-- name: destroy_key
DELETE FROM keys WHERE owner = $1;

-- name: note_destroyed
INSERT INTO destroyed (owner, sealed) VALUES ($1, $2) ON CONFLICT (owner) DO NOTHING;

-- Writes the table anew: the destroyed row is in none of its pages.
-- name: rewrite_keys
VACUUM (FULL) keys;

-- name: destroyed
SELECT owner, sealed FROM destroyed;
