-- state_area.sql: two numbers that differ when an area has come, gone or moved.
-- Out  n int, total real
-- Gives one
SELECT count(*) AS n,
       COALESCE(SUM(area_id * 3 + length(name) + length(valid_to || valid_from) * 5
            + COALESCE(lat * 7 + lon * 11, 0.5)), 0.0) AS total
  FROM place_area
