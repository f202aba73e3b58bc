-- cap_find.sql: comuni that have a postal code.
-- In   :cap text
-- Out  area_id int
-- Gives many
SELECT area_id
  FROM place_cap
 WHERE cap = :cap
 ORDER BY area_id
