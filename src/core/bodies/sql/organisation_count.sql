-- organisation_count.sql: how many organisations are shown and were changed since.
-- In   :changed_from int
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM organisation
 WHERE changed_at >= :changed_from AND state = 'shown'
