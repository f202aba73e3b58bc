-- border_of.sql: comuni that share a border with one, by name.
-- In   :area_id int
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?
-- Gives many
SELECT area_id, kind, code, slug, name, parent_id, valid_from, valid_to, lat, lon
  FROM place_area
 WHERE area_id IN (SELECT right_id FROM place_arc WHERE left_id = :area_id)
    OR area_id IN (SELECT left_id FROM place_arc WHERE right_id = :area_id)
 ORDER BY name_folded, area_id
