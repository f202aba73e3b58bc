-- cap_all.sql: every postal code and its comune, to show what an import would change.
-- Out  cap text, area_id int
-- Gives many
SELECT cap, area_id
  FROM place_cap
 ORDER BY cap, area_id
