-- name: find_secret
SELECT sealed FROM secrets WHERE name = $1;
