-- service_in_comune.sql: shown services with a place in a comune, by name.
-- In   :comune_id int, :most int
-- Out  service_id int
-- Gives many
SELECT s.service_id
  FROM catalogue_service s
 WHERE s.state = 'shown' AND s.service_id IN (
       SELECT a.service_id
         FROM catalogue_location l
         JOIN catalogue_at a ON a.location_id = l.location_id
        WHERE l.comune_id = :comune_id)
 ORDER BY s.name, s.service_id
 LIMIT :most
