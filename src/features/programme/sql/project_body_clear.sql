-- project_body_clear.sql: empties programme_project_body before the reference table is loaded again.
-- Gives none
DELETE FROM programme_project_body
