-- service_count.sql: how many services are shown and were changed since.
-- In   :changed_from int
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM catalogue_service
 WHERE changed_at >= :changed_from AND state = 'shown'
