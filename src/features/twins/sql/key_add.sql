-- key_add.sql: one number of a thing.
-- In   :kind text, :thing_id int, :key int
-- Gives none
INSERT INTO twins_key (kind, thing_id, key)
VALUES (:kind, :thing_id, :key)
ON CONFLICT DO NOTHING
