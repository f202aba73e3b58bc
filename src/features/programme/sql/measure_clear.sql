-- measure_clear.sql: empties programme_measure before the reference table is loaded again.
-- Gives none
DELETE FROM programme_measure
