-- member_count.sql: how many comuni lie inside an area on a day: those of member_comune.sql, counted.
-- In   :in_id int, :on text
-- Out  n int
-- Gives one
WITH RECURSIVE down (area_id, cost) AS (
    SELECT m.area_id, CASE m.in_kind WHEN 'comune' THEN 100 ELSE 1 END
      FROM place_membership m
     WHERE m.in_id = :in_id AND m.is_hidden = 0 AND m.valid_from <= :on AND m.valid_to >= :on
     UNION
    SELECT m.area_id, down.cost + CASE m.in_kind WHEN 'comune' THEN 100 ELSE 1 END
      FROM down
      JOIN place_membership m ON m.in_id = down.area_id
     WHERE down.cost % 100 < 6 AND down.cost < 300 AND m.is_hidden = 0
       AND m.valid_from <= :on AND m.valid_to >= :on
)
SELECT count(*)
  FROM (SELECT area_id, min(cost) AS cost FROM down GROUP BY area_id) d
  JOIN place_area a ON a.area_id = d.area_id
 WHERE a.kind = 'comune'
   AND (d.cost = 1 OR NOT EXISTS (
        SELECT 1
          FROM place_membership n
          JOIN place_area x ON x.area_id = :in_id
         WHERE n.area_id = a.area_id AND n.in_kind = x.kind AND n.in_id <> :in_id
           AND n.is_hidden = 0 AND n.valid_from <= :on AND n.valid_to >= :on))
