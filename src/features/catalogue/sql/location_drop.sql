-- location_drop.sql: a location that nothing speaks of any more.
-- In   :location_id int
-- Gives none
DELETE FROM catalogue_location
 WHERE location_id = :location_id
