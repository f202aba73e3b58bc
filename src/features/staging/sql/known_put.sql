-- known_put.sql: the sums of one bucket.
-- In   :source_id int, :bucket int, :entries blob
-- Gives none
INSERT INTO staging_known (source_id, bucket, entries)
VALUES (:source_id, :bucket, :entries)
ON CONFLICT (source_id, bucket) DO UPDATE SET entries = excluded.entries
