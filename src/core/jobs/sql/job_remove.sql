-- job_remove.sql: takes a job away.
-- In   :name text, :key text
-- Gives none
DELETE FROM job WHERE name = :name AND key = :key
