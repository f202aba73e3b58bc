-- cap_of.sql: postal codes of one comune.
-- In   :area_id int
-- Out  cap text
-- Gives many
SELECT cap
  FROM place_cap
 WHERE area_id = :area_id
 ORDER BY cap
