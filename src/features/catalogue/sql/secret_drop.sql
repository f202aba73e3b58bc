-- secret_drop.sql: an address that is secret no more, or of a location that goes.
-- In   :location_id int
-- Gives none
DELETE FROM catalogue_secret
 WHERE location_id = :location_id
