-- job_move.sql: plans a job at that instant, whatever stood before.
-- In   :name text, :key text, :run_at int
-- Gives none
INSERT INTO job (name, key, run_at, lease, lease_until, tries, last_error)
VALUES (:name, :key, :run_at, 0, 0, 0, '')
    ON CONFLICT (name, key) DO UPDATE SET run_at = excluded.run_at
