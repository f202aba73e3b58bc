-- run_is_mine.sql: whether a reading is still this reader's.
-- In   :run_id int, :reader text
-- Out  n int
-- Gives one
SELECT count(*)
  FROM staging_run
 WHERE run_id = :run_id AND reader = :reader
