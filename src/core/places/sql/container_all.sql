-- container_all.sql: all that an area lies in on a day, through whatever chain; cost counts the steps,
-- and a step from a hamlet to its comune counts a hundred, so that what is said of the hamlet wins.
-- In   :area_id int, :on text
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, cost int, member_from text, member_to text, as_of text, evidence text, source text
-- Gives many
WITH RECURSIVE up (in_id, membership_id, cost) AS (
    SELECT m.in_id, m.membership_id, CASE m.in_kind WHEN 'comune' THEN 100 ELSE 1 END
      FROM place_membership m
     WHERE m.area_id = :area_id AND m.is_hidden = 0 AND m.valid_from <= :on AND m.valid_to >= :on
     UNION
    SELECT m.in_id, m.membership_id, up.cost + CASE m.in_kind WHEN 'comune' THEN 100 ELSE 1 END
      FROM up
      JOIN place_membership m ON m.area_id = up.in_id
     WHERE up.cost % 100 < 6 AND up.cost < 300 AND m.is_hidden = 0
       AND m.valid_from <= :on AND m.valid_to >= :on
)
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       up.cost, m.valid_from AS member_from, m.valid_to AS member_to, m.as_of, m.evidence, s.label AS source
  FROM up
  JOIN place_membership m ON m.membership_id = up.membership_id
  JOIN place_area a ON a.area_id = up.in_id
  JOIN place_source s ON s.source_id = m.source_id
 ORDER BY up.cost, a.position, a.area_id
