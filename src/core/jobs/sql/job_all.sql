-- job_all.sql: every job, in the order in which they are due.
-- Out  name text, key text, run_at int, lease_until int, tries int, last_error text
-- Gives many
SELECT name, key, run_at, lease_until, tries, last_error
  FROM job
 ORDER BY run_at, job_id
