-- location_block.sql: keys of the next locations where something shown is given, in order.
-- In   :after int, :changed_from int, :most int
-- Out  location_id int
-- Gives many
SELECT l.location_id
  FROM catalogue_location l
 WHERE l.location_id > :after AND l.changed_at >= :changed_from AND EXISTS (
       SELECT 1 FROM catalogue_at a JOIN catalogue_service s ON s.service_id = a.service_id
        WHERE a.location_id = l.location_id AND s.state = 'shown')
 ORDER BY l.location_id
 LIMIT :most
