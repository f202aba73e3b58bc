-- entry_of_organisation.sql: entries that an organisation keeps, by name: not joined to another; gone and hidden ones when asked.
-- In   :organisation_id int, :with_gone int, :with_hidden int
-- Out  service_id int, state text
-- Gives many
SELECT s.service_id, s.state
  FROM catalogue_service s
 WHERE s.organisation_id = :organisation_id AND s.initiative_year = 0
   AND (s.state = 'shown' OR (s.state = 'gone' AND :with_gone = 1) OR (s.state = 'hidden' AND :with_hidden = 1))
   AND NOT EXISTS (SELECT 1 FROM catalogue_alias a WHERE a.service_id = s.service_id)
 ORDER BY s.name, s.service_id
