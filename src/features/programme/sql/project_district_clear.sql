-- project_district_clear.sql: empties programme_project_district before the reference table is loaded again.
-- Gives none
DELETE FROM programme_project_district
