-- location_unused.sql: locations of a source where nothing is given.
-- In   :source text
-- Out  location_id int
-- Gives each
SELECT l.location_id
  FROM catalogue_location l
 WHERE l.source = :source AND NOT EXISTS (SELECT 1 FROM catalogue_at a WHERE a.location_id = l.location_id)
