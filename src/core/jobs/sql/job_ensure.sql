-- job_ensure.sql: what runs by itself is planned, and never further away than its rhythm; a lease of
--   a clock that has been set back ends too.
-- In   :name text, :run_at int, :latest int, :lease_latest int
-- Gives none
INSERT INTO job (name, key, run_at, lease, lease_until, tries, last_error)
VALUES (:name, '', :run_at, 0, 0, 0, '')
    ON CONFLICT (name, key) DO UPDATE
   SET run_at = CASE WHEN job.lease = 0 AND job.run_at > :latest THEN :latest ELSE job.run_at END,
       lease_until = CASE WHEN job.lease_until > :lease_latest THEN :lease_latest ELSE job.lease_until END
