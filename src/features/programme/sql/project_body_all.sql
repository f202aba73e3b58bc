-- project_body_all.sql: which managing bodies take part in each project (empty code) or one.
-- In   :project_code text
-- Out  project_code text, body_code text
-- Gives many
SELECT project_code, body_code
  FROM programme_project_body
 WHERE project_code = :project_code OR :project_code = ''
 ORDER BY project_code, position
