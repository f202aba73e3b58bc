-- known_bytes.sql: how much is known of a source: a table for it is made as large at once.
-- In   :source_id int
-- Out  n int
-- Gives one
SELECT COALESCE(SUM(LENGTH(entries)), 0) AS n
  FROM staging_known
 WHERE source_id = :source_id
