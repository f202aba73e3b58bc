-- job_take.sql: leases a job; changes nothing when somebody else was quicker. From now on run_at says
--   when it was asked for anew.
-- In   :job_id int, :now int, :lease int, :until int, :never int
-- Gives none
UPDATE job
   SET lease = :lease, lease_until = :until, tries = tries + 1, run_at = :never
 WHERE job_id = :job_id AND lease_until <= :now AND (run_at <= :now OR lease <> 0)
