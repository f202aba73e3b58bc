-- block_drop.sql: some blocks of readings that are over.
-- In   :most int
-- Gives none
DELETE FROM staging_block
 WHERE (run_id, block_no) IN (SELECT b.run_id, b.block_no
                                FROM staging_block b
                                LEFT JOIN staging_run r ON r.run_id = b.run_id
                               WHERE r.run_id IS NULL
                               ORDER BY b.run_id, b.block_no LIMIT :most)
