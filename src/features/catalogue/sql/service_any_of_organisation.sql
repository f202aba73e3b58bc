-- service_any_of_organisation.sql: does an organisation offer anything that is shown or hidden?
-- In   :organisation_id int
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM catalogue_service
 WHERE organisation_id = :organisation_id AND state <> 'gone'
