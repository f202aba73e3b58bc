-- area_add.sql: a new area.
-- In   :kind text, :code text, :slug text, :name text, :name_folded text, :position int, :parent_id int?, :valid_from text, :valid_to text, :lat real?, :lon real?
-- Out  area_id int
-- Gives one
INSERT INTO place_area (kind, code, slug, name, name_folded, position, parent_id, valid_from, valid_to, lat, lon)
VALUES (:kind, :code, :slug, :name, :name_folded, :position, :parent_id, :valid_from, :valid_to, :lat, :lon)
RETURNING area_id
