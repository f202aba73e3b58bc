-- project_find.sql: one project by one of its marks; an empty text or 0 asks nothing.
-- In   :slug text, :code text, :body_code text, :district_no int
-- Out  project_id int, code text, slug text, lead_name text, title text, folded text, population int, area_name text, size_class text, n_comuni_stated int?, surveyed text
-- Gives one
SELECT project_id, code, slug, lead_name, title, folded, population, area_name, size_class,
       n_comuni_stated, surveyed
  FROM programme_project
 WHERE slug = :slug
    OR code = :code
    OR code IN (SELECT project_code FROM programme_project_body WHERE body_code = :body_code)
    OR code IN (SELECT project_code FROM programme_project_district WHERE district_no = :district_no)
 ORDER BY code
 LIMIT 1
