-- frame_get.sql: how the territory is laid flat.
-- Out  lat_0 real, lon_0 real, unit_m real, is_schematic int, source text
-- Gives one
SELECT lat_0, lon_0, unit_m, is_schematic, source
  FROM place_frame
 WHERE frame_id = 1
