-- project_district_all.sql: which districts each project covers.
-- Out  project_code text, district_no int
-- Gives many
SELECT project_code, district_no
  FROM programme_project_district
 ORDER BY project_code, position
