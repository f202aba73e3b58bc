-- run_of_source.sql: the reading of a source that is under way or waits.
-- In   :source_id int
-- Out  run_id int, identity text, is_sealed int, is_whole int, n_blocks int, read_to int, page text, n_read int, n_refused int
-- Gives one
SELECT run_id, identity, is_sealed, is_whole, n_blocks, read_to, page, n_read, n_refused
  FROM staging_run
 WHERE source_id = :source_id
