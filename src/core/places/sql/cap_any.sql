-- cap_any.sql: whether postal codes were imported.
-- Out  n int
-- Gives one
SELECT count(*) AS n
  FROM (SELECT cap FROM place_cap LIMIT 1) one
