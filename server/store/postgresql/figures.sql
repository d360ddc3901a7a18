-- Counting facts. The perimeter is the same in all: $1 organisation, $2 project, $3 teams (empty:
-- any), $4 only rows that count. Sex and age band of a person are the latest known.

-- name: facts
SELECT entry, kind, day, organisation, team, project, commune, district, sex, age_band, detail,
  counts, outside, number, minutes, refusals, replies, conversations, person
FROM facts
WHERE ($1::bytea IS NULL OR organisation = $1) AND ($2::bytea IS NULL OR project = $2)
  AND (cardinality($3::bytea[]) = 0 OR team = ANY ($3)) AND (counts OR NOT $4)
  AND ($5::bigint IS NULL OR kind = $5) AND day >= $6 AND day <= $7
  AND ($8::bytea IS NULL OR person = $8)
ORDER BY kind, day, entry LIMIT $9;

-- $8 the dimension: 0 none, 1 commune, 2 district, 3 project, 4 team, 5 age band, 6 sex,
-- 7 detail.
-- name: count_facts
SELECT CASE $8::bigint
    WHEN 0 THEN ''
    WHEN 1 THEN f.commune
    WHEN 2 THEN f.district
    WHEN 3 THEN encode(f.project, 'hex')
    WHEN 4 THEN encode(f.team, 'hex')
    WHEN 5 THEN (CASE WHEN f.person IS NULL THEN f.age_band ELSE p.age_band END)::text
    WHEN 6 THEN (CASE WHEN f.person IS NULL THEN f.sex ELSE p.sex END)::text
    WHEN 7 THEN f.detail
  END AS key,
  count(*), sum(f.number)::bigint, sum(f.minutes)::bigint, sum(f.refusals)::bigint,
  sum(f.replies)::bigint, sum(f.conversations)::bigint
FROM facts f LEFT JOIN persons p ON p.person = f.person AND $8::bigint IN (5, 6)
WHERE ($1::bytea IS NULL OR f.organisation = $1) AND ($2::bytea IS NULL OR f.project = $2)
  AND (cardinality($3::bytea[]) = 0 OR f.team = ANY ($3)) AND (f.counts OR NOT $4)
  AND ($5::bigint IS NULL OR f.kind = $5) AND f.day >= $6 AND f.day <= $7
GROUP BY key;

-- The first contact of a person by (day, entry) inside the perimeter, whatever the period; returned:
-- a second contact within 30 days ($10), the same day counts; due: first met so long before $9.
-- Linked records are one person; what one does not know of her, the next by pseudonym does.
-- name: count_first_contacts
WITH contacts AS (
  SELECT coalesce(l.counts_as, f.person) AS person, day, row_number() OVER of_person AS place, lead(day) OVER of_person AS next_day,
    CASE $8::bigint
      WHEN 0 THEN ''
      WHEN 1 THEN commune
      WHEN 2 THEN district
      WHEN 3 THEN encode(project, 'hex')
      WHEN 4 THEN encode(team, 'hex')
      WHEN 7 THEN detail
    END AS key
  FROM facts f LEFT JOIN persons l ON l.person = f.person AND l.counts_as IS NOT NULL
  WHERE ($1::bytea IS NULL OR organisation = $1) AND ($2::bytea IS NULL OR project = $2)
    AND (cardinality($3::bytea[]) = 0 OR team = ANY ($3)) AND (counts OR NOT $4)
    AND kind = $5 AND day <= $7::bigint + $10::bigint AND f.person IS NOT NULL
  WINDOW of_person AS (PARTITION BY coalesce(l.counts_as, f.person) ORDER BY day, entry)
), firsts AS (
  SELECT c.key, c.day, c.next_day,
    coalesce(p.age_band, (SELECT q.age_band FROM persons q WHERE q.counts_as = c.person
      AND q.age_band IS NOT NULL ORDER BY q.person LIMIT 1)) AS age_band,
    coalesce(p.sex, (SELECT q.sex FROM persons q WHERE q.counts_as = c.person
      AND q.sex IS NOT NULL ORDER BY q.person LIMIT 1)) AS sex
  FROM contacts c LEFT JOIN persons p ON p.person = c.person
  WHERE c.place = 1 AND c.day >= $6::bigint AND c.day <= $7::bigint
)
SELECT CASE $8::bigint WHEN 5 THEN age_band::text WHEN 6 THEN sex::text ELSE key END AS key,
  age_band, count(*), count(*) FILTER (WHERE day <= $9::bigint - $10::bigint),
  count(*) FILTER (WHERE day <= $9::bigint - $10::bigint AND next_day - day <= $10::bigint)
FROM firsts
GROUP BY 1, 2;

-- name: person_facts
SELECT p.person, p.sex, p.age_band, p.identified, p.erased, p.counts_as
FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (person, place) JOIN persons p USING (person)
ORDER BY asked.place;

-- name: linked_persons
SELECT person, sex, age_band, identified, erased, counts_as
FROM persons WHERE counts_as IS NOT NULL ORDER BY person;
