-- block_drop.sql: the blocks of a reading that is over.
-- In   :run_id int
-- Gives none
DELETE FROM staging_block
 WHERE run_id = :run_id
