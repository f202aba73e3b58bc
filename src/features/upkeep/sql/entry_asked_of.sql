-- entry_asked_of.sql: the entries that a mail of today speaks of.
-- In   :organisation_id int, :until text
-- Out  service_id int, name text, state text
-- Gives many
SELECT u.service_id, s.name, u.state
  FROM upkeep_service u
  JOIN pub_catalogue_service s ON s.service_id = u.service_id
 WHERE u.organisation_id = :organisation_id AND u.is_shown = 1
   AND ((u.state = 'kept' AND u.due_on <= :until) OR u.state IN ('asked', 'reminded'))
 ORDER BY s.name, u.service_id
