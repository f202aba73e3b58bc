-- services_count.sql: how many shown entries an organisation has.
-- In   :organisation_id int
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM pub_catalogue_service
 WHERE organisation_id = :organisation_id AND state = 'shown'
