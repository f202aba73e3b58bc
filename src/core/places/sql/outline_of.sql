-- outline_of.sql: the outline of one comune in one detail.
-- In   :area_id int, :detail int
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, path text, label_x int, label_y int, x int, y int, w int, h int
-- Gives one
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       o.path, o.label_x, o.label_y, o.x, o.y, o.w, o.h
  FROM place_outline o
  JOIN place_area a ON a.area_id = o.area_id
 WHERE o.detail = :detail AND o.area_id = :area_id
