-- project_body_all.sql: which managing bodies take part in each project.
-- Out  project_code text, body_code text
-- Gives many
SELECT project_code, body_code
  FROM programme_project_body
 ORDER BY project_code, position
