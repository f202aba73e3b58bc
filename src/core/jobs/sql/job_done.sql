-- job_done.sql: takes a finished job away, unless it was asked for anew or somebody else has it.
-- In   :job_id int, :lease int, :never int
-- Gives none
DELETE FROM job WHERE job_id = :job_id AND lease = :lease AND run_at >= :never
