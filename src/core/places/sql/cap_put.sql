-- cap_put.sql: one postal code of a comune.
-- In   :cap text, :area_id int
-- Gives none
INSERT INTO place_cap (cap, area_id)
VALUES (:cap, :area_id)
ON CONFLICT (cap, area_id) DO NOTHING
