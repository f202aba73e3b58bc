-- block.sql: one block.
-- In   :run_id int, :block_no int
-- Out  bytes blob
-- Gives one
SELECT bytes
  FROM staging_block
 WHERE run_id = :run_id AND block_no = :block_no
