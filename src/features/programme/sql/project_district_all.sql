-- project_district_all.sql: which districts each project (empty code) or one covers.
-- In   :project_code text
-- Out  project_code text, district_no int
-- Gives many
SELECT project_code, district_no
  FROM programme_project_district
 WHERE project_code = :project_code OR :project_code = ''
 ORDER BY project_code, position
