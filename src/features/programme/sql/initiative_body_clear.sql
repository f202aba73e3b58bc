-- initiative_body_clear.sql: empties programme_initiative_body before the reference table is loaded again.
-- Gives none
DELETE FROM programme_initiative_body
