-- initiative_of_body.sql: initiatives named in the documents for one managing body.
-- In   :body_code text
-- Out  project_code text, name text, kind text, what text, year int, source text
-- Gives many
SELECT i.project_code, i.name, i.kind, i.what, i.year, i.source
  FROM programme_initiative i
  JOIN programme_initiative_body b ON b.project_code = i.project_code AND b.name = i.name
 WHERE b.body_code = :body_code
 ORDER BY i.what, i.name
