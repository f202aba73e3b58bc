-- location_of_organisation.sql: keys of the places that belong to an organisation.
-- In   :organisation_id int
-- Out  location_id int
-- Gives many
SELECT location_id
  FROM catalogue_location
 WHERE organisation_id = :organisation_id
 ORDER BY location_id
