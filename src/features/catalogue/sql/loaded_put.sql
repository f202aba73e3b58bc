-- loaded_put.sql: what was loaded now.
-- In   :name text, :checksum text
-- Gives none
INSERT INTO catalogue_loaded (name, checksum)
VALUES (:name, :checksum)
ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum
