-- area_by_slug.sql: one area by its readable address.
-- In   :kind text, :slug text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?
-- Gives one
SELECT area_id, kind, code, slug, name, parent_id, valid_from, valid_to, lat, lon
  FROM place_area
 WHERE kind = :kind AND slug = :slug
