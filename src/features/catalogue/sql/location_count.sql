-- location_count.sql: how many locations something shown is given at, changed since.
-- In   :changed_from int
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM catalogue_location l
 WHERE l.changed_at >= :changed_from AND EXISTS (
       SELECT 1 FROM catalogue_at a JOIN catalogue_service s ON s.service_id = a.service_id
        WHERE a.location_id = l.location_id AND s.state = 'shown')
