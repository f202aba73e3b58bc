-- job_hold.sql: the lease begins anew, for who still has it.
-- In   :job_id int, :lease int, :until int
-- Gives none
UPDATE job SET lease_until = :until WHERE job_id = :job_id AND lease = :lease
