-- block_add.sql: what was read since the last block; one that was left over by a reader that died is replaced.
-- In   :run_id int, :block_no int, :bytes blob
-- Gives none
INSERT INTO staging_block (run_id, block_no, bytes)
VALUES (:run_id, :block_no, :bytes)
ON CONFLICT (run_id, block_no) DO UPDATE SET bytes = excluded.bytes
