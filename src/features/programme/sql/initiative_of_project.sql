-- initiative_of_project.sql: initiatives named in the documents for one project.
-- In   :project_code text
-- Out  project_code text, name text, kind text, what text, year int, source text
-- Gives many
SELECT project_code, name, kind, what, year, source
  FROM programme_initiative
 WHERE project_code = :project_code
 ORDER BY what, name
