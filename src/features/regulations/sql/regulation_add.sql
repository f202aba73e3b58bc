-- regulation_add.sql: a new regulation; its first version follows in the same transaction.
-- In   :slug text, :organisation_id int, :kind text, :source_key text
-- Out  regulation_id int
-- Gives one
INSERT INTO regulations_regulation (slug, organisation_id, kind, version, source_key)
VALUES (:slug, :organisation_id, :kind, 0, :source_key)
RETURNING regulation_id
