-- comune_by_name.sql: comuni of a day with exactly this folded name.
-- In   :name_folded text, :on text
-- Out  area_id int
-- Gives many
SELECT area_id
  FROM place_area
 WHERE kind = 'comune' AND name_folded = :name_folded
   AND valid_from <= :on AND valid_to >= :on
 ORDER BY area_id
