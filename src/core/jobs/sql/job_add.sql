-- job_add.sql: plans a job; of two instants for the same one the earlier stands.
-- In   :name text, :key text, :run_at int
-- Gives none
INSERT INTO job (name, key, run_at, lease, lease_until, tries, last_error)
VALUES (:name, :key, :run_at, 0, 0, 0, '')
    ON CONFLICT (name, key) DO UPDATE
   SET run_at = CASE WHEN job.run_at < excluded.run_at THEN job.run_at ELSE excluded.run_at END
