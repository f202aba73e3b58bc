-- project_body_put.sql: one managing body of a project.
-- In   :project_code text, :body_code text, :position int
-- Gives none
INSERT INTO programme_project_body (project_code, body_code, position)
VALUES (:project_code, :body_code, :position)
