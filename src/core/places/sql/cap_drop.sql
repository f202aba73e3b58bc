-- cap_drop.sql: one postal code no more of a comune.
-- In   :cap text, :area_id int
-- Gives none
DELETE FROM place_cap
 WHERE cap = :cap AND area_id = :area_id
