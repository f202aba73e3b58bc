-- frame_put.sql: how the territory is laid flat from now on.
-- In   :lat_0 real, :lon_0 real, :unit_m real, :is_schematic int, :source text
-- Gives none
INSERT INTO place_frame (frame_id, lat_0, lon_0, unit_m, is_schematic, source)
VALUES (1, :lat_0, :lon_0, :unit_m, :is_schematic, :source)
ON CONFLICT (frame_id) DO UPDATE
   SET lat_0 = excluded.lat_0, lon_0 = excluded.lon_0, unit_m = excluded.unit_m,
       is_schematic = excluded.is_schematic, source = excluded.source
