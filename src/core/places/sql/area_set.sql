-- area_set.sql: an area brought up to what is known now.
-- In   :area_id int, :slug text, :name text, :name_folded text, :position int, :parent_id int?, :valid_from text, :valid_to text, :lat real?, :lon real?
-- Gives none
UPDATE place_area
   SET slug = :slug, name = :name, name_folded = :name_folded, position = :position,
       parent_id = :parent_id, valid_from = :valid_from, valid_to = :valid_to, lat = :lat, lon = :lon
 WHERE area_id = :area_id
