-- service_all_of_organisation.sql: keys of all entries of an organisation, gone and hidden ones too.
-- In   :organisation_id int
-- Out  service_id int
-- Gives many
SELECT service_id
  FROM catalogue_service
 WHERE organisation_id = :organisation_id
 ORDER BY service_id
