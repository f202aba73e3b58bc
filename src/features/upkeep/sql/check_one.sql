-- check_one.sql: the open check of an entry, the latest.
-- In   :service_id int
-- Out  month int, n_calls int
-- Gives one
SELECT month, n_calls
  FROM upkeep_check
 WHERE service_id = :service_id AND outcome IN ('', 'nobody')
 ORDER BY month DESC
 LIMIT 1
