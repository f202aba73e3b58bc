-- conflict_one.sql: one of them by its key.
-- In   :conflict_id int
-- Out  conflict_id int, service_id int, field text, ours text, theirs text, source text, is_editor int, at_ms int,
--      settled_at int, slug text, name text, organisation_id int
-- Gives one
SELECT x.conflict_id, x.service_id, x.field, x.ours, x.theirs, x.source, x.is_editor, x.at_ms, x.settled_at,
       s.slug, s.name, s.organisation_id
  FROM catalogue_conflict x
  JOIN catalogue_service s ON s.service_id = x.service_id
 WHERE x.conflict_id = :conflict_id
