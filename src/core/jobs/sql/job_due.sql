-- job_due.sql: the job that is due longest and that nobody has. One whose worker died is due when
--   its lease is over.
-- In   :now int
-- Out  job_id int, name text, key text, tries int
-- Gives one
SELECT job_id, name, key, tries
  FROM job
 WHERE lease_until <= :now AND (run_at <= :now OR lease <> 0)
 ORDER BY run_at, job_id
 LIMIT 1
