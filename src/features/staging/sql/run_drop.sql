-- run_drop.sql: a reading is over or is thrown away; its blocks first.
-- In   :run_id int
-- Gives none
DELETE FROM staging_run
 WHERE run_id = :run_id
