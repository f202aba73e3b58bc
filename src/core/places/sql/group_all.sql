-- group_all.sql: for every comune of a day the areas of one kind it lies in; the nearest come first.
-- Rows that follow from codes lead to provinces and the region only: elsewhere they are passed over.
-- In   :kind text, :on text
-- Out  comune_id int, in_id int, cost int
-- Gives many
WITH RECURSIVE up (comune_id, in_id, in_kind, cost) AS (
    SELECT k.area_id, m.in_id, m.in_kind, 1
      FROM place_comune k
      JOIN place_membership m ON m.area_id = k.area_id
     WHERE m.is_hidden = 0 AND m.valid_from <= :on AND m.valid_to >= :on
       AND (m.evidence <> 'code' OR :kind IN ('province', 'region'))
     UNION
    SELECT up.comune_id, m.in_id, m.in_kind, up.cost + 1
      FROM up
      JOIN place_membership m ON m.area_id = up.in_id
     WHERE up.in_kind <> :kind AND up.cost < 6 AND m.is_hidden = 0
       AND m.valid_from <= :on AND m.valid_to >= :on
)
SELECT comune_id, in_id, cost
  FROM up
 WHERE in_kind = :kind
 ORDER BY comune_id, cost, in_id
