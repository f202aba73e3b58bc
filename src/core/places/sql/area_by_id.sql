-- area_by_id.sql: one area.
-- In   :area_id int
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?
-- Gives one
SELECT area_id, kind, code, slug, name, parent_id, valid_from, valid_to, lat, lon
  FROM place_area
 WHERE area_id = :area_id
