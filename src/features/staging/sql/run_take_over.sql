-- run_take_over.sql: another reader goes on with it: the one before may write no more.
-- In   :run_id int, :reader text
-- Gives none
UPDATE staging_run
   SET reader = :reader
 WHERE run_id = :run_id
