-- arc_clear.sql: before a new map is written.
-- Gives none
DELETE FROM place_arc
