-- run_add.sql: a reading begins; none when one of the same source is under way.
-- In   :source_id int, :identity text, :reader text, :started_at int
-- Gives none
INSERT INTO staging_run (source_id, identity, reader, is_sealed, is_whole, n_blocks, read_to, page, n_read, n_refused, started_at)
VALUES (:source_id, :identity, :reader, 0, 0, 0, 0, '', 0, 0, :started_at)
ON CONFLICT (source_id) DO NOTHING
