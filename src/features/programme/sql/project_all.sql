-- project_all.sql: all projects, in the order of the programme's table.
-- Out  project_id int, code text, slug text, lead_name text, title text, folded text, population int, area_name text, size_class text, n_comuni_stated int?, surveyed text
-- Gives many
SELECT project_id, code, slug, lead_name, title, folded, population, area_name, size_class,
       n_comuni_stated, surveyed
  FROM programme_project
 ORDER BY code
