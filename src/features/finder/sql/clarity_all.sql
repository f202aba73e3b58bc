-- clarity_all.sql: the numbers of every page, months together.
-- Out  service_uuid text, stars int, answer int, n int
-- Gives many
SELECT service_uuid, stars, answer, CAST(SUM(n) AS INTEGER) AS n
  FROM finder_clarity
 GROUP BY service_uuid, stars, answer
 ORDER BY service_uuid, stars, answer
