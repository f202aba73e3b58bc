-- initiative_body_put.sql: one managing body of an initiative.
-- In   :project_code text, :name text, :body_code text
-- Gives none
INSERT INTO programme_initiative_body (project_code, name, body_code)
VALUES (:project_code, :name, :body_code)
