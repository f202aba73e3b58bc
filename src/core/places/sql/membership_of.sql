-- membership_of.sql: every row said of one area, to see what changes.
-- In   :area_id int
-- Out  membership_id int, in_id int, in_kind text, valid_from text, valid_to text, as_of text, evidence text, source text, is_import int, is_hidden int
-- Gives many
SELECT m.membership_id, m.in_id, m.in_kind, m.valid_from, m.valid_to, m.as_of, m.evidence,
       s.label AS source, m.is_import, m.is_hidden
  FROM place_membership m
  JOIN place_source s ON s.source_id = m.source_id
 WHERE m.area_id = :area_id
 ORDER BY m.membership_id
