-- entry_of_organisation.sql: entries that an organisation keeps, by name: not hidden, not joined to another; gone ones when asked.
-- In   :organisation_id int, :with_gone int
-- Out  service_id int
-- Gives many
SELECT s.service_id
  FROM catalogue_service s
 WHERE s.organisation_id = :organisation_id AND s.initiative_year = 0
   AND (s.state = 'shown' OR (s.state = 'gone' AND :with_gone = 1))
   AND NOT EXISTS (SELECT 1 FROM catalogue_alias a WHERE a.service_id = s.service_id)
 ORDER BY s.name, s.service_id
