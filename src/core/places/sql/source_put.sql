-- source_put.sql: a source, once.
-- In   :label text
-- Gives none
INSERT INTO place_source (label)
VALUES (:label)
ON CONFLICT (label) DO NOTHING
