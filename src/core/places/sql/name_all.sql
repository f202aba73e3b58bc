-- name_all.sql: every name a comune is found by: its own, former ones, its hamlets'.
-- In   :on text
-- Out  area_id int, kind text, name text, name_folded text, prov text
-- Gives many
SELECT a.area_id, 'comune' AS kind, a.name, a.name_folded, k.prov
  FROM place_area a
  JOIN place_comune k ON k.area_id = a.area_id
 WHERE a.valid_from <= :on AND a.valid_to >= :on
 UNION ALL
SELECT l.area_id, l.kind, l.name, l.name_folded, k.prov
  FROM place_alias l
  JOIN place_comune k ON k.area_id = l.area_id
 WHERE l.kind = 'former'
 UNION ALL
SELECT h.parent_id AS area_id, h.kind, h.name, h.name_folded, k.prov
  FROM place_area h
  JOIN place_comune k ON k.area_id = h.parent_id
 WHERE h.kind = 'hamlet' AND h.valid_from <= :on AND h.valid_to >= :on
