-- member_all.sql: areas of a kind inside an area on a day, through whatever chain; those of which a
-- nearer row says another area of the same kind are left out.
-- In   :in_id int, :kind text, :on text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, cost int, member_from text, member_to text, as_of text, evidence text, source text
-- Gives many
WITH RECURSIVE down (area_id, membership_id, cost) AS (
    SELECT m.area_id, m.membership_id, CASE m.in_kind WHEN 'comune' THEN 100 ELSE 1 END
      FROM place_membership m
     WHERE m.in_id = :in_id AND m.is_hidden = 0 AND m.valid_from <= :on AND m.valid_to >= :on
     UNION
    SELECT m.area_id, m.membership_id, down.cost + CASE m.in_kind WHEN 'comune' THEN 100 ELSE 1 END
      FROM down
      JOIN place_membership m ON m.in_id = down.area_id
     WHERE down.cost % 100 < 6 AND down.cost < 300 AND m.is_hidden = 0
       AND m.valid_from <= :on AND m.valid_to >= :on
)
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       down.cost, m.valid_from AS member_from, m.valid_to AS member_to, m.as_of, m.evidence, s.label AS source
  FROM down
  JOIN place_membership m ON m.membership_id = down.membership_id
  JOIN place_area a ON a.area_id = down.area_id
  JOIN place_source s ON s.source_id = m.source_id
 WHERE a.kind = :kind
   AND (down.cost = 1 OR NOT EXISTS (
        SELECT 1
          FROM place_membership n
          JOIN place_area x ON x.area_id = :in_id
         WHERE n.area_id = a.area_id AND n.in_kind = x.kind AND n.in_id <> :in_id
           AND n.is_hidden = 0 AND n.valid_from <= :on AND n.valid_to >= :on))
 ORDER BY a.position, a.name_folded, a.area_id, down.cost
