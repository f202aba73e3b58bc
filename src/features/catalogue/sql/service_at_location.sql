-- service_at_location.sql: shown services given at a location, by name.
-- In   :location_id int
-- Out  service_id int
-- Gives many
SELECT s.service_id
  FROM catalogue_service s
 WHERE s.state = 'shown' AND s.service_id IN (
       SELECT a.service_id FROM catalogue_at a WHERE a.location_id = :location_id)
 ORDER BY s.name, s.service_id
