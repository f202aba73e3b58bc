-- location_by_uuid.sql: a location by its outside id.
-- In   :uuid text
-- Out  location_id int, sum int, source text, uuid text
-- Gives one
SELECT location_id, sum, source, uuid
  FROM catalogue_location
 WHERE uuid = :uuid
