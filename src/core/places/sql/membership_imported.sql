-- membership_imported.sql: rows an administrator imported into areas of one kind.
-- In   :in_kind text
-- Out  membership_id int, area_id int, in_id int, valid_from text, valid_to text, code text, name text, in_code text, in_name text
-- Gives many
SELECT m.membership_id, m.area_id, m.in_id, m.valid_from, m.valid_to, a.code, a.name,
       i.code AS in_code, i.name AS in_name
  FROM place_membership m
  JOIN place_area a ON a.area_id = m.area_id
  JOIN place_area i ON i.area_id = m.in_id
 WHERE m.is_import = 1 AND m.in_kind = :in_kind
 ORDER BY m.membership_id
