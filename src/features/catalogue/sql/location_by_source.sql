-- location_by_source.sql: a location by what its source calls it.
-- In   :source text, :source_id text
-- Out  location_id int, sum int, source text, uuid text
-- Gives one
SELECT location_id, sum, source, uuid
  FROM catalogue_location
 WHERE source = :source AND source_id = :source_id
