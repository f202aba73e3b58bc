-- area_list.sql: areas of one kind that stand on a day, in their order.
-- In   :kind text, :on text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?
-- Gives many
SELECT area_id, kind, code, slug, name, parent_id, valid_from, valid_to, lat, lon
  FROM place_area
 WHERE kind = :kind AND valid_from <= :on AND valid_to >= :on
 ORDER BY position, name_folded, area_id
