-- What a new connection says first.

-- remote_apply stays where the administrator chose it; nothing weaker than `on` is accepted.
-- name: durable
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') <> 'remote_apply';

-- A program that was frozen or cut off in the middle of a transaction gives its locks back.
-- name: bounded
SELECT set_config('idle_in_transaction_session_timeout', '10s', false),
  set_config('lock_timeout', '8s', false), set_config('client_connection_check_interval', '2s', false);

-- name: read_only
SELECT set_config('default_transaction_read_only', 'on', false);

-- name: has_tables
SELECT to_regclass('node') IS NOT NULL, count(*) FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r';

-- name: format
SELECT format FROM node WHERE one = 1;

-- Comes back once the synchronous standby has it, and with it everything that this connection can
-- see: what the crash of a primary left behind is not told before it is safe.
-- name: settle
UPDATE node SET settled = settled + 1 WHERE one = 1;
