-- known_all.sql: sums of all that a source had when it was taken last.
-- In   :source_id int
-- Out  bucket int, entries blob
-- Gives each
SELECT bucket, entries
  FROM staging_known
 WHERE source_id = :source_id
