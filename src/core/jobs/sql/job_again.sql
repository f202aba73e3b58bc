-- job_again.sql: gives a job back, to be run at an instant, or earlier when it was asked for meanwhile.
-- In   :job_id int, :lease int, :run_at int, :tries int, :last_error text
-- Gives none
UPDATE job
   SET run_at = CASE WHEN run_at < :run_at THEN run_at ELSE :run_at END,
       lease = 0, lease_until = 0, tries = :tries, last_error = :last_error
 WHERE job_id = :job_id AND lease = :lease
