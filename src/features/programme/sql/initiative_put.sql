-- initiative_put.sql: one initiative named in the documents.
-- In   :name text, :kind text, :what text, :project_code text, :year int, :source text
-- Gives none
INSERT INTO programme_initiative (name, kind, what, project_code, year, source)
VALUES (:name, :kind, :what, :project_code, :year, :source)
