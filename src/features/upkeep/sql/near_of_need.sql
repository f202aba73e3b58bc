-- near_of_need.sql: shown entries with a place in a box, for "is it the last one of its need?".
-- In   :service_id int, :lat_from real, :lat_to real, :lon_from real, :lon_to real
-- Out  service_id int, needs text, lat real, lon real
-- Gives many
SELECT s.service_id, s.needs, p.lat, p.lon
  FROM pub_catalogue_place p
  JOIN pub_catalogue_service s ON s.service_id = p.service_id
 WHERE s.state = 'shown' AND s.initiative_year = 0 AND s.service_id <> :service_id
   AND p.lat BETWEEN :lat_from AND :lat_to AND p.lon BETWEEN :lon_from AND :lon_to
 ORDER BY s.service_id
