-- index_put.sql: one digest of a record; the same twice is one.
-- In   :digest int, :record_id int
-- Gives none
INSERT INTO people_index (digest, record_id)
VALUES (:digest, :record_id)
ON CONFLICT (digest, record_id) DO NOTHING
