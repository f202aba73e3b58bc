-- outline_around.sql: a comune and those that share a border with it, fine.
-- In   :area_id int
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, path text, label_x int, label_y int, x int, y int, w int, h int
-- Gives many
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       o.path, o.label_x, o.label_y, o.x, o.y, o.w, o.h
  FROM place_outline o
  JOIN place_area a ON a.area_id = o.area_id
 WHERE o.detail = 1
   AND (o.area_id = :area_id
        OR o.area_id IN (SELECT right_id FROM place_arc WHERE left_id = :area_id)
        OR o.area_id IN (SELECT left_id FROM place_arc WHERE right_id = :area_id))
 ORDER BY a.name_folded, a.area_id
