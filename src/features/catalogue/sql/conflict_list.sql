-- conflict_list.sql: what others say of fields that are left as they are, the newest first; 0: of all.
-- In   :organisation_id int, :service_id int, :with_settled int, :before int, :most int
-- Out  conflict_id int, service_id int, field text, ours text, theirs text, source text, is_editor int, at_ms int,
--      settled_at int, slug text, name text, organisation_id int
-- Gives many
SELECT x.conflict_id, x.service_id, x.field, x.ours, x.theirs, x.source, x.is_editor, x.at_ms, x.settled_at,
       s.slug, s.name, s.organisation_id
  FROM catalogue_conflict x
  JOIN catalogue_service s ON s.service_id = x.service_id
 WHERE (:organisation_id = 0 OR s.organisation_id = :organisation_id)
   AND (:service_id = 0 OR x.service_id = :service_id)
   AND (:with_settled = 1 OR x.settled_at = 0) AND x.conflict_id < :before
 ORDER BY x.conflict_id DESC
 LIMIT :most
