-- source_add.sql: a source that is read for the first time; one that is there stays.
-- In   :name text, :hash_key blob
-- Gives none
INSERT INTO staging_source (name, hash_key)
VALUES (:name, :hash_key)
ON CONFLICT (name) DO NOTHING
