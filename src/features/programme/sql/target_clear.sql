-- target_clear.sql: empties programme_target before the reference table is loaded again.
-- Gives none
DELETE FROM programme_target
