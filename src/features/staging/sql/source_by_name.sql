-- source_by_name.sql: a source and the key of its hashes.
-- In   :name text
-- Out  source_id int, hash_key blob
-- Gives one
SELECT source_id, hash_key
  FROM staging_source
 WHERE name = :name
