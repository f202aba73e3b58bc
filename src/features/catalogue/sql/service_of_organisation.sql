-- service_of_organisation.sql: shown services of an organisation, by name.
-- In   :organisation_id int
-- Out  service_id int
-- Gives many
SELECT service_id
  FROM catalogue_service
 WHERE organisation_id = :organisation_id AND state = 'shown'
 ORDER BY name, service_id
