-- member_comune.sql: comuni inside an area on a day, through whatever chain, with their codes, by name.
-- In   :in_id int, :on text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, istat text, belfiore text, prov text, prov_name text, prov_slug text
-- Gives many
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
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       k.istat, k.belfiore, k.prov, p.name AS prov_name, p.slug AS prov_slug
  FROM (SELECT area_id, min(cost) AS cost FROM down GROUP BY area_id) d
  JOIN place_area a ON a.area_id = d.area_id
  JOIN place_comune k ON k.area_id = a.area_id
  JOIN place_area p ON p.area_id = a.parent_id
 WHERE a.kind = 'comune'
   AND (d.cost = 1 OR NOT EXISTS (
        SELECT 1
          FROM place_membership n
          JOIN place_area x ON x.area_id = :in_id
         WHERE n.area_id = a.area_id AND n.in_kind = x.kind AND n.in_id <> :in_id
           AND n.is_hidden = 0 AND n.valid_from <= :on AND n.valid_to >= :on))
 ORDER BY a.name_folded, k.istat
