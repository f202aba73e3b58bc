-- alias_put.sql: a name or an address from before.
-- In   :area_id int, :kind text, :name text, :name_folded text, :slug text, :valid_to text
-- Gives none
INSERT INTO place_alias (area_id, kind, name, name_folded, slug, valid_to)
VALUES (:area_id, :kind, :name, :name_folded, :slug, :valid_to)
ON CONFLICT (kind, slug, area_id) DO UPDATE
   SET name = excluded.name, name_folded = excluded.name_folded, valid_to = excluded.valid_to
