-- history.sql: what was ever said of where an area itself lies, the newest first.
-- In   :area_id int
-- Out  area_id int, kind text, code text, slug text, name text, parent_id int?, valid_from text, valid_to text, lat real?, lon real?, member_from text, member_to text, as_of text, evidence text, source text
-- Gives many
SELECT a.area_id, a.kind, a.code, a.slug, a.name, a.parent_id, a.valid_from, a.valid_to, a.lat, a.lon,
       m.valid_from AS member_from, m.valid_to AS member_to, m.as_of, m.evidence, s.label AS source
  FROM place_membership m
  JOIN place_area a ON a.area_id = m.in_id
  JOIN place_source s ON s.source_id = m.source_id
 WHERE m.area_id = :area_id AND m.is_hidden = 0 AND m.evidence <> 'code'
 ORDER BY m.valid_to DESC, m.valid_from DESC, m.membership_id
