-- run_mark.sql: how far it was read; none when another reader has taken over.
-- In   :run_id int, :reader text, :n_blocks int, :read_to int, :page text, :n_read int, :n_refused int, :is_sealed int, :is_whole int
-- Gives none
UPDATE staging_run
   SET n_blocks = :n_blocks, read_to = :read_to, page = :page, n_read = :n_read, n_refused = :n_refused,
       is_sealed = :is_sealed, is_whole = :is_whole
 WHERE run_id = :run_id AND reader = :reader
