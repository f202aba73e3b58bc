-- label_all.sql: where the towns stand on the map, without their outlines.
-- In   :detail int
-- Out  area_id int, label_x int, label_y int
-- Gives many
SELECT area_id, label_x, label_y
  FROM place_outline
 WHERE detail = :detail
 ORDER BY area_id
