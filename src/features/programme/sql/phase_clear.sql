-- phase_clear.sql: empties programme_phase before the reference table is loaded again.
-- Gives none
DELETE FROM programme_phase
