-- initiative_clear.sql: empties programme_initiative before the reference table is loaded again.
-- Gives none
DELETE FROM programme_initiative
