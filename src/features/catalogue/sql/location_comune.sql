-- location_comune.sql: the comune of a location.
-- In   :location_id int
-- Out  comune_id int?, is_secret int
-- Gives one
SELECT comune_id, is_secret
  FROM catalogue_location
 WHERE location_id = :location_id
