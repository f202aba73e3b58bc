-- intervention_put.sql: one kind of intervention of a project.
-- In   :project_code text, :kind text, :category text
-- Gives none
INSERT INTO programme_intervention (project_code, kind, category)
VALUES (:project_code, :kind, :category)
