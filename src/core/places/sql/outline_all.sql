-- outline_all.sql: outlines of all comuni of a day in one detail, by name.
-- In   :detail int, :on text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, path text, label_x int, label_y int, x int, y int, w int, h int
-- Gives many
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       o.path, o.label_x, o.label_y, o.x, o.y, o.w, o.h
  FROM place_outline o
  JOIN place_area a ON a.area_id = o.area_id
 WHERE o.detail = :detail AND a.valid_from <= :on AND a.valid_to >= :on
 ORDER BY a.name_folded, a.area_id
