-- service_of_at.sql: the service of one service at a location, by its outside id.
-- In   :uuid text
-- Out  service_id int
-- Gives one
SELECT service_id
  FROM catalogue_at
 WHERE uuid = :uuid
